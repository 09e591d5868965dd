"""Texts that tests hold messages against: sections of a file, each with a title.

A file has sections `== title`, a text below each, and an empty line between them; several titles
above one text share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

__all__ = ["FOLDER", "read_sections", "write_sections"]

FOLDER = Path(__file__).parent
_TITLE = "== "


def read_sections(path: Path) -> dict[str, str]:
    """The texts of a file by their titles."""
    found: dict[str, str] = {}
    titles: list[str] = []
    lines: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), _TITLE]:
        if not line.startswith(_TITLE):
            lines.append(line)
            continue
        if lines:
            assert not titles or not found.keys() & titles, f"{path.name}: {titles} twice"
            found |= dict.fromkeys(titles, "\n".join(lines).strip("\n"))
            titles, lines = [], []
        titles.append(line.removeprefix(_TITLE).strip())
    return found


def write_sections(path: Path, sections: Mapping[str, str]) -> None:
    """Write a file; titles that follow each other with the same text share it."""
    blocks: list[tuple[list[str], str]] = []
    for title, text in sections.items():
        if blocks and blocks[-1][1] == text:
            blocks[-1][0].append(title)
        else:
            blocks.append(([title], text))
    written = ["\n".join([*(_TITLE + title for title in titles), text]) for titles, text in blocks]
    path.write_text("\n\n".join(written) + "\n", encoding="utf-8")
