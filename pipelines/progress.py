"""How far a scan is: a line on standard error with rows and, where the number of rows is known, the time left.

Nothing is written when standard error is not a terminal or with ``--quiet``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from .messages import Texts, texts

SECONDS_BETWEEN = 0.1
SECONDS_SILENT = 0.5
"""A scan that is over sooner shows no bar."""
WIDTH = 30


@contextmanager
def bar(*, quiet: bool = False, lang: str = "en", stream: TextIO | None = None) -> Iterator[Bar]:
    """Show progress while the block runs; call the bar with the rows read so far and, if known, their total."""
    out = stream or sys.stderr
    line = Bar(out, texts(lang), shown=not quiet and out.isatty())
    try:
        yield line
    finally:
        line.clear()


class Bar:
    """A line that is written again and again."""

    def __init__(self, stream: TextIO, says: Texts, *, shown: bool) -> None:
        self._stream, self._says, self._shown = stream, says, shown
        self._started = self._written = time.monotonic()
        self._width = self._rows = 0

    def __call__(self, rows: int, total: int | None = None) -> None:
        """Say that `rows` rows have been read; fewer than before means the next dataset has begun."""
        moment = time.monotonic()
        if rows < self._rows:
            self._started = moment
        self._rows = rows
        if not self._shown or moment - self._written < SECONDS_BETWEEN or moment - self._started < SECONDS_SILENT:
            return
        self._written = moment
        self._write(line(rows, total, moment - self._started, self._says))

    def clear(self) -> None:
        """Remove the line."""
        if self._width:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _write(self, text: str) -> None:
        self._stream.write("\r" + text.ljust(self._width))
        self._stream.flush()
        self._width = max(self._width, len(text))


def line(rows: int, total: int | None, seconds: float, says: Texts) -> str:
    """Return the line for rows read in some seconds.

    >>> line(5_000_000, 10_000_000, 4.0, texts("en"))
    'reading ███████████████··············· 5,000,000 / 10,000,000 rows · 0:04 left'
    >>> line(5_000_000, None, 4.0, texts("en"))
    'reading 5,000,000 rows · 1,250,000 rows/s'
    """
    rate = rows / seconds if seconds else 0.0
    if not total:
        return f"{says('progress.reading')} {rows:,} {says('progress.rows')} · {rate:,.0f} {says('progress.rows')}/s"
    share = min(1.0, rows / total)
    left = round((total - rows) / rate) if rate and rows < total else 0
    drawn = "█" * int(WIDTH * share)
    counted = f"{rows:,} / {total:,} {says('progress.rows')}"
    return (
        f"{says('progress.reading')} {drawn:·<{WIDTH}} {counted} · {left // 60}:{left % 60:02} {says('progress.left')}"
    )
