"""What a row predicate is made of once it is parsed: columns, literals, and what they are joined by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

Literal = str | int | Decimal | bool | None


@dataclass(frozen=True)
class Column:
    """A column by name; ``source.name`` when it was written so."""

    name: str
    source: str = ""


@dataclass(frozen=True)
class Comparison:
    """`left` and `right` compared by one of ``= <> < <= > >=``."""

    operator: str
    left: Column | Constant
    right: Column | Constant


@dataclass(frozen=True)
class Constant:
    """A literal."""

    value: Literal


@dataclass(frozen=True)
class IsNull:
    """``operand is null``."""

    operand: Column | Constant


@dataclass(frozen=True)
class In:
    """``operand in (…)``."""

    operand: Column | Constant
    values: tuple[Literal, ...]


@dataclass(frozen=True)
class Like:
    """``operand like pattern``: ``%`` any text, ``_`` one character, a backslash takes either literally."""

    operand: Column | Constant
    pattern: str


@dataclass(frozen=True)
class Not:
    """Negation."""

    operand: Node


@dataclass(frozen=True)
class Both:
    """``left and right`` or ``left or right``."""

    operator: str
    left: Node
    right: Node


Node = Comparison | IsNull | In | Like | Not | Both | Column | Constant


@dataclass(frozen=True)
class Expression:
    """A parsed predicate: its text, its tree, and where it was written (a dotted path)."""

    text: str
    tree: Node
    where: str = ""

    @property
    def references(self) -> tuple[Column, ...]:
        """The columns it reads, in order of appearance."""
        return tuple(dict.fromkeys(_columns(self.tree)))

    @property
    def columns(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(dict.fromkeys(column.name for column in self.references))


def _columns(node: Node) -> Iterator[Column]:
    if isinstance(node, Column):
        yield node
    for name in ("left", "right", "operand"):
        child = getattr(node, name, None)
        if child is not None:
            yield from _columns(child)
