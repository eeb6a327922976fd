"""One handler's situation, as the rules need it: who exports, under which rows, how many persons, what is declared.

`Facts.from_dict` reads an ``exportgate.facts/1`` document and refuses what cannot be true.

>>> facts = Facts.from_dict({"sector": "retail", "scenario": "membership", "as_of": "2026-11-23",
...                          "counts": {"non_sensitive": 10, "sensitive": 2, "any": 10}})
>>> facts.rows[0].counts.any
10
>>> Facts.from_dict({"sector": "retail", "scenario": "menbership", "as_of": "2026-11-23",
...                  "counts": {"non_sensitive": 0, "sensitive": 0, "any": 0}})
Traceback (most recent call last):
    ...
exportgate.scanner.errors.UsageError: facts: scenario: no such scenario or row of retail: menbership
Hint: did you mean membership?
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

KIND_COUNTERS = ("non_sensitive", "sensitive")
ACCOUNTS = "sensitive_with_accounts_or_diagnosis"


@dataclass(frozen=True)
class Counts:
    """Distinct natural persons since 1 January; `accounts` is None when nobody said."""

    non_sensitive: int
    sensitive: int
    any: int
    accounts: int | None = None

    def of(self, counter: str, *, sensitive_leave: bool = False) -> int:
        """Return one counter; with `sensitive_leave`, persons with sensitive items leave the non-sensitive one."""
        if counter == ACCOUNTS:
            return self.accounts or 0
        if counter == "non_sensitive" and sensitive_leave:
            return self.any - self.sensitive
        return int(getattr(self, counter))

    def plus(self, other: Counts) -> Counts:
        """Return the most that both can be together, when nobody says how far they overlap."""
        accounts = None if self.accounts is None and other.accounts is None else self.of(ACCOUNTS) + other.of(ACCOUNTS)
        return Counts(
            self.non_sensitive + other.non_sensitive, self.sensitive + other.sensitive, self.any + other.any, accounts
        )


NOBODY = Counts(0, 0, 0)


@dataclass(frozen=True)
class RowFacts:
    """Persons of one threshold row; `row` is empty in a sector without rows, `scenario` when a row was named."""

    row: str
    counts: Counts
    scenario: str = ""


@dataclass(frozen=True)
class Handler:
    """The data handler; None where the facts are silent."""

    ftz_area: str | None = None
    exports_from_ftz: bool | None = None
    ciio: bool | None = None


@dataclass(frozen=True)
class Declared:
    """Important data that is declared, or suspected."""

    item: str
    quantity: int | None = None
    unit: str = ""
    flags: Mapping[str, bool] = field(default_factory=dict)
    anonymised: bool = False
    basis: str = "list"


@dataclass(frozen=True)
class Genetic:
    """Genetic information in the export, and the duties already discharged for it."""

    present: bool = False
    persons: int | None = None
    hgr_material: bool = True
    discharged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filing:
    """What the area said about the filing, and how the filing stands."""

    opinion: str = ""
    opinion_date: dt.date | None = None
    status: str = ""
    material_change: bool = False


@dataclass(frozen=True)
class Approval:
    """A route that is held; `rows` is None when it names none."""

    path: str
    status: str = "valid"
    opinion: str = ""
    opinion_date: dt.date | None = None
    material_change: bool = False
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    rows: tuple[str, ...] | None = None
    max_persons: int | None = None


@dataclass(frozen=True)
class Facts:
    """Everything a verdict is made from.

    `exempt_under` names the bases of the national rule under which *all* that this export holds goes out (it holds no
    personal information, say): the counts of the year then say where the year stands, and route nothing.
    """

    list: str
    as_of: dt.date
    sector: str
    rows: tuple[RowFacts, ...]
    handler: Handler = Handler()
    catch_all: Counts | None = None
    handler_counts: Counts | None = None
    exempt_under: tuple[str, ...] = ()
    holdings: Mapping[str, int] = field(default_factory=dict)
    important_data: tuple[Declared, ...] = ()
    genetic: Genetic = Genetic()
    flags: frozenset[str] = frozenset()
    scope_exclusion: str = ""
    other_list: str = ""
    treaty: str = ""
    filing: Filing | None = None
    approvals: tuple[Approval, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)

    @property
    def persons(self) -> Counts:
        """The most persons the rows can hold together."""
        total = NOBODY
        for row in self.rows:
            total = total.plus(row.counts)
        return total

    @property
    def national_counts(self) -> Counts:
        """The whole handler's persons; by default those of the rows."""
        return self.handler_counts or self.persons

    @property
    def without_persons(self) -> Facts:
        """The same facts of an export that counts nobody, and of a handler of whom nothing is known."""
        rows = tuple(replace(row, counts=NOBODY) for row in self.rows)
        return replace(self, rows=rows, catch_all=NOBODY, handler_counts=NOBODY, holdings={}, exempt_under=())

    @classmethod
    def from_dict(cls, document: Any, *, as_of: dt.date | None = None, where: str = "facts") -> Facts:
        """Return the facts of an ``exportgate.facts/1`` document; UsageError names the path and the nearest name.

        `as_of` is the day of the question when the document names none.
        """
        from .facts_reader import read

        return read(document, as_of=as_of, where=where)
