"""Loops over dicts and sets: in the trip number k, they read the key number k.

Receives a function after webs, and its facts. Gives it with `key = $key_at(d, k)` for `key = d[k]` where a loop that
counts begins, as its header says, and d turns out to be a dict or a set. The user's own `d[k]` stays.
"""

from __future__ import annotations

from dataclasses import replace

from s2sgrad.headers import iterated, read_by_number
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.gone_through import has_keys
from s2sgrad.program import For, Statement
from s2sgrad.rewrite import as_block, rewritten
from s2sgrad.webs import Webs

__all__ = ["numbered_keys"]


def numbered_keys(split: Webs, facts: Facts) -> Webs:
    """The function in which loops read keys; itself where none runs over any."""
    old = split.function.body
    body = rewritten(old, lambda statement: _with_keys(statement, facts))
    return split if body is old else replace(split, function=replace(split.function, body=body))


def _with_keys(statement: Statement, facts: Facts) -> Statement:
    if not isinstance(statement, For) or statement.header is None:
        return statement
    bases = [a for a in iterated(statement.header.iterable) if has_keys(facts.atom(a))]
    count = statement.header.bindings if bases else 0
    head = tuple(read_by_number(each, bases) for each in statement.body[:count])
    body = as_block((*head, *statement.body[count:]), statement.body)
    return statement if body is statement.body else replace(statement, body=body)
