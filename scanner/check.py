"""What a check says: what this export would do to the year, whether it may go, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from .consistency import Entry
from .errors import ExitCode
from .results import Scan
from .showing import Shown

if TYPE_CHECKING:
    from .counting import Draft
    from .ledger import Export, Projection, Reservation
    from .tiers import Verdict

NO_EXPECTATIONS: Mapping[str, Any] = {"success": False, "results": []}


@dataclass(frozen=True)
class Check(Shown):
    """The result of the gate for one export (CONTRACT §6).

    `draft` and `booking` are what the ledger books when the export is reserved; they hold keyed hashes, no raw value.
    `judge` says whether the export may go on another projection: the ledger asks once more under its lock. `placed` is
    the reservation as the ledger gave it: its `created` tells whether it was there before.
    """

    export: Mapping[str, Any]
    as_of: date
    scans: tuple[Scan, ...]
    projection: Projection
    verdict: Verdict
    consistency: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = ()
    identity: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    expectations: Mapping[str, Any] = field(default_factory=lambda: NO_EXPECTATIONS)
    suite: str = ""
    reservation: str | None = None
    chain: Mapping[str, Any] = field(default_factory=dict)
    draft: Draft | None = field(default=None, repr=False, compare=False)
    judge: Callable[[Projection], bool] | None = field(default=None, repr=False, compare=False)
    booking: Export | None = field(default=None, repr=False, compare=False)
    placed: Reservation | None = field(default=None, repr=False, compare=False)

    @property
    def blocked(self) -> bool:
        """Whether an inconsistency with what was filed blocks the export."""
        return any(entry.blocks for entry in self.consistency)

    @property
    def may_go(self) -> bool:
        """Whether the export may leave."""
        return self.exit_code is ExitCode.MAY_GO

    @property
    def exit_code(self) -> ExitCode:
        """The contract's exit code: must not go speaks before cannot decide."""
        if self.blocked:
            return ExitCode.MUST_NOT_GO
        return ExitCode(self.verdict.exit_code())

    def reserved(self, placed: Reservation) -> Check:
        """Return the check with the reservation that was placed for it; without one when it was refused."""
        return replace(self, reservation=placed.id or None, placed=placed)

    def to_dict(self) -> dict[str, Any]:
        """Return the ``exportgate.check/1`` document."""
        projection = self.projection
        return {
            "schema": "exportgate.check/1",
            "as_of": self.as_of.isoformat(),
            "export": dict(self.export),
            "scans": [scan.to_dict() for scan in self.scans],
            "counts": {
                "this_export": projection.this_export.to_dict(),
                "new_persons": projection.new_persons.to_dict(),
                "year_to_date": projection.year_to_date.to_dict(),
                "rows": {row: counts.to_dict() for (_, row), counts in projection.rows.items()},
                "handler": projection.handler.to_dict(),
                "demoted_keys": projection.demoted_keys,
                "unlinked_rows": projection.rows_without_identity,
            },
            "excluded": [excluded.to_dict() for excluded in projection.excluded],
            "verdict": self.verdict.to_dict(),
            "consistency": [entry.to_dict() for entry in self.consistency],
            "reservation": self.reservation,
            "expectations": dict(self.expectations),
            "suite": self.suite,
            "identity": {source: dict(columns) for source, columns in self.identity.items()},
            "chain": dict(self.chain),
            "warnings": list(self.warnings),
            "may_go": self.may_go,
            "exit_code": int(self.exit_code),
        }
