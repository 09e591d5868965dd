"""Random programs, held against a reference that shares nothing with the transformer."""
