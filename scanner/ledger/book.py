"""The book of a handler's year: project an export, reserve it, commit or release it, read the counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ..counting_draft import Draft
from ..errors import UsageError
from ..identity_keys import Keys
from . import audited, carrying, folding, journal, settling, standing
from .custody import Custody
from .desk import Desk, day_of, require_open
from .folding import Alone, Change, draft_alone
from .model import Entry, Export, Projection, Reservation, in_china
from .projecting import project, reservation_body
from .yearbook import Yearbook

Decide = Callable[[Projection], bool]


@dataclass(frozen=True)
class Projected:
    """A projection and what it followed from: good for as long as the history ends with `head`."""

    draft: Draft
    export: Export
    head: str
    book: Yearbook
    projection: Projection
    change: Change | None


class Book(Custody):
    """The person ledger. Every `now` is the moment of the call, given by the caller; the book has no clock.

    Each method is one transaction: alone on the ledger, all or nothing. UsageError says that the call makes no sense in
    the ledger's state, LedgerError that the ledger could not be used.
    """

    _last: Projected | None = None

    def audited(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return what audits remember, by source and path."""
        with self._desk() as desk:
            return audited.read(desk)

    def remembered(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return what audits remember, for a reader that writes nothing."""
        with self._desk() as desk:
            desk.session.discard()
            return audited.read(desk)

    def remember(self, source: str, path: str, body: Mapping[str, Any]) -> None:
        """Remember what an audit found at a path of a source, instead of what was remembered before."""
        with self._desk() as desk:
            audited.write(desk, source, path, body)

    def assign(self, booking: str, to: str, why: str, *, now: datetime) -> Reservation:
        """Move a booking out of quarantine: `to` is the committed booking of its manifest, in which it counts now."""
        with self._desk() as desk:
            return audited.assign(desk, booking, to, why, now)

    def redraft(self, booking: str, slot: tuple[str, str]) -> Draft:
        """Return what an undeclared booking counted as a draft of another threshold row (sector, row)."""
        with self._desk() as desk:
            return audited.redraft(desk, booking, slot)

    def keys(self, year: int) -> Keys:
        """Return the identity keys of `year`, for `counting.read`."""
        return self.keyring.keys(year)

    def project(self, export: Export, draft: Draft, as_of: date, own: Alone | None = None) -> Projection:
        """Tell what the year would be with this export. Books nothing. `own`: the draft counted by itself."""
        _require_year(export, draft)
        own = own or draft_alone(draft)
        with self._desk(as_of) as desk:
            desk.session.discard()
            book = desk.year(draft.year)
            projection, change = project(desk, book, export, draft, own)
            self._last = Projected(draft, export, desk.head, book, projection, change)
            return projection

    def reserve(
        self,
        export: Export,
        draft: Draft,
        as_of: date,
        expires: datetime,
        *,
        now: datetime,
        decide: Decide | None = None,
    ) -> Reservation:
        """Reserve headroom; `decide` runs under the lock, and when it says no nothing is booked (state ``refused``).

        The same export id and content is booked once: the original booking is returned, `created` false.
        """
        _require_year(export, draft)
        with self._desk(as_of, now) as desk:
            book, projection, change = self._projected(desk, export, draft)
            mine = [b for b in desk.bookings.values() if b.export == export.id]
            same = [
                b for b in mine if b.content == draft.content and b.state in journal.BOOKED and b.year == draft.year
            ]
            if same:
                carrying.say_again(desk, same[0], export, now)
                return replace(same[0], projection=projection).at(now)
            require_open(book)
            if decide is not None and not decide(projection):
                return Reservation("", export.id, "refused", False, draft.year, projection=projection)
            if change is not None:
                folding.enter(desk.session, book, change)
            name, version = desk.new_name(export.id, draft.content), max((b.version for b in mine), default=0) + 1
            body: dict[str, Any] = {
                "booking": name,
                "version": version,
                "expires": expires.isoformat(timespec="seconds"),
            }
            body["undone"] = change.undone if change is not None else None
            desk.save(book)
            desk.record("reserved", {**body, **reservation_body(desk, book, export, draft, projection)}, now)
            return replace(desk.bookings[name], created=True, projection=projection)

    def _projected(self, desk: Desk, export: Export, draft: Draft) -> tuple[Yearbook, Projection, Change | None]:
        """Return the last projection when nothing was booked since, otherwise a new one."""
        last, self._last = self._last, None
        # what proves an export is not counted: an audit adds to the evidence what it found between the two
        same = last and last.draft is draft and replace(last.export, evidence=export.evidence) == export
        if last and same and last.head == desk.head:
            desk.year(draft.year)
            return last.book, last.projection, last.change
        book = desk.year(draft.year)
        return (book, *project(desk, book, export, draft))

    def booking(self, name: str) -> Reservation:
        """Return a booking by its id (or an export's only waiting one)."""
        with self._desk() as desk:
            return desk.booking(name)

    def bookings(self, year: int | None = None) -> tuple[Reservation, ...]:
        """Return every booking, oldest first."""
        with self._desk() as desk:
            return tuple(b for b in desk.bookings.values() if year is None or b.year == year)

    def commit(self, booking: str, on: date, *, now: datetime) -> Reservation:
        """Record that the transfer happened on `on`. A fact: never refused, even expired or over a line.

        `on` decides the year; the persons of a reservation made before New Year move with it.
        """
        with self._desk(day_of(now), now) as desk:
            return settling.commit(desk, booking, on, now)

    def release(self, booking: str, why: str, *, now: datetime) -> Reservation:
        """Record that nothing left."""
        with self._desk() as desk:
            return settling.release(desk, booking, why, now)

    def hold(self, booking: str, why: str, *, now: datetime) -> Reservation:
        """Keep the headroom of a reservation whose transfer may have happened, until someone says which.

        Sending again what is booked already, and failing, changes nothing: the booking is returned as it is.
        """
        with self._desk() as desk:
            return settling.hold(desk, booking, why, now)

    def void(self, booking: str, why: str, evidence: Mapping[str, Any], *, now: datetime) -> Reservation:
        """Take back a committed booking that never left; reason and evidence go into the history."""
        with self._desk() as desk:
            return settling.void(desk, booking, why, evidence, now)

    def end_grant(self, export: str, on: date, why: str, *, now: datetime) -> Entry:
        """Record that a remote access ended on `on`: nobody is booked for it on a later 1 January."""
        with self._desk() as desk:
            if export not in {grant.export for grant in carrying.grants(desk)}:
                raise UsageError(f"no remote access of that name is open: {export}")
            entry = desk.record("grant-ended", {"export": export, "on": on.isoformat(), "why": why}, now)
            for booked in tuple(desk.bookings.values()):
                later = booked.transfer_on is not None and booked.transfer_on > on
                if booked.renewed_from and booked.export == export and booked.state == "committed" and later:
                    settling.void(desk, booked.id, why, {"grant_ended": on.isoformat()}, now)
            return entry

    def status(self, year: int, as_of: date, *, now: datetime | None = None) -> dict[str, Any]:
        """Return ``exportgate.ledger/1`` without tiers and headroom; a past day is replayed from the history."""
        moment = now or in_china(datetime.combine(as_of, datetime.max.time()))
        with self._desk(as_of, now) as desk:
            if now is not None and as_of > day_of(now):
                desk.session.discard()  # a look ahead: what is not yet due is shown and not booked
            return standing.status(desk, year, as_of, moment)

    def view(self, year: int, as_of: date, *, now: datetime) -> tuple[dict[str, Any], tuple[Entry, ...]]:
        """Return a year's status and the history, of one moment. Books nothing: what has fallen due is only shown."""
        with self._desk() as desk:
            desk.session.discard()
            stored = desk.entries[-1].mac if desk.entries else journal.GENESIS, len(desk.entries)
            carrying.renew(desk, as_of, now)
            found = standing.status(desk, year, as_of, now)
            return {**found, "chain": {"entries": stored[1], "head": stored[0]}}, tuple(desk.entries)


def _require_year(export: Export, draft: Draft) -> None:
    if export.transfer_on.year != draft.year:
        raise UsageError(f"the export leaves in {export.transfer_on.year}, and was read with the keys of {draft.year}")
