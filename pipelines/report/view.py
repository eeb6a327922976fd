"""What the page shows of one document, ready to be laid out: texts chosen, numbers written, nothing computed anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..messages import Texts
from .bars import Bar, bars_of
from .law import Law, law_of

EXAMPLES_PER_COLUMN = 1
BELOW = "below-"
"""How an effect begins when a line was not reached."""


@dataclass(frozen=True)
class Fact:
    """A number or word with its label; `tone` is the colour it may take."""

    value: str
    label: str
    tone: str = ""


@dataclass(frozen=True)
class ColumnRow:
    """A column as the page lists it."""

    name: str
    comment: str
    kind: str
    pi: str
    pi_word: str
    sure: int
    how: str
    explanation: str
    undecided: bool
    field: str
    field_note: str
    example: str


@dataclass(frozen=True)
class ScanView:
    """A dataset: what it is, its personal columns, and the names of the others."""

    source: str
    facts: list[Fact]
    columns: list[ColumnRow]
    rest: list[str]
    notes: list[str]


@dataclass(frozen=True)
class View:
    """One document: the answer first, then why, then everything it rests on."""

    anchor: str
    name: str
    tone: str
    verdict: str
    tier: str
    tier_note: str
    sentence: str
    facts: list[Fact]
    about: list[Fact]
    scans: list[ScanView]
    reasons: list[dict[str, Any]] = field(default_factory=list)
    why_notes: list[str] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    national: list[Bar] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    excluded: list[dict[str, Any]] = field(default_factory=list)
    consistency: list[dict[str, Any]] = field(default_factory=list)
    review: list[dict[str, str]] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    is_check: bool = True


def view_of(document: Mapping[str, Any], at: int, texts: Texts) -> View:
    """Return the view of an ``exportgate.check/1`` or ``exportgate.scan/1`` document."""
    if document.get("schema") == "exportgate.scan/1":
        return _of_scan(document, at, texts)
    return _of_check(document, at, texts)


def tone_of(document: Mapping[str, Any]) -> str:
    """Return ``go``, ``stop`` or ``review``: what a check says in one word, as its exit code does."""
    verdict = document["verdict"]
    blocked = any(entry.get("blocks") for entry in document.get("consistency", ()))
    if blocked or (not verdict.get("allowed") and not verdict.get("undecided")):
        return "stop"
    return "review" if verdict.get("undecided") else "go"


def _of_check(document: Mapping[str, Any], at: int, texts: Texts) -> View:
    export, verdict, scans = document["export"], document["verdict"], document["scans"]
    law = law_of(_list_id(scans, verdict), _day(document), texts)
    tone = tone_of(document)
    listed, national = bars_of(document, law)
    tier = texts("tier." + _tier_key(verdict))
    return View(
        anchor=f"e{at}",
        name=str(export.get("id", "")),
        tone=tone,
        verdict=texts("verdict." + tone),
        tier=tier,
        tier_note=_route(verdict, law),
        sentence=_paragraph(verdict, texts),
        facts=_headline(document, law),
        about=_about(document, law),
        scans=[_scan(scan, law) for scan in scans],
        reasons=_reasons(verdict, law),
        why_notes=_why_notes(verdict, law),
        bars=listed,
        national=national,
        persons=_persons(document, law),
        excluded=list(document.get("excluded", ())),
        consistency=list(document.get("consistency", ())),
        review=_review(verdict, law),
        duties=[law.duty(str(duty)) for duty in verdict.get("duties", ())],
        unknown=_unknown(scans, [*document.get("warnings", ()), *verdict.get("warnings", ())], law),
        foot=_foot(document, texts),
    )


def _of_scan(scan: Mapping[str, Any], at: int, texts: Texts) -> View:
    law = law_of(scan["list"]["id"], date.max, texts)
    open_columns = any(column["undecided"] for column in scan["columns"])
    personal = any(column["pi"] != "none" for column in scan["columns"])
    tone = "review" if open_columns else "found" if personal else "clean"
    shown = _scan(scan, law)
    return View(
        anchor=f"e{at}",
        name=str(scan["source"]),
        tone="review" if open_columns else "plain",
        verdict=texts("verdict." + ("open" if open_columns else tone)),
        tier="",
        tier_note="",
        sentence="",
        facts=shown.facts,
        about=[Fact(law.title or scan["list"]["id"], texts("facts.list"))],
        scans=[shown],
        persons=_scan_persons([scan], texts),
        unknown=_unknown([scan], list(scan.get("warnings", ())), law),
        foot=[texts("foot.local")],
        is_check=False,
    )


def _headline(document: Mapping[str, Any], law: Law) -> list[Fact]:
    counts, verdict, texts = document["counts"], document["verdict"], law.texts
    headroom = verdict.get("headroom") or {}
    facts = [
        Fact(_signed(counts["new_persons"]["any"]), texts("facts.new")),
        Fact(f"{counts['year_to_date']['any']:,}", texts("facts.year")),
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


def _reasons(verdict: Mapping[str, Any], law: Law) -> list[dict[str, Any]]:
    rows = []
    for reason in verdict.get("reasons", ()):
        counter, observed, line = reason.get("counter"), reason.get("observed"), reason.get("threshold")
        rows.append(
            {
                "rule": law.rule_name(str(reason.get("rule", ""))),
                "id": str(reason.get("rule", "")),
                "counter": law.texts.word("counter", str(counter)) if counter else "",
                "observed": _number(observed),
                "comparison": {"<": "<", ">=": "≥", "<=": "≤"}.get(
                    str(reason.get("comparison")), reason.get("comparison") or ""
                ),
                "line": _number(line),
                "effect": _effect(str(reason.get("effect", "")), law),
                "article": reason.get("article", ""),
            }
        )
    return rows


def _effect(effect: str, law: Law) -> str:
    """Say what a reason leads to: a route, what it stays below of, or a word."""
    if effect.startswith(BELOW):
        return law.texts("why.below", path=law.path_name(effect.removeprefix(BELOW)))
    return law.texts.word("effects", law.path_name(effect))


def _route(verdict: Mapping[str, Any], law: Law) -> str:
    """Name the route, and whether it is held where one is required."""
    route = law.path_name(str(verdict.get("path", "")))
    if not verdict.get("paths"):
        return route
    held = law.texts("facts.held" if verdict.get("allowed") else "facts.not_held")
    return f"{route} ({held})"


def _why_notes(verdict: Mapping[str, Any], law: Law) -> list[str]:
    notes = [] if verdict.get("usable", True) else [law.texts("why.usable_no")]
    fallback = verdict.get("fallback")
    if fallback:
        tier = law.texts("tier." + _tier_key(fallback))
        notes.append(law.texts("why.fallback", tier=tier, path=law.path_name(str(fallback.get("path", "")))))
    return notes


def _review(verdict: Mapping[str, Any], law: Law) -> list[dict[str, str]]:
    texts, found = law.texts, []
    for entry in verdict.get("review", ()):
        other = entry.get("other") or {}
        question, note = law.question(str(entry.get("reading", ""))), str(entry.get("note") or "")
        text = {"question": question, "note": note.removeprefix(question).lstrip(" ;")}
        text["chosen"] = f"{texts('review.chosen')} {entry['chosen']}" if entry.get("chosen") else ""
        if other:
            tier, path = texts("tier." + _tier_key(other)), law.path_name(str(other.get("path", "")))
            text["other"] = texts("review.other", answer=law.other_answer(entry), tier=tier, path=path)
        found.append(text)
    return found


def _persons(document: Mapping[str, Any], law: Law) -> list[str]:
    counts, texts = document["counts"], law.texts
    year = counts["year_to_date"]
    used = {"lower": year["lower"]["any"], "upper": year["upper"]["any"]}
    lines = []
    for source, columns in (document.get("identity") or {}).items():
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


def _scan_persons(scans: Sequence[Mapping[str, Any]], texts: Texts) -> list[str]:
    lines = []
    for scan in scans:
        persons = scan.get("persons") or {}
        distinct = persons.get("distinct") or {}
        if not persons.get("identity"):
            continue
        kinds = ", ".join(texts.word("kinds", kind) for kind in persons["identity"])
        lines.append(f"{texts('persons.identity')} {kinds}")
        lower, upper = (f"{distinct.get(bound, 0):,}" for bound in ("lower", "upper"))
        same = lower == upper
        lines.append(
            texts("persons.exact", upper=upper)
            if same
            else texts("persons.bounds", lower=lower, upper=upper, used=upper)
        )
    return lines


def _scan(scan: Mapping[str, Any], law: Law) -> ScanView:
    texts, columns = law.texts, scan["columns"]
    shown = [column for column in columns if column["pi"] != "none" or column["undecided"]]
    sensitive = sum(column["pi"] == "sensitive" for column in columns)
    personal = sum(column["pi"] != "none" for column in columns)
    facts = [
        Fact(f"{scan['rows']:,}", texts("facts.rows")),
        Fact(str(len(columns)), texts("facts.columns")),
        Fact(str(personal), texts("facts.personal"), "personal" if personal else ""),
        Fact(str(sensitive), texts("facts.sensitive"), "sensitive" if sensitive else ""),
    ]
    notes = [str(scan["table_comment"])] if scan.get("table_comment") else []
    if not scan.get("exhaustive", True):
        notes.append(texts("columns.sampled", scanned=f"{scan['rows_scanned']:,}", rows=f"{scan['rows']:,}"))
    if not scan["rows"]:
        notes.append(texts("columns.empty"))
    order = {"sensitive": 0, "personal": 1, "none": 2}
    rows = [_column(column, law) for column in sorted(shown, key=lambda column: order[column["pi"]])]
    rest = [str(column["name"]) for column in columns if column not in shown]
    return ScanView(str(scan.get("name") or scan["source"]), facts, rows, rest, notes)


def _column(column: Mapping[str, Any], law: Law) -> ColumnRow:
    texts, fields = law.texts, column.get("fields") or ()
    name, note = texts("columns.unmapped"), ""
    if fields:
        best = fields[0]
        name = str(best["name_zh" if texts.lang == "zh" else "name_en"])
        note = texts.word("provenance", str(best.get("provenance", "")))
        if len(fields) > 1:
            note += " · " + texts("columns.more", count=len(fields) - 1)
    return ColumnRow(
        name=str(column["name"]),
        comment=str(column.get("comment") or ""),
        kind=texts.word("kinds", str(column["kind"])),
        pi=str(column["pi"]),
        pi_word=texts.word("pi", str(column["pi"])),
        sure=round(float(column.get("confidence", 0)) * 100),
        how=texts.word("by", str(column.get("decided_by", "none"))),
        explanation=str((column.get("evidence") or {}).get("explanation", "")),
        undecided=bool(column.get("undecided")),
        field=name,
        field_note=note,
        example=", ".join((column.get("masked_examples") or ())[:EXAMPLES_PER_COLUMN]),
    )


def _unknown(scans: Sequence[Mapping[str, Any]], warnings: Sequence[str], law: Law) -> list[str]:
    texts, lines = law.texts, []
    if scans:
        status = scans[0]["list"]
        said = {"verified": status["fields_verified"], "fields": status["fields"], "status": status["status"]}
        lines.append(texts("unknown.fields", **said))
    undecided = [str(column["name"]) for scan in scans for column in scan["columns"] if column["undecided"]]
    if undecided:
        lines.append(texts("unknown.undecided", columns=", ".join(undecided)))
    lines += [str(warning) for scan in scans for warning in scan.get("warnings", ())]
    return [*dict.fromkeys([*lines, *map(str, warnings)]), texts("unknown.persons"), law.disclaimer]


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


def _paragraph(verdict: Mapping[str, Any], texts: Texts) -> str:
    """Return the verdict in a paragraph, as `exportgate explain` says it."""
    try:
        from ...scanner import explain
    except ImportError:
        return ""
    return str(explain.paragraph(dict(verdict), lang=texts.lang))


def _list_id(scans: Sequence[Mapping[str, Any]], verdict: Mapping[str, Any]) -> str:
    return str(scans[0]["list"]["id"] if scans else verdict.get("regime", ""))


def _day(document: Mapping[str, Any]) -> date:
    return date.fromisoformat(document["as_of"]) if document.get("as_of") else date.max


def _tier_key(verdict: Mapping[str, Any]) -> str:
    return "none" if verdict.get("tier") is None else str(verdict["tier"])


def _number(value: object) -> str:
    return (
        f"{value:,}"
        if isinstance(value, int) and not isinstance(value, bool)
        else str(value if value is not None else "")
    )


def _signed(value: int) -> str:
    return f"+{value:,}" if value > 0 else f"{value:,}".replace("-", "−")
