"""Reading one object: open, scan, count its persons; again when a fault passes. Touches no ledger."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ...scanner.errors import ComponentError, ExportgateError, UnavailableError, UsageError
from .plan import Task

if TYPE_CHECKING:
    from ...scanner.examination import Examination
    from ...scanner.ledger import Book
    from ..config import Settings as Config
    from .settings import Limits

OVERHEAD_BYTES = 64 << 20
"""What reading any object takes, however small it is."""

KEPT_BYTES = 24 << 20
"""What may stay in memory of an object's columns between judging them and counting persons."""


@dataclass(frozen=True)
class Office:
    """What every object is judged by."""

    config: Config
    book: Book
    as_of: date
    limits: Limits
    catch_all: tuple[str, str] | None


@dataclass(frozen=True)
class Examined:
    """An object that was read, ready to be booked, or the reason why it could not be."""

    task: Task
    on: date
    mark: str = ""
    examination: Examination | None = field(default=None, repr=False)
    error: ExportgateError | None = None
    attempts: int = 1
    seconds: float = 0.0


def weight(examined: Examined) -> int:
    """Return how many identifiers an object that was read keeps in memory until it is booked."""
    drafts = examined.examination.drafts if examined.examination else []
    return sum(len(draft.keys) for _, draft in drafts)


class Budget:
    """Memory that objects being read share; an object larger than all of it is read alone."""

    def __init__(self, total: int) -> None:
        self._total, self._free = total, total
        self._changed = threading.Condition()

    def need(self, size: int | None) -> int:
        """Return what an object of a size is taken to need."""
        return min(self._total, OVERHEAD_BYTES + (OVERHEAD_BYTES if size is None else size))

    def take(self, need: int) -> None:
        """Wait until so much is free."""
        with self._changed:
            self._changed.wait_for(lambda: self._free >= need)
            self._free -= need

    def give(self, need: int) -> None:
        """Give it back."""
        with self._changed:
            self._free += need
            self._changed.notify_all()


def load_judges(office: Office) -> None:
    """Load once what judges every column: readers that start together would each load it for themselves."""
    import pyarrow as pa

    from ... import field_maps
    from ...recognizers.cells_arrow import of_strings
    from ...scanner import scanning, sources

    one = pa.RecordBatch.from_arrays([of_strings(["备注".encode()])], names=["note"])
    scanning.scan(sources.open_source(one), scanning.Lens(field_maps.load(office.config.list)), persons=False)


def examine(task: Task, office: Office) -> Examined:
    """Read one object, trying again while its fault may pass; an error is a result, not an exception."""
    started = time.monotonic()
    on = office.as_of
    for attempt in range(1, office.limits.retries + 2):
        try:
            on = _day(task, office)
            examination, mark = _examined(task, office, on)
            return Examined(task, on, mark, examination, None, attempt, time.monotonic() - started)
        except UnavailableError as error:
            if attempt > office.limits.retries:
                return Examined(task, on, error=error, attempts=attempt)
            # spread out, so that readers who were refused together do not come back together
            time.sleep(office.limits.backoff * 2 ** (attempt - 1) * (0.5 + random.random() / 2))  # noqa: S311
        except ExportgateError as error:
            return Examined(task, on, error=error, attempts=attempt)
        except Exception as error:  # one object must not end the audit, and its message may quote a cell
            failed = ComponentError(f"unexpected {type(error).__name__}", where=task.listed.path)
            return Examined(task, on, error=failed, attempts=attempt)
    raise AssertionError


def _examined(task: Task, office: Office, on: date) -> tuple[Examination, str]:
    from ...scanner import gate, planning
    from ...scanner.manifest import Manifest
    from .. import api

    document, where = manifest_of(task, office)
    manifest = Manifest.from_dict(document, where=where)
    mark = str((task.before or {}).get("mark", "")) if task.why != "judged-anew" else ""
    dataset, reached = task.listed.open(mark)
    dataset.keep(KEPT_BYTES)
    dataset.label = f"{task.listed.source}: {task.listed.path}"
    crosswalk = None
    if manifest.crosswalk is not None:
        crosswalk = api.open_source(manifest.crosswalk.source, name=planning.CROSSWALK)
    rules = api.rules_for(office.config, where, manifest)
    examination = gate.examine([dataset], manifest, rules, office.book, on, crosswalk=crosswalk)
    if task.declaration is not None or is_personal(examination):
        examination.read()
    # judging needs what was read, not the source: fetched objects must not wait in memory until they are booked
    return examination.closed(), reached


def manifest_of(task: Task, office: Office) -> tuple[Mapping[str, Any], str]:
    """Return the manifest of an object, or that of an undeclared export: the catch-all of its sector."""
    if task.declaration is not None:
        return task.declaration.document, task.declaration.where
    assert office.catch_all is not None
    sector, row = office.catch_all
    name = f"undeclared: {task.listed.source}/{task.listed.path}"
    return {"export": {"id": name[:200], "sector": sector, "scenario": row}}, name


def is_personal(examination: Examination) -> bool:
    """Whether anything personal was found in an object."""
    return any(column.is_personal for scan in examination.judged for column in scan.columns)


def _day(task: Task, office: Office) -> date:
    """Return the day an object left: what its rule says, else the day it was last changed, in China."""
    from ..api import ZONE

    said = task.declaration.day if task.declaration else None
    if said:
        try:
            return date.fromisoformat(said[:10])
        except ValueError:
            raise UsageError(
                "the date of its rule is no date", where=task.listed.path, hint="write it as YYYY-MM-DD"
            ) from None
    moment = task.listed.changed
    return min(office.as_of, moment.astimezone(ZONE).date()) if moment else office.as_of
