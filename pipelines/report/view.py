"""What the page shows of one document, ready to be laid out: texts chosen, numbers written, nothing computed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..messages import Texts
from .bars import Bar


@dataclass(frozen=True)
class Fact:
    """A number or word with its label; `tone` is the colour it may take."""

    value: str
    label: str
    tone: str = ""


@dataclass(frozen=True)
class ColumnRow:
    """A column as the page lists it."""

    name: str
    comment: str
    kind: str
    pi: str
    pi_word: str
    sure: int
    how: str
    explanation: str
    undecided: bool
    field: str
    field_note: str
    example: str


@dataclass(frozen=True)
class ScanView:
    """A dataset: what it is, its personal columns, and the names of the others."""

    source: str
    facts: list[Fact]
    columns: list[ColumnRow]
    rest: list[str]
    notes: list[str]


@dataclass(frozen=True)
class View:
    """One document: the answer first, then why, then everything it rests on."""

    anchor: str
    name: str
    tone: str
    verdict: str
    tier: str
    tier_note: str
    sentence: str
    facts: list[Fact]
    about: list[Fact]
    scans: list[ScanView]
    reasons: list[dict[str, Any]] = field(default_factory=list)
    why_notes: list[str] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    national: list[Bar] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    excluded: list[dict[str, Any]] = field(default_factory=list)
    consistency: list[dict[str, Any]] = field(default_factory=list)
    review: list[dict[str, str]] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    is_check: bool = True


def view_of(document: Mapping[str, Any], at: int, texts: Texts) -> View:
    """Return the view of an ``exportgate.check/1``, ``exportgate.scan/1`` or ``exportgate.verdict/1`` document."""
    from . import view_check, view_scan, view_verdict

    kinds = {"exportgate.scan/1": view_scan.view, "exportgate.verdict/1": view_verdict.view}
    return kinds.get(str(document.get("schema")), view_check.view)(document, at, texts)
