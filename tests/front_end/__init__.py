"""Functions of arbitrary Python files: each is transformed into text that can run, or refused with a place."""
