"""What if: counts that somebody types, judged by the rules that judge exports. Books nothing, keeps nothing."""

from __future__ import annotations

import re
from typing import Any

from ....scanner.errors import ExportgateError
from ..page import Page, number
from .overview import CounterLine, counter_line

SETS = ("non_sensitive", "sensitive", "any")
LARGEST = 10**10


def view(page: Page) -> dict[str, Any]:
    """Return what ``what_if.html.j2`` shows: the form as asked, the verdict when there are counts, or what is wrong."""
    rows = [(sector, row) for sector, row in page.year.edition.rows]
    chosen = page.asked.get("row", "") or _first(page)
    sector, _, row = chosen.partition("/")
    known = (sector, row) in {(s.id, r.id) for s, r in rows}
    form = {name: page.asked.get(name, "").strip() for name in (*SETS, "filed", "ciio", "row")}
    shown: dict[str, Any] = {
        "form": {**form, "row": chosen},
        "groups": _groups(page, rows),
        "standing": _standing(page, sector, row),
        "verdict": None,
        "lines": [],
        "wrong": "",
    }
    if not any(form[name] for name in SETS):
        return shown
    if not known:
        return {**shown, "wrong": page.t("what_if.unknown_row")}
    try:
        counts = _counts(page, form)
        facts = _facts(page, sector, row, counts, form)
        shown["verdict"] = page.verdict(_judge(page, facts))
        shown["lines"] = _lines(page, sector, row, counts)
        shown["counts"] = {name: number(value) for name, value in counts.items()}
    except _MistakeError as mistake:
        shown["wrong"] = str(mistake)
    except ExportgateError as error:
        shown["wrong"] = error.what
    return shown


class _MistakeError(ValueError):
    """What was typed is no count."""


def _first(page: Page) -> str:
    counters = page.year.counters
    if counters:
        return f"{counters[0]['sector']}/{counters[0]['row']}"
    sector, row = page.year.edition.rows[0]
    return f"{sector.id}/{row.id}"


def _groups(page: Page, rows: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for sector, row in rows:
        groups.setdefault(page.sector(sector.id), []).append((f"{sector.id}/{row.id}", page.row(sector.id, row.id)))
    return list(groups.items())


def _standing(page: Page, sector: str, row: str) -> dict[str, int] | None:
    """Return what the year counts under the row today."""
    found = next((c for c in page.year.counters if (c["sector"], c["row"]) == (sector, row)), None)
    return {name: found[name] for name in SETS} if found else None


def _counts(page: Page, form: dict[str, str]) -> dict[str, int]:
    """Read the three counts; without a total, nobody is taken to be in both sets."""
    typed = {name: _count(page, form[name]) for name in SETS}
    non_sensitive, sensitive = typed["non_sensitive"] or 0, typed["sensitive"] or 0
    together = typed["any"] if typed["any"] is not None else non_sensitive + sensitive
    if typed["any"] is not None and typed["non_sensitive"] is None and typed["sensitive"] is None:
        non_sensitive = together
    if not max(non_sensitive, sensitive) <= together <= non_sensitive + sensitive:
        raise _MistakeError(page.t("what_if.impossible"))
    return {"non_sensitive": non_sensitive, "sensitive": sensitive, "any": together}


def _count(page: Page, text: str) -> int | None:
    plain = re.sub(r"[,_\s，]", "", text)
    if not plain:
        return None
    if not re.fullmatch(r"[0-9]{1,11}", plain) or int(plain) > LARGEST:
        raise _MistakeError(page.t("what_if.no_count", text=text[:24]))
    return int(plain)


def _facts(page: Page, sector: str, row: str, counts: dict[str, int], form: dict[str, str]) -> dict[str, Any]:
    config, day = page.year.settings.config, page.year.day
    handler = config.handler.model_dump(include={"ftz_area", "exports_from_ftz", "ciio"}, exclude_none=True)
    facts: dict[str, Any] = {
        "list": page.year.settings.list,
        "as_of": day.isoformat(),
        "handler": {**handler, "ciio": form["ciio"] == "yes"},
        "sector": sector,
        "scenario": row,
        "counts": counts,
        "handler_counts": _handler(page, sector, row, counts),
    }
    if form["filed"] == "yes":
        facts["filing"] = {"opinion": "off-list", "opinion_date": day.isoformat(), "status": "valid"}
    return facts


def _handler(page: Page, sector: str, row: str, counts: dict[str, int]) -> dict[str, int]:
    """Return the handler's year with the typed row in place of today's."""
    year = page.year.status.get("handler") or {}
    today = _standing(page, sector, row) or dict.fromkeys(SETS, 0)
    whole = {name: max(counts[name], int(year.get(name, 0)) + counts[name] - today[name]) for name in SETS}
    whole["any"] = min(
        max(whole["any"], whole["non_sensitive"], whole["sensitive"]), whole["non_sensitive"] + whole["sensitive"]
    )
    accounts = int(year.get("sensitive_with_accounts_or_diagnosis", 0))
    return {**whole, "sensitive_with_accounts_or_diagnosis": min(accounts, whole["sensitive"])}


def _judge(page: Page, facts: dict[str, Any]) -> dict[str, Any]:
    from ....scanner import tiers

    verdict: dict[str, Any] = tiers.evaluate(tiers.Facts.from_dict(facts), page.year.settings.config.answers).to_dict()
    return verdict


def _lines(page: Page, sector: str, row: str, counts: dict[str, int]) -> list[CounterLine]:
    counter = {**counts, "lower": counts, "upper": counts}
    return [
        counter_line(page, counter, name, page.law.lines(sector, row, name, ()), None)
        for name in page.law.counters(sector, row, ())
    ]
