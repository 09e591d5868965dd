"""The tests of s2sgrad."""
