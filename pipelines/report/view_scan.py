"""What the page shows of a scan: the personal columns of a dataset, and what is not known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..messages import Texts
from ..sentences import told
from .law import Law, law_of
from .view import ColumnRow, Fact, ScanView, View

EXAMPLES_PER_COLUMN = 1


def view(scan: Mapping[str, Any], at: int, texts: Texts) -> View:
    """Return the view of an ``exportgate.scan/1`` document."""
    law = law_of(scan["list"]["id"], date.max, texts)
    open_columns = any(column["undecided"] for column in scan["columns"])
    personal = any(column["pi"] != "none" for column in scan["columns"])
    tone = "review" if open_columns else "found" if personal else "clean"
    shown = scan_view(scan, law)
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
        unknown=unknown_lines([scan], list(scan.get("warnings", ())), law),
        foot=[texts("foot.local")],
        is_check=False,
    )


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


def scan_view(scan: Mapping[str, Any], law: Law) -> ScanView:
    """Return what is shown of one dataset: its personal and undecided columns, sensitive ones first."""
    texts, columns = law.texts, scan["columns"]
    shown = [column for column in columns if column["pi"] != "none" or column["undecided"]]
    sensitive = sum(column["pi"] == "sensitive" for column in columns)
    personal = sum(column["pi"] != "none" for column in columns)
    facts = [
        Fact(f"{scan['rows']:,}", texts("facts.rows", count=scan["rows"])),
        Fact(str(len(columns)), texts("facts.columns", count=len(columns))),
        Fact(str(personal), texts("facts.personal", count=personal), "personal" if personal else ""),
        Fact(str(sensitive), texts("facts.sensitive", count=sensitive), "sensitive" if sensitive else ""),
    ]
    notes = [str(scan["table_comment"])] if scan.get("table_comment") else []
    notes += _belongs(scan.get("belongs") or {}, texts)
    if not scan.get("exhaustive", True):
        notes.append(texts("columns.sampled", scanned=f"{scan['rows_scanned']:,}", rows=f"{scan['rows']:,}"))
    if not scan["rows"]:
        notes.append(texts("columns.empty"))
    order = {"sensitive": 0, "personal": 1, "none": 2}
    rows = [_column(column, law) for column in sorted(shown, key=lambda column: order[column["pi"]])]
    rest = [str(column["name"]) for column in columns if column not in shown]
    return ScanView(str(scan.get("name") or scan["source"]), facts, rows, rest, notes)


def _belongs(place: Mapping[str, Any], texts: Texts) -> list[str]:
    """Return where a table was taken to belong; nothing where a person said so."""
    if not place or place["given"] == "scenario":
        return []
    percent = round(100 * float(place["probability"]))
    if place["scenario"] is None:
        return [texts("columns.elsewhere", percent=percent), *_together(place, texts)]
    said = "columns.belongs" if 2 * float(place["probability"]) > 1 else "columns.unsure"
    return [texts(said, sector=place["sector"], scenario=place["scenario"], percent=percent), *_together(place, texts)]


def _together(place: Mapping[str, Any], texts: Texts) -> list[str]:
    """Return that other tables had a say in where this one belongs; nothing where none had."""
    count = int(place.get("together") or 0)
    return [texts("columns.together", count=count)] if count else []


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


def unknown_lines(scans: Sequence[Mapping[str, Any]], warnings: Sequence[str], law: Law) -> list[str]:
    """Return what is not known: fields not verified, columns undecided, warnings."""
    texts, lines = law.texts, []
    if scans:
        status = scans[0]["list"]
        said = {"verified": status["fields_verified"], "fields": status["fields"], "status": status["status"]}
        lines.append(texts("unknown.fields", **said))
    undecided = [str(column["name"]) for scan in scans for column in scan["columns"] if column["undecided"]]
    if undecided:
        lines.append(texts("unknown.undecided", columns=", ".join(undecided)))
    lines += [told(str(warning), texts.lang) for scan in scans for warning in scan.get("warnings", ())]
    lines += [told(str(warning), texts.lang) for warning in warnings]
    return [*dict.fromkeys(lines), texts("unknown.persons"), law.disclaimer]
