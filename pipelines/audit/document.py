"""``exportgate.audit/1``: what a run found, per source, in counts and names of columns; never a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ...scanner.errors import ExitCode
from .listing import shown
from .plan import RUN, Planned

if TYPE_CHECKING:
    from ...scanner.ledger import Book
    from ..config import Settings as Config
    from .settings import Settings

SHOWN = (
    "what", "status", "bytes", "rows", "export", "version", "booking", "on", "sector", "row", "mode", "persons",
    "new_persons", "tier", "path_required", "allowed", "undecided", "articles", "blocking", "warnings", "notes",
    "columns", "columns_in_all", "assigned_from", "attempts", "exit_code",
)  # fmt: skip


def document_of(
    settings: Settings,
    config: Config,
    book: Book,
    planned: Planned,
    number: int,
    as_of: date,
    *,
    resumed: bool,
    times: tuple[str, str],
) -> dict[str, Any]:
    """Return the document of run `number` from what the ledger remembers of it."""
    from .. import verdicts

    memory = book.audited()
    lines = {key: body for key, body in sorted(memory.items()) if key != RUN}
    this = {key: body for key, body in lines.items() if body.get("run") == number}
    failures = [{"source": name, "path": "", **_told(error)} for name, error in planned.failures]
    failures += [
        {"source": source, "path": path, **body["failure"], "attempts": body.get("attempts", 1)}
        for (source, path), body in this.items()
        if body["status"] == "failed"
    ]
    standing = [(key, body) for key, body in lines.items() if body.get("undeclared_bookings")]
    codes = [ExitCode(int(body.get("exit_code", 0))) for body in this.values()]
    codes += [error.exit_code for _, error in planned.failures] + ([ExitCode.REVIEW] if standing else [])
    ledger = verdicts.status(book, config, as_of.year, as_of)
    return {
        "schema": "exportgate.audit/1",
        "run": number,
        "resumed": resumed,
        "as_of": as_of.isoformat(),
        "started": times[0],
        "finished": times[1],
        "exit_code": int(ExitCode.worst(codes)),
        "sources": [_source(spec, planned, this) for spec in settings.audit.sources],
        "objects": [_object(key, body) for key, body in this.items() if body["status"] != "ignored"],
        "undeclared": [_undeclared(key, body) for key, body in standing],
        "failures": failures,
        "drift": [
            {"source": source, "path": path, **change}
            for (source, path), body in this.items()
            for change in body.get("drift", ())
        ],
        "ledger": {name: ledger[name] for name in ("year", "counters", "handler", "quarantine", "alerts", "chain")},
    }


def _source(spec: Any, planned: Planned, this: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, Any]:
    tasks = [task for task in planned.tasks if task.listed.source == spec.name]
    read = [body for (source, _), body in this.items() if source == spec.name and body["status"] != "ignored"]
    said = Counter(body["what"] for body in read)
    return {
        **shown(spec),
        "listed": len(tasks),
        "unchanged": len(tasks) - sum(1 for t in tasks if (t.listed.source, t.listed.path) in this),
        "new": said["new"],
        "changed": said["changed"],
        "recounted": said["recounted"],
        "judged_anew": said["judged-anew"],
        "retried": said["retried"],
        "deleted": said["deleted"],
        "ignored": sum(task.why == "ignored" for task in tasks),
        "failed": sum(body["status"] == "failed" for body in read),
        "bytes_listed": sum(task.listed.size or 0 for task in tasks),
        "bytes_read": sum(body.get("bytes") or 0 for body in read if body["status"] not in ("deleted", "failed")),
    }


def _object(key: tuple[str, str], body: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: body[name] for name in SHOWN if name in body and body[name] is not None}
    if body["status"] == "failed":
        found = {name: found[name] for name in ("what", "status", "bytes", "attempts", "exit_code") if name in found}
        found["failure"] = body["failure"]
    return {"source": key[0], "path": key[1], **found}


def _undeclared(key: tuple[str, str], body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "source": key[0],
        "path": key[1],
        "bookings": list(body["undeclared_bookings"]),
        "sector": body.get("sector", ""),
        "row": body.get("row", ""),
        "persons": body.get("persons", {}),
        "columns": [column["name"] for column in body.get("columns", ())],
        "kinds": list(dict.fromkeys(column["kind"] for column in body.get("columns", ()))),
    }


def _told(error: Any) -> dict[str, Any]:
    return {"what": error.what, "where": error.where, "hint": error.hint, "attempts": 1}
