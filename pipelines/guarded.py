"""A transfer under guard: what becomes of its reservation when it ends, well or not.

A reservation that an earlier run placed is never released by this one: the earlier transfer may have let something out,
and another process may be sending the same export at this moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..scanner.errors import ExitCode, ExportgateError, LedgerError, UsageError

if TYPE_CHECKING:
    from ..scanner.check import Check
    from ..scanner.ledger import Book, Reservation

HOLD, RELEASE = "hold", "release"


@dataclass(frozen=True)
class Transfer:
    """An export that the gate let go, its reservation, and the book that is told how it ended."""

    book: Book
    check: Check

    @property
    def reservation(self) -> str:
        """The reservation's id."""
        assert self.check.reservation is not None
        return self.check.reservation

    def succeeded(self) -> Reservation:
        """Book the transfer; LedgerError, with the line that books it, when it left and cannot be booked now."""
        from . import api

        day = self.check.as_of
        try:
            return self.book.commit(self.reservation, day, now=api.now())
        except Exception as error:
            what = "the transfer succeeded but could not be booked, the reservation is kept"
            hint = f"exportgate commit {self.reservation} --on {day}"
            raise LedgerError(f"{what} ({_reason(error)})", where="guard", hint=hint) from None

    def failed(self, why: str, on_failure: str = HOLD) -> str:
        """Hold the reservation, or release it when asked to and this run placed it; return its state.

        Never raises, so that the transfer's own error is the one that is seen: ``unknown: …`` says that the ledger
        could not be told. The reservation then stays open, and keeps its headroom all the same.
        """
        from . import api

        try:
            found = self.book.booking(self.reservation)
            if found.state == "open":
                mine = self.check.placed is not None and self.check.placed.created
                if on_failure == RELEASE and mine:
                    return self.book.release(self.reservation, why, now=api.now()).state
                return self.book.hold(self.reservation, why, now=api.now()).state
            return found.state
        except Exception as error:
            return f"unknown: {_reason(error)}"

    def told(self, state: str) -> str:
        """Return what to tell the user of a transfer that failed, in one or three lines."""
        name = self.reservation
        if state == "released":
            return f"exportgate: reservation {name} released"
        if state == "committed":
            return f"exportgate: {name} was booked before and stays booked"
        kept = "is held and keeps its headroom" if state == "held" else f"was left as it is ({state})"
        return (
            f"exportgate: something may have left, so reservation {name} {kept}\n"
            f"It left:      exportgate commit {name} --on {self.check.as_of}\n"
            f"Nothing left: exportgate release {name} --why …"
        )


def _reason(error: Exception) -> str:
    return error.what if isinstance(error, ExportgateError) else type(error).__name__


class NotAllowedError(ExportgateError):
    """The gate stopped an export; `check` says why."""

    def __init__(self, check: Check) -> None:
        from ..scanner import explain

        super().__init__(explain.paragraph(check.verdict.to_dict()))
        self.check = check
        self.exit_code = check.exit_code or ExitCode.MUST_NOT_GO


@contextmanager
def guard(data: Any, manifest: Any, *, on_failure: str = "hold", **options: Any) -> Iterator[Check]:
    """Check and reserve an export, run the block, and book it.

    The reservation is committed when the block ends. When the block raises, something may have left: the reservation is
    held, or with `on_failure` ``"release"`` (only where a failed transfer sends nothing) given back. Raises
    NotAllowedError, and never runs the block, when the export may not go; LedgerError when the block ended well and the
    transfer could not be booked (its reservation is kept).
    """
    from . import api

    if on_failure not in (HOLD, RELEASE):
        raise UsageError(f"no such outcome: {on_failure}", where="guard: on_failure", hint=f"{HOLD} or {RELEASE}")
    chosen = api.settings(options.pop("config", None))
    book = options.pop("ledger", None)
    book = api.open_ledger(book, config=chosen) if book is None or isinstance(book, str) else book
    checked = api.check(data, manifest, config=chosen, ledger=book, **options)
    if checked.may_go:
        checked = api.reserve(checked, book, hours=chosen.config.reservation_hours)
        if checked.reservation is None:  # another export took the headroom meanwhile: look at the year as it is now
            checked = api.check(data, manifest, config=chosen, ledger=book, **options)
    if checked.reservation is None:
        raise NotAllowedError(checked)
    transfer = Transfer(book, checked)
    try:
        yield checked
    except BaseException as error:
        state = transfer.failed(f"the transfer ended with {type(error).__name__}", on_failure)
        error.add_note(transfer.told(state))
        raise
    transfer.succeeded()
