"""The rules of places, pure Python: kinds, reading of cell files, the proof that cells cover their parent."""
