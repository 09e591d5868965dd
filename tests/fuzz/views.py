"""Random places of arrays as text: indices, slices, masks, and views."""

from __future__ import annotations

import math

import numpy as np

from tests.fuzz.scope import Scope, Shape, Var, World

__all__ = ["Views"]


class Views:
    """Indices and views of the arrays of a scope."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng

    # ---- integers and places ---------------------------------------------------------------------

    def index(self, scope: Scope, extent: int) -> str:
        """An integer that is a place on an axis."""
        ints = scope.of("int")
        below = [v.name for v in ints if v.bound <= extent]
        choices = [str(self.rng.randrange(extent)), str(-self.rng.randrange(1, extent + 1))]
        choices += below * 3
        choices += [f"({v.name} + {self.rng.randrange(3)}) % {extent}" for v in ints[:2]]
        choices += [f"-1 - {v}" for v in below]
        return self.rng.choice(choices)

    def cut(self, extent: int) -> str:
        """A slice of an axis that isn't empty, most of the time."""
        forms = [
            ":",
            "1:",
            ":-1",
            "::2",
            "::-1",
            "1::2",
            "-2:",
            ":2",
            "1:-1",
            ":1",
            "::-2",
            "-1:0:-1",
        ]
        for _ in range(4):
            form = self.rng.choice(forms)
            if len(range(extent)[_slice(form)]) or self.world.chance(0.05):
                return form
        return ":"

    def subscript(self, scope: Scope, shape: Shape) -> str:
        """What may stand in brackets after an array, a basic index."""
        if not shape:
            return "..."
        if self.world.chance(0.08):
            return "..."
        parts = [
            self.index(scope, extent) if extent and self.world.chance(0.5) else self.cut(extent)
            for extent in shape
        ]
        if len(parts) > 1 and self.world.chance(0.3):
            parts = parts[:-1]
        elif len(parts) > 1 and self.world.chance(0.1):
            parts = ["...", parts[-1]]
        if self.world.chance(0.06):
            parts.insert(self.rng.randrange(len(parts) + 1), "None")
        return ", ".join(parts)

    def fancy(self, scope: Scope, name: str, shape: Shape) -> str:
        """A mask or an array of integers in brackets; the first axis isn't empty."""
        if self.world.chance(0.5):
            return f"{name} > {self.world.constant()}"
        count = self.rng.randrange(1, shape[0] + 1)
        places = self.rng.sample(range(shape[0]), count)
        if self.world.chance(0.3):
            places.append(self.rng.choice(places))
        if self.world.chance(0.3):
            return str(places)
        return f"np.array({places})"

    def shape_of(self, scope: Scope, text: str) -> Shape | None:
        """The shape of a text of views; None where NumPy refuses it or it is a number."""
        try:
            value = eval(text, {"np": np}, scope.dummies())
        except (ValueError, IndexError, TypeError):
            return None
        return value.shape if isinstance(value, np.ndarray) else None

    def view(self, scope: Scope, var: Var) -> tuple[str, Shape] | None:
        """A view of an array (or, where NumPy says so, a copy), and its shape."""
        text, shape = var.name, var.shape
        for _ in range(self.rng.choice([1, 1, 1, 2])):
            size = math.prod(shape)
            forms = [f"{text}[{self.subscript(scope, shape)}]"] * 4 if shape else [f"{text}[...]"]
            forms += [f"{text}.T", f"np.transpose({text})"] * (len(shape) > 1)
            forms += [f"{text}.swapaxes(0, 1)", f"np.swapaxes({text}, 0, 1)"] * (len(shape) == 2)
            forms += [f"{text}.reshape(-1)", f"{text}.ravel()", f"np.ravel({text})"] * (size > 0)
            forms += [f"{text}.reshape({size}, 1)", f"np.reshape({text}, (1, {size}))"]
            forms += [f"{text}[:, None]", f"{text}[None]"] * (len(shape) == 1)
            forms += [f"np.asarray({text})", f"np.atleast_1d({text})", f"{text}.squeeze()"]
            forms += [f"np.flip({text})", f"np.expand_dims({text}, 0)"]
            if len(shape) == 2:
                forms.append(f"{text}.reshape({shape[1]}, {shape[0]})")
            forms += [f"{text}.copy()"]
            if self.world.chance(0.15):
                forms += [f"{text}[..., None]", f"{text}.conj()"]
            chosen = self.rng.choice(forms)
            found = self.shape_of(scope, chosen)
            if found is None or len(found) > 3:
                break
            text, shape = chosen, found
        return (text, shape) if text != var.name else None

    def views_of_shape(self, scope: Scope, shape: Shape, tries: int = 6) -> list[str]:
        """Views that have a shape."""
        arrays = scope.arrays()
        found = []
        for _ in range(tries if arrays else 0):
            made = self.view(scope, self.rng.choice(arrays))
            if made and made[1] == shape:
                found.append(made[0])
        return found


def _slice(text: str) -> slice:
    return slice(*(int(part) if part else None for part in text.split(":")))
