"""Text for a terminal: lines, tables, and colour only where a terminal reads it.

Names come from files that strangers wrote: control characters are shown as ``�``, so that no column name moves the
cursor, and square brackets are text.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

WIDTHS = (72, 120)
STYLES = {"go": "bold green", "stop": "bold red", "review": "bold yellow", "plain": "bold blue"}
PI_STYLES = {"personal": "blue", "sensitive": "red", "none": "dim"}
TIER_STYLES = {1: "red", 2: "yellow", 0: "green"}


def line(value: object, style: str = "") -> Text:
    """Return a text that a terminal prints as it is: control characters shown, brackets kept."""
    from rich.text import Text

    return Text("".join(sign if sign.isprintable() else "�" for sign in str(value)), style=style)


def grid(*heads: str) -> Table:
    """Return an empty table; a head that starts with ``#`` is over numbers."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in heads:
        number = head.startswith("#")
        table.add_column(
            line(head[1:] if number and len(head) > 1 else head),
            justify="right" if number else "left",
            overflow="fold",
        )
    return table


def printed(parts: Sequence[RenderableType], *, colour: bool | None = None) -> str:
    """Return tables and lines as text, in colour only where a terminal reads it."""
    out = io.StringIO()
    console = _console(out, sys.stdout.isatty() if colour is None else colour)
    for part in parts:
        console.print(part, highlight=False, markup=False, emoji=False)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n"))


def plain(text: str) -> str:
    """Return text without colour, for a file.

    >>> plain("\\x1b[1;31mMust not go\\x1b[0m")
    'Must not go'
    """
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def _console(out: io.StringIO, colour: bool) -> Console:
    from rich.console import Console

    width = min(max(shutil.get_terminal_size((WIDTHS[1], 24)).columns, WIDTHS[0]), WIDTHS[1])
    return Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, color_system="standard" if colour else None
    )
