"""What the page shows of a check: the verdict first, then the year, then everything they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..messages import Texts
from .bars import bars_of
from .law import Law, law_of
from .view import Fact, View
from .view_scan import scan_view, unknown_lines
from .view_verdict import paragraph, reasons, review, route, tier_key, tone_of, why_notes


def view(document: Mapping[str, Any], at: int, texts: Texts) -> View:
    """Return the view of an ``exportgate.check/1`` document."""
    export, verdict, scans = document["export"], document["verdict"], document["scans"]
    law = law_of(_list_id(scans, verdict), _day(document), texts)
    tone = tone_of(verdict, blocked=any(entry.get("blocks") for entry in document.get("consistency", ())))
    listed, national = bars_of(document, law)
    tier = texts("tier." + tier_key(verdict))
    return View(
        anchor=f"e{at}",
        name=str(export.get("id", "")),
        tone=tone,
        verdict=texts("verdict." + tone),
        tier=tier,
        tier_note=route(verdict, law),
        sentence=paragraph(verdict, texts),
        facts=_headline(document, law),
        about=_about(document, law),
        scans=[scan_view(scan, law) for scan in scans],
        reasons=reasons(verdict, law),
        why_notes=why_notes(verdict, law),
        bars=listed,
        national=national,
        persons=_persons(document, law),
        excluded=list(document.get("excluded", ())),
        consistency=list(document.get("consistency", ())),
        review=review(verdict, law),
        duties=[law.duty(str(duty)) for duty in verdict.get("duties", ())],
        unknown=unknown_lines(scans, [*document.get("warnings", ()), *verdict.get("warnings", ())], law),
        foot=_foot(document, texts),
    )


def _headline(document: Mapping[str, Any], law: Law) -> list[Fact]:
    counts, verdict, texts = document["counts"], document["verdict"], law.texts
    headroom = verdict.get("headroom") or {}
    facts = [
        Fact(_signed(counts["new_persons"]["any"]), texts("facts.new", count=counts["new_persons"]["any"])),
        Fact(f"{counts['year_to_date']['any']:,}", texts("facts.year", count=counts["year_to_date"]["any"])),
    ]
    if headroom.get("persons") is not None and headroom.get("next_tier") is not None:
        tier = texts("tier." + str(headroom["next_tier"]))
        counter = texts.word("counted", str(headroom.get("counter")))
        facts.append(Fact(f"{headroom['persons']:,}", texts("facts.headroom", tier=tier, counter=counter)))
    return facts


def _about(document: Mapping[str, Any], law: Law) -> list[Fact]:
    export, texts = document["export"], law.texts
    recipient = export.get("recipient") or {}
    where = ", ".join(str(recipient[key]) for key in ("name", "country") if recipient.get(key))
    scenario = law.scenario_name(str(export.get("sector", "")), str(export.get("scenario", "")))
    given = [
        (where, "facts.recipient"),
        (str(export.get("purpose", "")), "facts.purpose"),
        (texts.word("mode", str(export.get("mode", ""))), "facts.mode"),
        (" · ".join(part for part in (law.title, scenario) if part), "facts.list"),
    ]
    return [Fact(value, texts(label)) for value, label in given if value]


def _persons(document: Mapping[str, Any], law: Law) -> list[str]:
    counts, texts = document["counts"], law.texts
    year = counts["year_to_date"]
    used = {"lower": year["lower"]["any"], "upper": year["upper"]["any"]}
    lines = []
    for source, columns in (document.get("identity") or {}).items():
        if not columns:
            continue
        kinds = ", ".join(f"{texts.word('kinds', kind)} ({column})" for kind, column in columns.items())
        lines.append(f"{source}: {texts('persons.identity')} {kinds}")
    if used["lower"] == used["upper"]:
        lines.append(texts("persons.exact", upper=f"{used['upper']:,}"))
    else:
        written = {name: f"{value:,}" for name, value in used.items()}
        lines.append(texts("persons.bounds", **written, used=f"{year['any']:,}"))
    for key, label in (("unlinked_rows", "rows"), ("demoted_keys", "keys")):
        if counts.get(key):
            lines.append(
                texts(f"persons.{'unlinked' if label == 'rows' else 'demoted'}", **{label: f"{counts[key]:,}"})
            )
    return lines


def _foot(document: Mapping[str, Any], texts: Texts) -> list[str]:
    lines = []
    results = (document.get("expectations") or {}).get("results") or ()
    if results:
        passed = sum(bool(result.get("success")) for result in results)
        key = "foot.suite" if passed == len(results) else "foot.suite_fail"
        lines.append(texts(key, passed=passed, count=len(results)))
    chain = document.get("chain") or {}
    if chain.get("head"):
        lines.append(texts("foot.chain", entries=chain.get("entries", 0), head=chain["head"]))
    booked = document.get("reservation")
    lines.append(texts("foot.reservation", id=booked) if booked else texts("foot.not_booked"))
    return [*lines, texts("foot.local")]


def _list_id(scans: Sequence[Mapping[str, Any]], verdict: Mapping[str, Any]) -> str:
    return str(scans[0]["list"]["id"] if scans else verdict.get("regime", ""))


def _day(document: Mapping[str, Any]) -> date:
    return date.fromisoformat(document["as_of"]) if document.get("as_of") else date.max


def _signed(value: int) -> str:
    return f"+{value:,}" if value > 0 else f"{value:,}".replace("-", "−")
