"""Pure building blocks without domain words: one noun a file, no Django, no input or output."""
