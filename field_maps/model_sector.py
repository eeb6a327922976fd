"""What one sector of a list is made of: scenarios, threshold rows and lines, items, exclusions, the third bucket."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A name or sentence in English and Chinese."""

    en: str
    zh: str

    def in_(self, lang: str) -> str:
        """Return the wording in `lang` (``en`` or ``zh``)."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Reference:
    """A text of the law or a source about it."""

    id: str
    title: Text
    href: str
    published: dt.date


@dataclass(frozen=True)
class Dated:
    """A number of the law by the first day it holds; the last one holds until a later one.

    >>> Dated(((dt.date(2024, 1, 1), 5), (dt.date(2026, 1, 1), None))).on(dt.date(2025, 6, 1))
    5
    """

    values: tuple[tuple[dt.date, int | None], ...]

    def on(self, day: dt.date) -> int | None:
        """Return the number that holds on `day`; None before the first and after an end."""
        held = [value for since, value in self.values if since <= day]
        return held[-1] if held else None


@dataclass(frozen=True)
class Source:
    """Where a rule comes from: the reference's id, how far it is known, and when someone last looked."""

    reference: str
    provenance: str
    last_checked: dt.date


@dataclass(frozen=True)
class Line:
    """A threshold: from this many persons in `counter` on, `tier` is reached."""

    rule: str
    counter: str
    tier: int
    at: Dated
    article: str
    unit: str
    below: str = ""


@dataclass(frozen=True)
class Row:
    """A threshold row; `falls` names the counters it does not test, whose persons fall to the catch-all."""

    id: str
    rule: str
    name: Text
    unit: str
    lines: tuple[Line, ...]
    falls: tuple[str, ...]
    source: Source
    note: Text | None = None

    @property
    def counters(self) -> tuple[str, ...]:
        """The counters the row tests."""
        return tuple(dict.fromkeys(line.counter for line in self.lines))


@dataclass(frozen=True)
class Scenario:
    """A business scenario of a sector and the threshold row its persons count under.

    `signs` are the fields by which a table shows that it belongs here and not to whatever else the sector holds: names
    and phones are everywhere, a suspect drug is not. A scenario without signs, as a catch-all is, needs none.
    """

    id: str
    name: Text
    row: str
    provenance: str
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """When an item is met: `minimum` of `unit` or one of `instead`, and all of `needs` (flags of the declaration)."""

    minimum: Dated | None = None
    unit: str = ""
    needs: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """A kind of important data. `held` items speak of what a handler holds, read on `counter`, not of one export."""

    id: str
    rule: str
    name: Text
    condition: Condition
    article: str
    source: Source
    sector: str = ""
    counter: str = ""
    only_ciio: bool = False
    implies: str = ""
    warning: Text | None = None

    @property
    def held(self) -> bool:
        """Whether the condition is read on the persons a handler holds."""
        return bool(self.counter)


@dataclass(frozen=True)
class Exclusion:
    """Something the sector's part of the list says it does not cover."""

    id: str
    rule: str
    name: Text
    article: str


@dataclass(frozen=True)
class ThirdBucket:
    """Data that goes another lawful way, whatever its volume, until a duty of `discharges` has been discharged."""

    rule: str
    name: Text
    article: str
    path: str
    discharges: tuple[str, ...]
    excluded_kinds: Text
    review_above: Dated
    review_note: Text


@dataclass(frozen=True)
class Note:
    """A sector note: what a word of the list means, or what it leaves out."""

    id: str
    text: Text
    article: str


@dataclass(frozen=True)
class Sector:
    """One sector (or, nationally, all of them) with everything the list says about it."""

    id: str
    rule: str
    name: Text
    covers: Text
    article: str
    scenarios: tuple[Scenario, ...]
    rows: tuple[Row, ...]
    items: tuple[Item, ...]
    exclusions: tuple[Exclusion, ...]
    notes: tuple[Note, ...]
    catch_all: str = ""
    export_control_item: str = ""
    third_bucket: ThirdBucket | None = None
    covered: bool = True

    def row(self, row_id: str) -> Row:
        """Return the threshold row called `row_id`; KeyError when there is none."""
        return next(row for row in self.rows if row.id == row_id) if row_id in self.row_ids else _missing(row_id)

    @property
    def row_ids(self) -> tuple[str, ...]:
        """The ids of the threshold rows."""
        return tuple(row.id for row in self.rows)

    @property
    def scenario_ids(self) -> tuple[str, ...]:
        """The ids of the scenarios."""
        return tuple(scenario.id for scenario in self.scenarios)


def _missing(name: str) -> Row:
    raise KeyError(name)
