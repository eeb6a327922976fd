"""Plain tables for a terminal: aligned, without colour, wide characters counted as two."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, width: int = 150) -> str:
    """Return an aligned table as text, at most `width` cells wide."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    built = Table(*head, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        built.add_row(*(_plain(cell) for cell in row))
    stream = io.StringIO()
    Console(file=stream, width=width, force_terminal=False, color_system=None, highlight=False).print(built)
    return stream.getvalue().rstrip()


def _plain(cell: str) -> str:
    return cell.replace("[", "\\[")
