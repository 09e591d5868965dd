"""A campaign in several processes; one that dies, or computes for too long in C, is replaced."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from tests.front_end.campaign import How, told, tried
from tests.front_end.tally import Result, Tally
from tests.front_end.verdicts import Verdict

__all__ = ["campaign_in_processes"]

_MEMORY = 6 << 30
_SILENCE = 60.0
"""How many seconds beside the limit a process may say nothing: it doesn't take signals while it computes in C."""


def campaign_in_processes(
    places: Sequence[str], how: How, jobs: int, seconds: float = 1e9
) -> Tally:
    """Try all functions of files and modules until the time is over."""
    tally, deadline = Tally(), time.monotonic() + seconds
    waiting = iter(places)
    workers = [_Worker(how) for _ in range(jobs)]
    for worker in workers:
        tally.places += worker.give(next(waiting, None))
    try:
        while any(w.where for w in workers) and time.monotonic() < deadline:
            ready = wait([w.connection for w in workers if w.where], timeout=5.0)
            for worker in workers:
                for result in worker.results(heard=worker.connection in ready):
                    told(result)
                    tally.add(result)
                if worker.where is None:
                    tally.places += worker.give(next(waiting, None))
    finally:
        for worker in workers:
            worker.end()
    return tally


@dataclass(eq=False)
class _Worker:
    """A process and the file that it has; begun: the functions that it has begun, the last one isn't done."""

    how: How
    where: str | None = None
    begun: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.process: Any = context.Process(target=_work, args=(other, self.how), daemon=True)
        self.process.start()
        other.close()
        self.heard = time.monotonic()

    def give(self, where: str | None) -> bool:
        """Have it try a file; whether there is one."""
        self.where, self.begun, self.heard = where, [], time.monotonic()
        if where is not None:
            self.connection.send((where, ()))
        return where is not None

    def results(self, *, heard: bool) -> Iterator[Result]:
        """What it found since it was asked last; where is None when it is done with its file."""
        if self.where is None:
            return
        silent = time.monotonic() - self.heard > self.how.limit + _SILENCE
        try:
            while heard and self.connection.poll():
                found = self.connection.recv()
                self.heard = time.monotonic()
                if isinstance(found, Result):
                    yield found
                elif found is None:
                    self.where = None
                    return
                else:
                    self.begun.append(found)
        except (EOFError, ConnectionError):
            yield from self.replaced("process died")
        else:
            if silent and not heard:
                yield from self.replaced("over the limit")

    def replaced(self, why: str) -> Iterator[Result]:
        """Go on in a new process behind the function that the old one didn't finish."""
        self.end()
        if self.where is not None and self.begun:
            name = self.begun[-1]
            form = self.how.form_of(self.where, name)
            yield Result(self.where, name, form, Verdict(why, f"code {self.process.exitcode}"))
            self.start()
            self.connection.send((self.where, tuple(self.begun)))
        else:
            self.start()
            self.where = None

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def _work(connection: Connection, how: How) -> None:
    """What a process does: takes a file and what of it is done already, gives names and results, at the end None."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    while True:
        where, done = connection.recv()
        for found in tried(where, how, done=done):
            connection.send(found)
        connection.send(None)
