"""The gate as one step of anybody's pipeline: check and reserve before the transfer, commit after it.

What the orchestrators' own faces (Airflow, Dagster) and plain scripts share. What comes back is small, JSON-safe and
made of counts and citations only, fit for an orchestrator's database.

::

    passed = step.run("members.parquet", "members.yaml")     # raises ExportStoppedError when it must not go
    ship()
    step.commit(passed["reservation"])                       # or step.release(..., why) when nothing left
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..scanner.errors import ExitCode, ExportgateError
from ..scanner.numbers import number_of

OUTCOMES = {ExitCode.MAY_GO: "may-go", ExitCode.MUST_NOT_GO: "must-not-go", ExitCode.REVIEW: "cannot-decide"}


class ExportStoppedError(ExportgateError):
    """The gate stopped an export: it must not go, or a person has to decide. `summary` says what was computed."""

    def __init__(self, summary: Mapping[str, Any]) -> None:
        super().__init__(sentence(summary))
        self.summary = dict(summary)
        self.exit_code = ExitCode(summary["exit_code"])


def run(
    data: Any,
    manifest: Any,
    *,
    config: Any = None,
    ledger: Any = None,
    as_of: date | str | None = None,
    reserve: bool = True,
    stop: bool = True,
) -> dict[str, Any]:
    """Check an export, reserve its headroom when it may go, and return the summary.

    Doing it again with the same data and manifest (a retry) finds the same reservation. With `stop` (default), an
    export that may not go raises ExportStoppedError; without, the summary's ``outcome`` tells. An error of a source,
    the ledger or a component is always raised: nothing may be concluded from it.
    """
    from . import api

    chosen = api.settings(config)
    book = ledger if hasattr(ledger, "project") else api.open_ledger(ledger, config=chosen)
    checked = api.check(data, manifest, config=chosen, ledger=book, as_of=day(as_of))
    if reserve and checked.may_go:
        checked = api.reserve(checked, book, hours=chosen.config.reservation_hours)
    found = summary(checked.to_dict())
    if reserve and checked.may_go and checked.reservation is None:
        found = taken(found)
    if stop and found["outcome"] != OUTCOMES[ExitCode.MAY_GO]:
        raise ExportStoppedError(found)
    return found


def commit(reservation: str, *, config: Any = None, ledger: Any = None, on: date | str | None = None) -> dict[str, Any]:
    """Book a reservation: the transfer happened on the day `on` (default today in China). Twice is once."""
    from . import api

    book = ledger if hasattr(ledger, "project") else api.open_ledger(ledger, config=api.settings(config))
    booked = book.commit(reservation, day(on) or api.today(), now=api.now())
    return {"reservation": booked.id, "state": "committed"}


def release(reservation: str, why: str, *, config: Any = None, ledger: Any = None) -> dict[str, Any]:
    """Give a reservation back: nothing left, and `why` says how that is known."""
    from . import api

    book = ledger if hasattr(ledger, "project") else api.open_ledger(ledger, config=api.settings(config))
    return {"reservation": book.release(reservation, why, now=api.now()).id, "state": "released"}


def summary(check: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an orchestrator should remember of an ``exportgate.check/1`` document: counts and citations."""
    verdict = check["verdict"]
    code = ExitCode(check["exit_code"])
    return {
        "export": check["export"]["id"],
        "as_of": check["as_of"],
        "outcome": OUTCOMES[code],
        "exit_code": int(code),
        "tier": verdict["tier"],
        "path": verdict["path"],
        "paths": list(verdict["paths"]),
        "persons": {name: check["counts"][name]["any"] for name in ("this_export", "new_persons", "year_to_date")},
        "headroom": verdict.get("headroom"),
        "reasons": [{"rule": reason["rule"], "article": reason["article"]} for reason in verdict["reasons"]],
        "blocking": [finding["issue"] for finding in check["consistency"] if finding["blocks"]],
        "reservation": check["reservation"],
    }


def taken(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return the summary of an export that passed, and whose headroom another one took before it was reserved."""
    stopped = ExitCode.MUST_NOT_GO
    return {**summary, "outcome": OUTCOMES[stopped], "exit_code": int(stopped), "taken": True}


def sentence(summary: Mapping[str, Any]) -> str:
    """Return the summary as one sentence for a log."""
    told = {
        "may-go": "may go",
        "must-not-go": "must not go",
        "cannot-decide": "cannot be decided: a person must review",
    }
    head = f"export {summary['export']} {told[summary['outcome']]}"
    if summary.get("taken"):
        return f"{head}: another export took the headroom while this one was checked"
    why = [f"blocked by {', '.join(dict.fromkeys(summary['blocking']))}"] if summary["blocking"] else []
    if summary["path"]:
        why.append(f"path {summary['path']}")
    articles = list(dict.fromkeys(reason["article"] for reason in summary["reasons"]))
    persons = summary["persons"]
    counted = f"{number_of(persons['year_to_date'], 'person')} year to date, {persons['new_persons']:,} new"
    return f"{head} ({'; '.join([*why, counted, *articles[:3]])})"


def day(given: date | str | None) -> date | None:
    """Return a day given as a date, as ISO text (an orchestrator's template), or not at all."""
    if isinstance(given, str):
        return date.fromisoformat(given[:10]) if given else None
    return given
