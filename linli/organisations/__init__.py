"""Every body of the subdistrict, in a tree valid between dates."""
