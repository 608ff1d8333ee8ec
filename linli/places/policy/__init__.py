"""Rules of land and doors: reading of cell files and the proof that cells cover their parent."""
