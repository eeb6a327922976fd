"""Booking what was read: many objects in one transaction, each with the line that remembers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from ...scanner.check import Check
from ...scanner.errors import ExitCode, ExportgateError, LedgerError
from ...scanner.ledger import Book, Export, Registers
from .drift import drift_of
from .plan import Task
from .reading import Examined, is_personal

FEW = 100
"""More columns than these are counted, not listed, in what is remembered of an object."""


def book_all(
    found: Sequence[Examined], book: Book, run: int, now: datetime, registers: Registers | None = None
) -> list[tuple[Task, dict[str, Any]]]:
    """Book objects and remember them, all or none; returns what is remembered of each.

    A run that books many times passes the same `registers` each time.
    """
    lines = []
    with book.together(registers):
        for one in found:
            body = {**_booked(one, book, now), "run": run}  # not the run it was remembered in before
            book.remember(one.task.listed.source, one.task.listed.path, body)
            lines.append((one.task, body))
    return lines


def _booked(one: Examined, book: Book, now: datetime) -> dict[str, Any]:
    task, before = one.task, dict(one.task.before or {})
    kept: dict[str, Any] = {
        key: before[key] for key in ("assigned", "bookings", "undeclared_bookings") if key in before
    }
    basis: dict[str, Any] = {
        **kept,
        "identity": task.listed.identity,
        "fingerprint": task.fingerprint,
        "what": task.why,
        "bytes": task.listed.size,
        "on": one.on.isoformat(),
        "attempts": one.attempts,
        "mark": one.mark,
    }
    if one.error is not None or one.examination is None:
        return {**before, **basis, **failure(one.error), "mark": before.get("mark", "")}
    undeclared = task.declaration is None
    if undeclared and not is_personal(one.examination):
        return {**basis, **_nothing_personal(one)}
    try:
        checked = _judged(one)
        placed = _commit(one, checked, book, now, undeclared=undeclared)
    except LedgerError:
        raise
    except ExportgateError as error:
        return {**before, **basis, **failure(error), "mark": before.get("mark", "")}
    moved = [] if undeclared else _assign(one, checked, placed.id, book, now)
    bookings = [*dict.fromkeys([*kept.get("bookings", []), *moved, placed.id])]
    body = {**basis, **_line(one, checked), "bookings": bookings, "booking": placed.id, "version": placed.version}
    body["status"] = "undeclared" if undeclared else "booked"
    body["exit_code"] = int(ExitCode.worst([checked.exit_code, ExitCode.REVIEW]) if undeclared else checked.exit_code)
    body["drift"] = drift_of(before, body)
    if undeclared:
        waiting = {**kept.get("undeclared_bookings", {}), placed.id: task.listed.identity}
        body["undeclared_bookings"] = waiting
    elif body.pop("undeclared_bookings", None):
        body["assigned_from"] = list(kept["undeclared_bookings"])
    return body


def _judged(one: Examined) -> Check:
    from ...scanner import gate

    assert one.examination is not None
    return gate.conclude(one.examination)


def _commit(one: Examined, checked: Check, book: Book, now: datetime, *, undeclared: bool) -> Any:
    """Book a transfer that has happened: a fact, never refused."""
    assert checked.booking is not None and checked.draft is not None
    listed = one.task.listed
    evidence = {**checked.booking.evidence, "object": {"source": listed.source, "path": listed.path}}
    export = replace(checked.booking, evidence={**evidence, "undeclared": True} if undeclared else evidence)
    placed = book.reserve(export, checked.draft, one.on, now + timedelta(hours=1), now=now)
    return book.commit(placed.id, one.on, now=now) if placed.state != "committed" else placed


def _assign(one: Examined, checked: Check, to: str, book: Book, now: datetime) -> list[str]:
    """Move what was in quarantine to the manifest it has now; returns the bookings of earlier versions.

    What was just read takes the place of the booking of the same version. Earlier versions left, too, and cannot be
    read any more: their persons move as they were counted.
    """
    waiting = dict((one.task.before or {}).get("undeclared_bookings", {}))
    moved = []
    for name, identity in waiting.items():
        if book.booking(name).state != "committed":
            continue
        if identity == one.task.listed.identity and identity:
            book.assign(name, to, "its manifest was declared", now=now)
        else:
            assert checked.booking is not None and one.examination is not None
            slot = (str(checked.export["sector"]), one.examination.row)
            moved.append(move(name, checked.booking, slot, book, now))
    return moved


def move(name: str, export: Export, slot: tuple[str, str], book: Book, now: datetime) -> str:
    """Move one booking out of quarantine as it was counted, and return the booking that counts it now."""
    on = book.booking(name).transfer_on or export.transfer_on
    draft = book.redraft(name, slot)
    placed = book.reserve(replace(export, transfer_on=on), draft, on, now + timedelta(hours=1), now=now)
    book.commit(placed.id, on, now=now)
    book.assign(name, placed.id, "its manifest was declared", now=now)
    return placed.id


def failure(error: ExportgateError | None) -> dict[str, Any]:
    """Return what is remembered of an object that could not be read or booked."""
    assert error is not None
    return {
        "status": "failed",
        "failure": {"what": error.what, "where": error.where, "hint": error.hint},
        "exit_code": int(error.exit_code),
        "drift": [],
    }


def _columns(one: Examined) -> dict[str, Any]:
    assert one.examination is not None
    scans = one.examination.judged
    return {
        "rows": sum(scan.rows for scan in scans),
        "columns": [
            {"name": column.name, "kind": column.kind, "pi": column.pi, "undecided": column.undecided}
            for scan in scans
            for column in scan.columns
            if column.is_personal or column.undecided
        ],
        "columns_in_all": sum(len(scan.columns) for scan in scans),
        "notes": [note for scan in scans for note in scan.warnings][:FEW],
    }


def _nothing_personal(one: Examined) -> dict[str, Any]:
    found = _columns(one)
    undecided = any(column["undecided"] for column in found["columns"])
    body = {**found, "status": "nothing-personal", "exit_code": int(ExitCode.REVIEW if undecided else ExitCode.MAY_GO)}
    return {**body, "drift": drift_of(one.task.before or {}, body)}


def _line(one: Examined, checked: Check) -> dict[str, Any]:
    export, verdict, projection = checked.export, checked.verdict.to_dict(), checked.projection
    return {
        **_columns(one),
        "export": str(export["id"]),
        "sector": str(export["sector"]),
        "row": one.examination.row if one.examination else "",
        "mode": str(export.get("mode", "transfer")),
        "persons": projection.this_export.to_dict(),
        "new_persons": projection.new_persons.to_dict(),
        "tier": verdict["tier"],
        "path_required": verdict["path"],
        "allowed": verdict["allowed"],
        "undecided": verdict["undecided"],
        "articles": list(dict.fromkeys(str(reason["article"]) for reason in verdict["reasons"]))[:5],
        "blocking": [entry.message for entry in checked.consistency if entry.blocks],
        "warnings": list(checked.warnings)[:FEW],
    }


def forget(gone: Sequence[tuple[str, str]], memory: Mapping[Any, Any], book: Book, run: int, now: datetime) -> None:
    """Remember that objects are gone; what left has left. A remote access to something that is gone has ended."""
    from ..api import ZONE

    today: date = now.astimezone(ZONE).date()
    alive = {
        body.get("export")
        for key, body in memory.items()
        if key not in set(gone) and body.get("status") in ("booked", "undeclared")
    }
    with book.together():
        for source, path in gone:
            body = dict(memory[source, path])
            if body.get("mode") == "remote-access" and body["export"] not in alive:
                book.end_grant(body["export"], today, "what it gave access to was deleted", now=now)
            book.remember(source, path, {**body, "status": "deleted", "what": "deleted", "run": run, "exit_code": 0})
