"""What a paper is made of: headings, paragraphs, tables, and blanks that a person has to fill in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Blank:
    """Something a person has to write."""

    ask: str


Cell = str | Blank


@dataclass(frozen=True)
class Heading:
    """A heading of the first or the second level."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Line:
    """A paragraph; `small` is a note."""

    text: Cell
    small: bool = False


@dataclass(frozen=True)
class Facts:
    """Labels with what they stand for."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Grid:
    """A table: heads, rows, relative widths of the columns, and which columns are numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Where the applicant signs."""

    rows: tuple[str, ...]


Block = Heading | Line | Facts | Grid | Signature


@dataclass(frozen=True)
class PaperText:
    """A paper: its title, what stands under the title, its blocks, and the words of the footer."""

    id: str
    lang: str
    title: str
    under: str
    blocks: tuple[Block, ...]
    footer: str
