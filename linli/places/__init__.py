"""Subdistrict to household door; cells and the proof that they cover without gap or overlap."""
