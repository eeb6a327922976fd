"""What the person ledger takes and gives: exports, counts, projections, reservations; frozen, no raw value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

Slot = tuple[str, str]
"""A counter of the book: ``(sector, threshold row)``."""

FIGURES = ("non_sensitive", "sensitive", "any", "sensitive_with_accounts_or_diagnosis")


SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def in_china(moment: datetime) -> datetime:
    """Return a moment in China's time, by which days and years are told; one without a zone is taken as such."""
    return moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Figures:
    """Distinct natural persons with any non-sensitive item, any sensitive item, either, and sensitive with accounts."""

    non_sensitive: int = 0
    sensitive: int = 0
    any: int = 0
    sensitive_with_accounts_or_diagnosis: int = 0

    def __sub__(self, other: Figures) -> Figures:
        """Return the difference, figure by figure; negative after a merge."""
        return Figures(*(getattr(self, name) - getattr(other, name) for name in FIGURES))

    def to_dict(self) -> dict[str, int]:
        """Return the four figures by name."""
        return {name: getattr(self, name) for name in FIGURES}


@dataclass(frozen=True)
class Counts:
    """The two bounds of a counter, and which of them the gate uses (`used`: ``upper`` or ``lower``).

    >>> Counts(lower=Figures(any=1), upper=Figures(any=2)).any
    2
    """

    lower: Figures = Figures()
    upper: Figures = Figures()
    used: str = "upper"

    @property
    def gate(self) -> Figures:
        """The figures the gate uses."""
        return self.lower if self.used == "lower" else self.upper

    @property
    def non_sensitive(self) -> int:
        """Persons with any non-sensitive item."""
        return self.gate.non_sensitive

    @property
    def sensitive(self) -> int:
        """Persons with any sensitive item."""
        return self.gate.sensitive

    @property
    def any(self) -> int:
        """Persons with any item."""
        return self.gate.any

    @property
    def sensitive_with_accounts_or_diagnosis(self) -> int:
        """Persons with a sensitive item of a financial account or a diagnosis."""
        return self.gate.sensitive_with_accounts_or_diagnosis

    def __sub__(self, other: Counts) -> Counts:
        """Return the difference of both bounds."""
        return Counts(self.lower - other.lower, self.upper - other.upper, self.used)

    def to_dict(self) -> dict[str, Any]:
        """Return ``C`` of CONTRACT §6: the gate's figures on top, both bounds below."""
        return {**self.gate.to_dict(), "lower": self.lower.to_dict(), "upper": self.upper.to_dict()}


@dataclass(frozen=True)
class Excluded:
    """Rows and distinct persons of this export taken out on one basis."""

    basis: str
    persons: int
    rows: int

    def to_dict(self) -> dict[str, Any]:
        """Return the entry of CONTRACT §6's ``excluded``."""
        return asdict(self)


@dataclass(frozen=True)
class Export:
    """Which export is booked. `transfer_on` decides the year (Asia/Shanghai); `rules` names the edition that judged.

    `persons_with_both` (``both`` or ``sensitive-only``) and `unlinked` (``upper`` or ``lower``) are the counting
    choices of the configuration. A remote access (`mode` ``remote-access``) lasts from its commit to `grant_ends`
    (None: until `Book.end_grant`). `evidence` is kept in the history as given; it must not hold personal values.
    """

    id: str
    transfer_on: date
    mode: str = "transfer"
    recipient: str = ""
    country: str = ""
    rules: str = ""
    persons_with_both: str = "both"
    unlinked: str = "upper"
    grant_ends: date | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Projection:
    """What the year would be with this export: committed ∪ open reservations ∪ the export, linked.

    `rows` holds the year to date of each threshold row the export touches, `all_rows` of every row of the year,
    `sectors` the union over a sector's rows, `handler` over everything. `new_persons` may be negative after a merge.
    `union` answers any other question over the year's persons (say, a catch-all that also takes another row's
    non-sensitive persons). `orders` are those in force that suspend exports, read with the counts: one that arrives
    between a check and its reservation stops it. `columns_before` are the columns as they were when the same export was
    last booked.
    """

    year: int
    this_export: Counts
    new_persons: Counts
    year_to_date: Counts
    rows: Mapping[Slot, Counts]
    all_rows: Mapping[Slot, Counts]
    before_rows: Mapping[Slot, Counts]
    sectors: Mapping[str, Counts]
    handler: Counts
    excluded: tuple[Excluded, ...] = ()
    demoted_keys: int = 0
    newly_demoted: int = 0
    rows_without_identity: int = 0
    content: str = ""
    already_booked: bool = False
    orders: tuple[Mapping[str, Any], ...] = ()
    columns_before: tuple[Mapping[str, Any], ...] = ()
    histogram: Any = field(default=None, repr=False, compare=False)

    def union(self, selection: Mapping[Slot, tuple[str, ...]]) -> Counts:
        """Count the persons who hold any of the selected sets (``non_sensitive``, ``sensitive``) of the given rows."""
        counts: Counts = self.histogram.union(selection)
        return counts

    def row(self, row: str) -> Counts:
        """Return the year to date of the threshold row `row`; nobody when it was never touched."""
        return next((counts for (_, name), counts in self.all_rows.items() if name == row), Counts())


@dataclass(frozen=True)
class Reservation:
    """A booking. `state`: ``open expired held committed released refused void assigned``.

    `undeclared` marks what an audit found and nobody had declared: it is in quarantine until it is assigned.

    `created` is false when the same export id and content were booked before: then this is the original booking.
    `refused` (id empty) means `decide` said no: nothing was booked.
    """

    id: str
    export: str
    state: str
    created: bool
    year: int
    version: int = 1
    content: str = ""
    transfer_on: date | None = None
    expires: datetime | None = None
    new_persons: Counts = Counts()
    mode: str = "transfer"
    grant_ends: date | None = None
    renewed_from: str = ""
    undeclared: bool = False
    projection: Projection | None = field(default=None, repr=False, compare=False)

    def at(self, now: datetime) -> Reservation:
        """Return the reservation as seen at `now`: an open one past its expiry is ``expired``."""
        late = self.state == "open" and self.expires is not None and in_china(now) > in_china(self.expires)
        return replace(self, state="expired") if late else self


@dataclass(frozen=True)
class Entry:
    """One line of the history. `mac` authenticates it and, through `previous`, everything before it."""

    seq: int
    at: str
    kind: str
    body: Mapping[str, Any]
    previous: str
    mac: str

    def to_dict(self) -> dict[str, Any]:
        """Return the line of ``ledger history --format json``."""
        return {
            "schema": "exportgate.ledger-entry/1",
            "seq": self.seq,
            "at": self.at,
            "kind": self.kind,
            **self.body,
            "previous": self.previous,
            "mac": self.mac,
        }


@dataclass(frozen=True)
class Verification:
    """What `verify` found: `ok`, the number of entries, the head, and one sentence per problem."""

    ok: bool
    entries: int
    head: str
    problems: tuple[str, ...] = ()
