"""What the year would be with an export, and putting its content into the year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..counting_draft import Draft
from . import folding, journal, sealing
from .desk import Desk
from .model import FIGURES, Counts, Export, Projection, Slot
from .orders import suspensions
from .tally import Tally
from .yearbook import Content, Yearbook


def counts_body(rows: Mapping[Slot, Counts], handler: Counts) -> dict[str, Any]:
    """Return counts as the history keeps them."""
    counted = {f"{sector}/{row}": counts.to_dict() for (sector, row), counts in rows.items()}
    return {"counts": counted, "handler": handler.to_dict()}


def include(desk: Desk, book: Yearbook, draft: Draft, own: folding.Alone | None = None) -> folding.Change | None:
    """Count a draft into the year's `all`, in memory only; None when its content is booked already.

    A draft that meets nobody known counts in the year what it counts alone (`own`, when that is known already).
    """
    present = desk.contents(draft.year, *journal.BOOKED)
    if draft.content in present:
        return None
    change = folding.prepare(desk.session, book, draft, desk.keyring.storage, desk.register(book, len(draft.keys)))
    if len(change.known_facts.masks) or len(change.novel.masks) < len(change.facts.masks):
        old, new, apart = folding.effect(book, change, desk.numbers(book, present))
    else:
        own = own or folding.draft_alone(draft)
        old, new, apart = Tally(), own.tally_in(book, draft), Tally()
        change.lower = own.links.component if own.links else None
    if present == desk.contents(draft.year, "committed"):
        change.undone = _undone(book, present, old, new, apart)
    book.all = book.all - old + new
    book.contents[draft.content] = Content(change.number, folding.unlinked_of(book, draft), draft.excluded_bases)
    return change


def count_committed(desk: Desk, book: Yearbook, digest: str) -> list[dict[str, Any]]:
    """Count a booked content as committed, in memory only.

    Returns every figure by which the persons committed *before* became more: the content undid links between them.
    """
    present = desk.contents(book.year, "committed")
    if digest in present:
        return []
    whole = present | {digest} == desk.contents(book.year, *journal.BOOKED) | {digest}
    if whole and (not present or book.all.demoted <= book.committed.demoted):  # nobody before: nobody became more
        book.committed = book.all
        return []
    foretold = _foretold(desk, book.year, digest)
    if whole and foretold is not None:
        book.committed = book.all
        return foretold
    before, after, apart = committed_change(desk, book, digest, present)
    found = _undone(book, present, before, after, apart)
    book.committed = book.committed - before + after
    return found


def _undone(book: Yearbook, present: set[str], before: Tally, after: Tally, apart: Tally) -> list[dict[str, Any]]:
    """Return the figures by which those committed become more when `before` is linked as it is in `apart`."""
    if after.demoted <= before.demoted:
        return []
    old = book.committed
    told, seen = (book.histogram(tally, present).rows() for tally in (old, old - before + apart))
    return raised(told, seen)


def _foretold(desk: Desk, year: int, digest: str) -> list[dict[str, Any]] | None:
    """Return what the reservation of a content said of its commitment, if the year has not changed since."""
    for entry in reversed(desk.entries):
        if entry.kind == "reserved" and entry.body["content"] == digest and entry.body["year"] == year:
            found: list[dict[str, Any]] | None = entry.body.get("undone")
            return found
        if entry.kind != "held":
            return None
    return None


def committed_change(desk: Desk, book: Yearbook, digest: str, present: set[str]) -> tuple[Tally, Tally, Tally]:
    """Return what a content's surroundings count without and with it, among the contents `present`.

    The third tally counts the same facts as the first, linked as the second is.
    """
    touched = desk.session.components_of_content(book.year, book.contents[digest].number)
    nodes, facts = folding.surroundings(desk.session, book.year, touched)
    others = facts.of_contents(desk.numbers(book, present - {digest}))
    every = facts.of_contents(desk.numbers(book, present | {digest}))
    before, (after, links) = folding.tally_of(book, nodes, others)[0], folding.tally_of(book, nodes, every)
    if links is None or after.demoted <= before.demoted:
        return before, after, before
    apart = folding.counted_among(links, every, desk.numbers(book, present - {digest}))
    return before, after, apart


def raised(before: Mapping[Slot, Counts], after: Mapping[Slot, Counts]) -> list[dict[str, Any]]:
    """Return every figure that went up although nothing left: links were undone."""
    found = []
    for slot, counts in after.items():
        for name in FIGURES:
            old, new = getattr(before[slot].upper, name), getattr(counts.upper, name)
            if new > old:
                found.append({"sector": slot[0], "row": slot[1], "counter": name, "before": old, "after": new})
    return found


def project(
    desk: Desk, book: Yearbook, export: Export, draft: Draft, own: folding.Alone | None = None
) -> tuple[Projection, folding.Change | None]:
    """Return what the year would be, and the change to write; `book` is left as if it were written."""
    own = own or folding.draft_alone(draft)
    present = desk.contents(draft.year, *journal.BOOKED)
    before = book.histogram(book.all, present, export)
    before_rows, before_own = before.rows(), before.over(draft.roles)
    change = include(desk, book, draft, own)
    after = book.histogram(book.all, present | {draft.content}, export)
    projection = Projection(
        year=draft.year,
        this_export=own.year.histogram(own.tally, [draft.content], export).handler(),
        new_persons=after.over(draft.roles) - before_own,
        year_to_date=after.over(draft.roles),
        rows={slot: after.over([slot]) for slot in draft.roles},
        all_rows=after.rows(),
        before_rows=before_rows,
        sectors=after.sectors(),
        handler=after.handler(),
        excluded=own.excluded,
        demoted_keys=after.tally.demoted,
        newly_demoted=after.tally.demoted - before.tally.demoted,
        rows_without_identity=draft.rows_without_identity,
        content=draft.content,
        already_booked=change is None,
        orders=suspensions(desk.entries),
        columns_before=journal.columns_before(desk.entries, export.id),
        histogram=after,
    )
    return projection, change


def reservation_body(
    desk: Desk, book: Yearbook, export: Export, draft: Draft, projection: Projection
) -> dict[str, Any]:
    """Return what the history keeps of a reservation, besides its id and expiry."""
    return {
        "facts": sealing.of_draft(desk.keyring.seal, book, draft),
        "export": export.id,
        "content": draft.content,
        "year": draft.year,
        "transfer_on": export.transfer_on.isoformat(),
        "mode": export.mode,
        "grant_ends": export.grant_ends.isoformat() if export.grant_ends else None,
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
        "raised_by_demotion": _raised(projection),
        **counts_body(projection.all_rows, projection.handler),
    }


def _raised(projection: Projection) -> int:
    """Return by how many persons the year grows beyond what the export itself holds: links that were undone."""
    return max(0, projection.new_persons.upper.any - projection.this_export.upper.any)
