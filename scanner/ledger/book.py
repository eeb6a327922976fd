"""The book of a handler's year: project an export, reserve it, commit or release it, read the counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from ..counting_draft import Draft
from ..identity_keys import Keys
from .model import Entry, Export, Projection, Reservation, Verification

Decide = Callable[[Projection], bool]


class Book:
    """The person ledger. Every `now` is the moment of the call, given by the caller; the book has no clock."""

    def keys(self, year: int) -> Keys:
        """Return the identity keys of `year`, for `counting.read`."""
        raise NotImplementedError

    def project(self, export: Export, draft: Draft, as_of: date) -> Projection:
        """Tell what the year would be with this export. Books nothing."""
        raise NotImplementedError

    def reserve(  # noqa: PLR0913 - what is booked, when, until when, and who decides
        self,
        export: Export,
        draft: Draft,
        as_of: date,
        expires: datetime,
        *,
        now: datetime,
        decide: Decide | None = None,
    ) -> Reservation:
        """Reserve headroom; `decide` runs under the lock, and when it says no nothing is booked (state ``refused``)."""
        raise NotImplementedError

    def commit(self, booking: str, on: date, *, now: datetime) -> Reservation:
        """Record that the transfer happened on `on`. A fact: never refused, even expired or over a line."""
        raise NotImplementedError

    def release(self, booking: str, why: str, *, now: datetime) -> Reservation:
        """Record that nothing left."""
        raise NotImplementedError

    def hold(self, booking: str, why: str, *, now: datetime) -> Reservation:
        """Keep the headroom of a reservation whose transfer may have happened, until someone says which."""
        raise NotImplementedError

    def void(self, booking: str, why: str, evidence: Mapping[str, Any], *, now: datetime) -> Reservation:
        """Take back a booking that never left."""
        raise NotImplementedError

    def status(self, year: int, as_of: date, *, now: datetime | None = None) -> dict[str, Any]:
        """Return ``exportgate.ledger/1`` without tiers and headroom."""
        raise NotImplementedError

    def history(self, as_of: date | None = None) -> tuple[Entry, ...]:
        """Return the entries, oldest first, up to and including the day `as_of`."""
        raise NotImplementedError

    def verify(self, head: str | None = None) -> Verification:
        """Check the chain, the contents and the counts; `head` is one printed on an earlier report."""
        raise NotImplementedError
