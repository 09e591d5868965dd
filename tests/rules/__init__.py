"""Tests of the derivative rules, without the transformer."""
