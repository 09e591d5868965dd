"""What one entry of the corpora of memory is: a function that writes into arrays, and what counts as its output."""

from __future__ import annotations

import copy
import inspect
from dataclasses import dataclass
from typing import Any

from tests.zoo.case import Case

__all__ = ["MemoryCase"]


@dataclass(frozen=True, eq=False)
class MemoryCase(Case):
    """A case whose function may write into its arguments.

    mutated names the parameters that are written into. of says what is differentiated: "return" is
    the result, any other name is that of a mutated parameter, whose final contents count.
    """

    mutated: tuple[str, ...] = ()
    of: tuple[str, ...] = ("return",)

    def call(self, args: tuple[Any, ...]) -> Any:
        """What counts as output of a call with copies of args: a tuple where it is more than one."""
        own = copy.deepcopy(args)
        outputs = self.outputs(self.function(*own, **self.kwargs), own)
        return outputs[0] if len(outputs) == 1 else outputs

    def outputs(self, result: Any, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """What counts as output, in the order of `of`, when a call with args has given result."""
        names = tuple(inspect.signature(self.function).parameters)
        return tuple(result if n == "return" else args[names.index(n)] for n in self.of)
