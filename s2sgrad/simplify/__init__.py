"""Rewrites that make a derivative look as if it had been written by hand: each small, and each proven."""
