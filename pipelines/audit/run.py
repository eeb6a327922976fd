"""One run: plan, read side by side, book in the order of the listing, remember; and the assignment of quarantine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ...scanner.errors import UsageError
from .booking import book_all, forget, move
from .document import document_of
from .lock import alone
from .plan import RUN, Planned, Task, plan
from .reading import Budget, Examined, Office, examine, load_judges, weight

if TYPE_CHECKING:
    from ...scanner.ledger import Book
    from ..config import Settings as Config
    from .settings import Settings

AT_ONCE, SECONDS_AT_ONCE, IDENTIFIERS_AT_ONCE = 50, 15.0, 1 << 19
"""Objects booked in one transaction at most, the longest one waits to be booked, and identifiers that wait."""
Progress = Callable[[int, int], None]


def run(
    settings: Settings,
    config: Config,
    book: Book,
    as_of: date,
    clock: Callable[[], datetime],
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Audit once, and return ``exportgate.audit/1``. A run that was interrupted goes on as the same run.

    UsageError for an audit file that cannot be meant, LedgerError when another audit of this ledger is running; a
    source or an object that fails is part of the result.
    """
    with alone(book):
        memory = book.audited()
        planned = plan(settings, config, memory)
        last = memory.get(RUN, {})
        resumed = bool(last.get("open"))
        number = int(last.get("number", 0)) + (0 if resumed else 1)
        started = str(last["started"]) if resumed else clock().isoformat(timespec="seconds")
        begun = {**last, "number": number, "open": True, "started": started}
        book.remember(*RUN, begun)
        office = Office(config, book, as_of, settings.audit.limits, _catch_all(settings, config, planned))
        _note_ignored(planned, book, number)
        if planned.gone:
            forget(planned.gone, memory, book, number, clock())
        begun |= _work(planned, office, number, clock, progress)
        finished = clock().isoformat(timespec="seconds")
        document = document_of(
            settings, config, book, planned, number, as_of, resumed=resumed, times=(started, finished)
        )
        book.remember(*RUN, {**begun, "open": False, "finished": finished})
        return document


def _work(
    planned: Planned, office: Office, number: int, clock: Callable[[], datetime], progress: Progress | None
) -> dict[str, Any]:
    """Read and book everything the plan reads; returns the measured speed."""
    from ...scanner.ledger import Registers

    reads = [task for task in planned.tasks if task.reads]
    registers = Registers()
    started, waiting, done, size = time.monotonic(), [], 0, 0
    since = started
    for examined in _read(reads, office):
        waiting.append(examined)
        done, size = done + 1, size + (examined.task.listed.size or 0)
        if progress:
            progress(done, len(reads))
        heavy = sum(map(weight, waiting)) > IDENTIFIERS_AT_ONCE
        if heavy or len(waiting) >= AT_ONCE or time.monotonic() - since > SECONDS_AT_ONCE:
            book_all(waiting, office.book, number, clock(), registers)
            waiting, since = [], time.monotonic()
    if waiting:
        book_all(waiting, office.book, number, clock(), registers)
    seconds = time.monotonic() - started
    return {"bytes_per_second": round(size / seconds)} if size and seconds > 1 else {}


def _read(tasks: Sequence[Task], office: Office) -> Iterator[Examined]:
    """Yield the tasks in their order, read side by side within the memory there is."""
    if not tasks:
        return
    from ...scanner import allocator  # brings Arrow, which a plan does without

    with allocator.several_at_once():
        load_judges(office)
        yield from _side_by_side(tasks, office)


def _side_by_side(tasks: Sequence[Task], office: Office) -> Iterator[Examined]:
    budget = Budget(office.limits.memory << 20)
    readers = office.limits.readers
    with ThreadPoolExecutor(readers, "audit") as pool:
        running: list[Future[Examined]] = []
        try:
            for task in tasks:
                if len(running) > readers:
                    yield running.pop(0).result()
                need = budget.need(task.listed.size)
                budget.take(need)
                running.append(pool.submit(_reading, task, office, budget, need))
            while running:
                yield running.pop(0).result()
        finally:
            for future in running:
                future.cancel()


def _reading(task: Task, office: Office, budget: Budget, need: int) -> Examined:
    try:
        return examine(task, office)
    finally:
        budget.give(need)


def _note_ignored(planned: Planned, book: Book, number: int) -> None:
    """Remember what a rule says is no export, so that a rule that goes shows it again."""
    fresh = [t for t in planned.tasks if t.why == "ignored" and (t.before or {}).get("status") != "ignored"]
    if not fresh:
        return
    with book.together():
        for task in fresh:
            body = {"status": "ignored", "identity": task.listed.identity, "run": number, "fingerprint": ""}
            book.remember(task.listed.source, task.listed.path, {**(task.before or {}), **body, "exit_code": 0})


def _catch_all(settings: Settings, config: Config, planned: Planned) -> tuple[str, str] | None:
    """Return sector and threshold row of the catch-all in which undeclared persons count; None when there are none."""
    if all(task.declaration is not None for task in planned.tasks):
        return None
    from ... import field_maps

    sector = field_maps.load(config.list).sector(settings.catch_all_sector())
    return sector.id, sector.catch_all or sector.rows[0].id


def assign(
    settings: Settings,
    config: Config,
    book: Book,
    patterns: Sequence[str],
    manifest: Mapping[str, Any],
    clock: Callable[[], datetime],
    as_of: date,
) -> list[dict[str, Any]]:
    """Give what is in quarantine its manifest, and move its persons there; returns a line for each object.

    `patterns` are over ``source/path``. An object that is still as it was is read again under the manifest; what is
    gone or was replaced moves as it was counted. UsageError when nothing in quarantine matches.
    """
    from .patterns import filled, pattern

    with alone(book):
        memory = book.audited()
        chosen = [
            key
            for key, body in sorted(memory.items())
            if body.get("undeclared_bookings") and any(pattern(text).matches("/".join(key)) for text in patterns)
        ]
        if not chosen:
            raise UsageError(
                "nothing in quarantine matches", where=", ".join(patterns), hint="exportgate audit AUDIT.yaml lists it"
            )
        for source, path in chosen:
            stem = path.rpartition("/")[2].partition(".")[0] or path
            document = filled(dict(manifest), {"source": source, "path": path, "stem": stem}, "manifest")
            book.remember(source, path, {**memory[source, path], "assigned": document})
        planned = plan(settings, config, book.audited())
        here = {(task.listed.source, task.listed.path): task for task in planned.tasks}
        office = Office(config, book, as_of, settings.audit.limits, _catch_all(settings, config, planned))
        number = int(memory.get(RUN, {}).get("number", 0))
        still = [here[key] for key in chosen if key in here and here[key].reads]
        if still:
            book_all([examine(task, office) for task in still], book, number, clock())
        for key in chosen:
            if key not in here:
                _move_gone(key, office, number, clock())
        after = book.audited()
        return [{"source": source, "path": path, **after[source, path]} for source, path in chosen]


def _move_gone(key: tuple[str, str], office: Office, number: int, now: datetime) -> None:
    """Move the persons of an object that is no longer there."""
    from ... import field_maps
    from ...scanner.ledger import Export
    from ...scanner.manifest import Manifest

    book, body = office.book, dict(office.book.audited()[key])
    manifest = Manifest.from_dict(body["assigned"])
    said = manifest.export
    row = field_maps.load(office.config.list).row_for(said.sector, said.scenario).id
    with book.together():
        moved = []
        for name in body["undeclared_bookings"]:
            if book.booking(name).state == "committed":
                export = Export(
                    id=said.id,
                    transfer_on=book.booking(name).transfer_on or office.as_of,
                    mode=said.mode,
                    recipient=said.recipient.name,
                    country=said.recipient.country,
                    rules=office.config.list,
                    persons_with_both=office.config.config.counting.persons_with_both,
                    unlinked=office.config.config.counting.unlinked,
                    evidence={"object": {"source": key[0], "path": key[1]}, "moved": "as it was counted"},
                )
                moved.append(move(name, export, (said.sector, row), book, now))
        body.pop("undeclared_bookings")
        line = {"export": said.id, "sector": said.sector, "row": row, "run": number, "exit_code": 0}
        book.remember(*key, {**body, **line, "bookings": [*body.get("bookings", []), *moved]})
