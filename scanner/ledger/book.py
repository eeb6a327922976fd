"""The book of a handler's year: project an export, reserve it, commit or release it, read the counts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ..counting_draft import Draft
from ..errors import LedgerError, UsageError
from ..identity_keys import Keys
from . import folding, journal, yearbook
from .keyring import Keyring, fingerprint, parse_key
from .model import Counts, Entry, Export, Projection, Reservation, Verification
from .session import Session
from .store import Store
from .tally import Histogram, Tally
from .yearbook import Content, Yearbook

Decide = Callable[[Projection], bool]
FORMAT = "1"


@dataclass
class Desk:
    """One transaction at work: the session, the opened keys, the history so far."""

    session: Session
    keyring: Keyring
    entries: list[Entry]
    where: str

    @property
    def bookings(self) -> dict[str, Reservation]:
        """Every booking in its present state."""
        return journal.bookings(self.entries)

    def contents(self, year: int, *states: str, without: str = "") -> set[str]:
        """Return the digests booked in a year in one of the given states."""
        found = self.bookings.values()
        return {b.content for b in found if b.year == year and b.state in states and b.id != without}

    def record(self, kind: str, body: Mapping[str, Any], now: datetime) -> Entry:
        """Append an entry to the history."""
        head = self.entries[-1] if self.entries else None
        entry = journal.next_entry(self.keyring.chain, head, kind, body, now)
        self.session.append(entry, journal.canonical(entry.body))
        self.entries.append(entry)
        return entry

    def year(self, year: int) -> Yearbook:
        """Return a year's state, its tables made if need be."""
        if not self.session.has_year(year):
            self.session.create_year(year)
        return yearbook.load(self.session, year, self.keyring.chain, self.where)

    def save(self, book: Yearbook) -> None:
        """Store a year's state."""
        yearbook.save(self.session, book, self.keyring.chain)

    def numbers(self, book: Yearbook, digests: Iterable[str]) -> set[int]:
        """Return the contents' numbers in the year."""
        return {book.contents[digest].number for digest in digests if digest in book.contents}


class Book:
    """The person ledger. Every `now` is the moment of the call, given by the caller; the book has no clock."""

    def __init__(self, store: Store, key: str | bytes) -> None:
        self.store = store
        self.master = parse_key(key)
        with self.desk() as desk:
            self.keyring = desk.keyring

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Open a transaction, check the key and the chain; commit at the end."""
        with self.store.transaction() as session:
            sealed = session.meta("keyring")
            if sealed is None:
                keyring = Keyring.create(self.master)
                session.set_meta("keyring", keyring.to_json())
                session.set_meta("format", FORMAT)
            else:
                keyring = Keyring.open(self.master, sealed, self.store.name)
            entries = journal.entries_of(session.entry_rows())
            journal.require_whole(keyring.chain, entries, self.store.name)
            yield Desk(session, keyring, list(entries), self.store.name)

    def keys(self, year: int) -> Keys:
        """Return the identity keys of `year`, for `counting.read`."""
        return self.keyring.keys(year)

    def project(self, export: Export, draft: Draft, as_of: date) -> Projection:
        """Tell what the year would be with this export. Books nothing."""
        with self.desk() as desk:
            return _project(desk, desk.year(draft.year), export, draft)[0]

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
        """Reserve headroom; `decide` runs under the lock, and when it says no nothing is booked (state ``refused``)."""
        _require_year(export, draft)
        with self.desk() as desk:
            book = desk.year(draft.year)
            _require_open(book)
            projection, change = _project(desk, book, export, draft)
            mine = [b for b in desk.bookings.values() if b.export == export.id and b.state in journal.BOOKED]
            same = [b for b in mine if b.content == draft.content and b.year == draft.year]
            if same:
                return replace(same[0], projection=projection).at(now)
            if decide is not None and not decide(projection):
                return Reservation("", export.id, "refused", False, draft.year, projection=projection)
            if change is not None:
                _enter(desk, book, change, draft)
            return self._record_reservation(desk, book, export, draft, expires, now, projection)

    def _record_reservation(
        self,
        desk: Desk,
        book: Yearbook,
        export: Export,
        draft: Draft,
        expires: datetime,
        now: datetime,
        projection: Projection,
    ) -> Reservation:
        versions = [b.version for b in desk.bookings.values() if b.export == export.id]
        version = max(versions, default=0) + 1
        name = hashlib.blake2s(f"{len(desk.entries)}\0{export.id}\0{draft.content}".encode(), digest_size=6).hexdigest()
        body = {
            "booking": name,
            "export": export.id,
            "version": version,
            "content": draft.content,
            "year": draft.year,
            "transfer_on": export.transfer_on.isoformat(),
            "expires": expires.isoformat(timespec="seconds"),
            "mode": export.mode,
            "recipient": export.recipient,
            "country": export.country,
            "rules": export.rules,
            "evidence": dict(export.evidence),
            "rows": draft.rows,
            "rows_without_identity": draft.rows_without_identity,
            "excluded": [excluded.to_dict() for excluded in projection.excluded],
            "this_export": projection.this_export.to_dict(),
            "new_persons": projection.new_persons.to_dict(),
            "demoted_keys": projection.demoted_keys,
            **_counts_body(projection.all_rows, projection.handler),
        }
        desk.save(book)
        desk.record("reserved", body, now)
        return replace(desk.bookings[name], created=True, projection=projection)

    def commit(self, booking: str, on: date, *, now: datetime) -> Reservation:
        """Record that the transfer happened on `on`. A fact: never refused, even expired or over a line."""
        with self.desk() as desk:
            found = _booking(desk, booking)
            if found.state == "committed":
                return found
            if found.state not in ("open", "held"):
                raise UsageError(f"booking {booking} is {found.state}", hint="check the export again and book it anew")
            book = desk.year(found.year)
            if desk.contents(found.year, "committed") | {found.content} == desk.contents(found.year, *journal.BOOKED):
                book.committed = book.all
            else:
                before, after = _committed_change(desk, book, found.content, add=True)
                book.committed = book.committed - before + after
            desk.save(book)
            body = {"booking": booking, "on": on.isoformat(), "year": found.year, "content": found.content}
            late = found.expires is not None and now > found.expires
            contents = desk.contents(found.year, "committed") | {found.content}
            view = book.histogram(book.committed, contents)
            counts = _counts_body(view.rows(), view.handler())
            desk.record("committed", {**body, "expired": late, "export": found.export, **counts}, now)
            return desk.bookings[booking]

    def release(self, booking: str, why: str, *, now: datetime) -> Reservation:
        """Record that nothing left."""
        with self.desk() as desk:
            found = _booking(desk, booking)
            if found.state not in ("open", "held"):
                raise UsageError(f"booking {booking} is {found.state}", hint=_way_out(found))
            _take_out(desk, found, was_committed=False)
            desk.record("released", {"booking": booking, "export": found.export, "why": why}, now)
            return desk.bookings[booking]

    def hold(self, booking: str, why: str, *, now: datetime) -> Reservation:
        """Keep the headroom of a reservation whose transfer may have happened, until someone says which."""
        with self.desk() as desk:
            found = _booking(desk, booking)
            if found.state != "open":
                raise UsageError(f"booking {booking} is {found.state}")
            desk.record("held", {"booking": booking, "export": found.export, "why": why}, now)
            return desk.bookings[booking]

    def void(self, booking: str, why: str, evidence: Mapping[str, Any], *, now: datetime) -> Reservation:
        """Take back a committed booking that never left; reason and evidence go into the history."""
        if not why.strip() or not evidence:
            raise UsageError("a void needs a reason and evidence that nothing left", where=booking)
        with self.desk() as desk:
            found = _booking(desk, booking)
            if found.state != "committed":
                raise UsageError(f"booking {booking} is {found.state}", hint=_way_out(found))
            book = _take_out(desk, found, was_committed=True)
            view = book.histogram(book.committed, desk.contents(found.year, "committed", without=booking))
            body = {
                "booking": booking,
                "export": found.export,
                "why": why,
                "evidence": dict(evidence),
                "year": found.year,
            }
            desk.record("void", {**body, **_counts_body(view.rows(), view.handler())}, now)
            return desk.bookings[booking]

    def status(self, year: int, as_of: date, *, now: datetime | None = None) -> dict[str, Any]:
        """Return ``exportgate.ledger/1`` without tiers and headroom."""
        moment = now or datetime.combine(as_of, datetime.max.time())
        with self.desk() as desk:
            book = desk.year(year)
            every = [b.at(moment) for b in desk.bookings.values() if b.year == year]
            committed = book.histogram(book.committed, desk.contents(year, "committed"))
            whole = book.histogram(book.all, desk.contents(year, *journal.BOOKED))
            return _status(year, every, committed, whole, desk.entries)

    def history(self, as_of: date | None = None) -> tuple[Entry, ...]:
        """Return the entries, oldest first, up to and including the day `as_of`."""
        with self.desk() as desk:
            return tuple(e for e in desk.entries if as_of is None or e.at[:10] <= as_of.isoformat())

    def verify(self, head: str | None = None) -> Verification:
        """Check the chain, the contents and the counts; `head` is one printed on an earlier report."""
        with self.store.transaction() as session:
            sealed = session.meta("keyring")
            keyring = Keyring.open(self.master, sealed or Keyring.create(self.master).to_json(), self.store.name)
            entries = journal.entries_of(session.entry_rows())
            found = journal.problems(keyring.chain, entries)
            if head is not None and head not in {entry.mac for entry in entries}:
                found.append("the given head is not in the history: its end was cut off or it is another ledger's")
            if not found:
                found = _recount(Desk(session, keyring, list(entries), self.store.name))
            return Verification(not found, len(entries), entries[-1].mac if entries else journal.GENESIS, tuple(found))


def _booking(desk: Desk, name: str) -> Reservation:
    bookings = desk.bookings
    if name in bookings:
        return bookings[name]
    matching = [b for b in bookings.values() if b.export == name and b.state in ("open", "held")]
    if len(matching) == 1:
        return matching[0]
    raise UsageError(f"no such booking: {name}", hint="exportgate ledger status lists the open ones")


def _way_out(found: Reservation) -> str:
    if found.state == "committed":
        return "a committed booking that never left is voided: exportgate ledger void"
    return "an open reservation is committed or released" if found.state in ("open", "held") else ""


def _require_year(export: Export, draft: Draft) -> None:
    if export.transfer_on.year != draft.year:
        raise UsageError(f"the export leaves in {export.transfer_on.year}, the draft was read for {draft.year}")


def _require_open(book: Yearbook) -> None:
    if book.closed:
        hint = "record it under the year it left in: exportgate ledger close-year --reopen, with the reason"
        raise UsageError(f"the year {book.year} is closed", hint=hint)


def _counts_body(rows: Mapping[Any, Any], handler: Any) -> dict[str, Any]:
    counted = {f"{sector}/{row}": counts.to_dict() for (sector, row), counts in rows.items()}
    return {"counts": counted, "handler": handler.to_dict()}


def alone(draft: Draft) -> Counts:
    """Count the persons of a draft on its own, as if the year held nothing else."""
    tally, _, yearbook = folding.draft_alone(draft)
    return yearbook.histogram(tally, [draft.content]).handler()


def _project(desk: Desk, book: Yearbook, export: Export, draft: Draft) -> tuple[Projection, folding.Change | None]:
    alone_tally, excluded, alone = folding.draft_alone(draft)
    present = desk.contents(draft.year, *journal.BOOKED)
    before = book.histogram(book.all, present, export)
    before_rows = before.rows()
    change = None
    tally = book.all
    if draft.content not in present:
        change = folding.prepare(desk.session, book, draft, desk.keyring.storage)
        if len(change.known_facts.masks):
            old, new = folding.effect(book, change, desk.numbers(book, present))
        else:
            old, new = Tally(), folding.tally_of(book, change.nodes, change.facts)[0]
        tally = book.all - old + new
        book.contents[draft.content] = Content(change.number, folding.unlinked_of(book, draft), draft.excluded_bases)
    after = book.histogram(tally, present | {draft.content}, export)
    if change is not None:
        book.all = tally
    this = alone.histogram(alone_tally, [draft.content], export)
    own = {slot: after.over([slot]) for slot in draft.roles}
    projection = Projection(
        year=draft.year,
        this_export=this.handler(),
        new_persons=after.over(draft.roles) - before.over(draft.roles),
        year_to_date=after.over(draft.roles),
        rows=own,
        all_rows=after.rows(),
        before_rows=before_rows,
        sectors=after.sectors(),
        handler=after.handler(),
        excluded=excluded,
        demoted_keys=tally.demoted,
        newly_demoted=tally.demoted - before.tally.demoted,
        rows_without_identity=draft.rows_without_identity,
        content=draft.content,
        already_booked=change is None,
        histogram=after,
    )
    return projection, change


def _enter(desk: Desk, book: Yearbook, change: folding.Change, draft: Draft) -> None:
    folding.enter(desk.session, book, change)


def _committed_change(desk: Desk, book: Yearbook, digest: str, *, add: bool) -> tuple[Tally, Tally]:
    """Return what the content's surroundings count among committed contents, before and after it joins or leaves."""
    present = desk.contents(book.year, "committed")
    if add and digest in present:
        return Tally(), Tally()
    other = present - {digest}
    touched = desk.session.components_of_content(book.year, book.contents[digest].number)
    nodes, facts = folding.surroundings(desk.session, book.year, touched)
    without, _ = folding.tally_of(book, nodes, facts.of_contents(desk.numbers(book, other)))
    with_it, _ = folding.tally_of(book, nodes, facts.of_contents(desk.numbers(book, other | {digest})))
    return (without, with_it) if add else (with_it, without)


def _take_out(desk: Desk, found: Reservation, *, was_committed: bool) -> Yearbook:
    """Take a booking out of the tallies, and its content out of the year when no other booking holds it."""
    book = desk.year(found.year)
    still_committed = desk.contents(found.year, "committed", without=found.id)
    still_booked = desk.contents(found.year, *journal.BOOKED, without=found.id)
    if was_committed and found.content not in still_committed:
        before, after = _committed_change(desk, book, found.content, add=False)
        book.committed = book.committed - before + after
    if found.content not in still_booked:
        touched = desk.session.components_of_content(book.year, book.contents[found.content].number)
        nodes, facts = folding.surroundings(desk.session, book.year, touched)
        numbers = desk.numbers(book, still_booked)
        own = book.contents[found.content].number
        before, _ = folding.tally_of(book, nodes, facts.of_contents(numbers | {own}))
        after, _ = folding.tally_of(book, nodes, facts.of_contents(numbers))
        book.all = book.all - before + after
        folding.leave(desk.session, book, found.content)
    desk.save(book)
    return book


def _recount(desk: Desk) -> list[str]:
    """Count every open year again from its facts and compare."""
    found = []
    for year in sorted({b.year for b in desk.bookings.values()}):
        book = desk.year(year)
        if book.dropped:
            continue
        booked, committed = desk.contents(year, *journal.BOOKED), desk.contents(year, "committed")
        missing = booked - set(book.contents)
        if missing:
            found.append(f"{year}: {len(missing)} booked contents are missing")
        nodes, facts = desk.session.everything(year)
        for name, digests, stored in (("booked", booked, book.all), ("committed", committed, book.committed)):
            tally, _ = folding.tally_of(book, nodes, facts.of_contents(desk.numbers(book, digests)))
            if tally != stored:
                found.append(f"{year}: the {name} counts do not follow from the entries")
    return found


def _status(
    year: int, every: list[Reservation], committed: Histogram, whole: Histogram, entries: list[Entry]
) -> dict[str, Any]:
    rows, reserved = committed.rows(), whole.rows()
    counters = [
        {"sector": slot[0], "row": slot[1], **rows[slot].to_dict(), "with_reservations": reserved[slot].to_dict()}
        for slot in sorted(rows)
    ]
    waiting = [b for b in every if b.state in ("open", "held", "expired")]
    alerts = [
        {"kind": b.state, "booking": b.id, "export": b.export, "what": "commit or release it"}
        for b in waiting
        if b.state != "open"
    ]
    return {
        "schema": "exportgate.ledger/1",
        "year": year,
        "counters": counters,
        "handler": committed.handler().to_dict(),
        "handler_with_reservations": whole.handler().to_dict(),
        "reservations": [
            {
                "id": b.id,
                "export": b.export,
                "state": "open" if b.state == "held" else b.state,
                "held": b.state == "held",
                "expires": b.expires.isoformat() if b.expires else None,
                "new_persons": b.new_persons.to_dict(),
            }
            for b in waiting
        ],
        "quarantine": Histogram(Tally(), ()).handler().to_dict(),
        "demoted_keys": committed.tally.demoted,
        "alerts": alerts,
        "chain": {"entries": len(entries), "head": entries[-1].mac if entries else journal.GENESIS},
    }


__all__ = ["Book", "Decide", "LedgerError", "fingerprint"]
