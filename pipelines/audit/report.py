"""The audit for people: one page, one workbook, one text, all made of the same sections."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..cli.options import write_bytes
from ..extras import need
from ..messages import Texts, texts

if TYPE_CHECKING:
    from .settings import Settings

Document = Mapping[str, Any]
TONES = {0: "go", 1: "stop", 2: "stop", 3: "stop", 4: "review"}
SHOWN = 200
"""Rows of one table on a terminal; the page and the workbook show all."""
Section = tuple[str, tuple[str, ...], list[list[Any]]]
"""A key of the texts, the keys of its columns (``#`` before those of numbers), and its rows."""


def sections(document: Document, says: Texts) -> Iterator[Section]:
    """Yield the tables of an audit, the most urgent first."""
    yield (
        "undeclared",
        ("source", "path", "#persons", "#sensitive", "kinds"),
        [
            [
                one["source"],
                one["path"],
                one["persons"].get("any", 0),
                one["persons"].get("sensitive", 0),
                ", ".join(says.word("kinds", kind) for kind in one["kinds"]),
            ]
            for one in document["undeclared"]
        ],
    )
    yield (
        "failures",
        ("source", "path", "what", "hint", "#attempts"),
        [[one["source"], one["path"], one["what"], one["hint"], one["attempts"]] for one in document["failures"]],
    )
    yield (
        "drift",
        ("source", "path", "change", "column", "before", "now"),
        [
            [
                one["source"],
                one["path"],
                says(f"audit.change.{one['kind']}"),
                one.get("column", ""),
                _kind(one.get("before", ""), says),
                _kind(one.get("now", ""), says),
            ]
            for one in document["drift"]
        ],
    )
    yield "sources", (
        "source", "#listed", "#new", "#changed", "#unchanged", "#deleted", "#failed", "#bytes_read",
    ), [
        [one["name"], *(one[k] for k in ("listed", "new", "changed", "unchanged", "deleted", "failed", "bytes_read"))]
        for one in document["sources"]
    ]  # fmt: skip
    yield (
        "objects",
        ("source", "path", "why", "export", "#rows", "#persons", "#new_persons", "#tier", "outcome"),
        [
            [
                one["source"],
                one["path"],
                says(f"audit.why.{one['what']}"),
                one.get("export", ""),
                one.get("rows", ""),
                one.get("persons", {}).get("any", ""),
                one.get("new_persons", {}).get("any", ""),
                one.get("tier", ""),
                says(f"audit.code.{one.get('exit_code', 0)}") if one["status"] != "deleted" else "",
            ]
            for one in document["objects"]
        ],
    )
    yield (
        "counters",
        ("sector", "row", "#persons", "#sensitive", "#tier"),
        [
            [one["sector"], one["row"], one["any"], one["sensitive"], one["tier"]]
            for one in document["ledger"]["counters"]
        ],
    )


def _kind(value: Any, says: Texts) -> Any:
    return says.word("kinds", value) if isinstance(value, str) and value else value


def facts(document: Document, says: Texts) -> list[tuple[str, str]]:
    """Return the figures on top: objects, new persons, quarantine, the year."""
    new = sum(one.get("new_persons", {}).get("any", 0) for one in document["objects"])
    ledger = document["ledger"]
    return [
        (says("audit.fact.read"), f"{sum(one['status'] not in ('deleted',) for one in document['objects']):,}"),
        (says("audit.fact.listed"), f"{sum(source['listed'] for source in document['sources']):,}"),
        (says("audit.fact.new_persons"), f"{new:,}"),
        (says("audit.fact.quarantine"), f"{ledger['quarantine']['any']:,}"),
        (says("audit.fact.year"), f"{ledger['handler']['any']:,}"),
    ]


def text(document: Document, lang: str = "en") -> str:
    """Return the audit as text for a terminal."""
    from ..terminal import STYLES, grid, line, printed

    says = texts(lang)
    code = document["exit_code"]
    parts: list[Any] = [line(says(f"audit.verdict.{code}"), STYLES[TONES[code]])]
    parts.append(line(" · ".join(f"{label} {value}" for label, value in facts(document, says)), "dim"))
    for key, heads, rows in sections(document, says):
        if not rows:
            continue
        table = grid(*(_head(head, says) for head in heads))
        for row in rows[:SHOWN]:
            table.add_row(*(line(_shown(cell)) for cell in row))
        parts += [line(""), line(says(f"audit.title.{key}"), "bold"), table]
        if len(rows) > SHOWN:
            parts.append(line(says("audit.more", count=f"{len(rows) - SHOWN:,}"), "dim"))
    parts.append(line(says("audit.head", head=document["ledger"]["chain"]["head"]), "dim"))
    return printed(parts)


def html(document: Document, lang: str = "en") -> str:
    """Return the audit as one page that loads nothing."""
    says = texts(lang)
    tables = [
        (says(f"audit.title.{key}"), [(_head(head, says), head.startswith("#")) for head in heads], rows)
        for key, heads, rows in sections(document, says)
        if rows
    ]
    page = _environment().get_template("audit.html.j2")
    return str(
        page.render(
            says=says,
            lang={"zh": "zh-CN"}.get(lang, lang),
            document=document,
            tone=TONES[document["exit_code"]],
            verdict=says(f"audit.verdict.{document['exit_code']}"),
            facts=facts(document, says),
            tables=[
                (
                    title,
                    [(head.lstrip("#"), number) for head, number in heads],
                    [[_shown(c) for c in row] for row in rows],
                )
                for title, heads, rows in tables
            ],
        )
    )


def workbook(document: Document, lang: str = "en") -> bytes:
    """Return the audit as XLSX, a sheet for each section; a text stays a text and is never run as a formula."""
    with need("excel"):
        import openpyxl
    says, book = texts(lang), openpyxl.Workbook()
    book.remove(book.active)
    for key, heads, rows in sections(document, says):
        sheet = book.create_sheet(says(f"audit.title.{key}")[:31])
        sheet.append([_head(head, says).lstrip("#") for head in heads])
        for row in rows:
            sheet.append([_cell(value) for value in row])
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_files(document: Document, settings: Settings, lang: str) -> None:
    """Write the files that `audit.yaml` asks every run for, each whole or not at all."""
    asked = settings.audit.report
    made: tuple[tuple[str | None, Callable[[], bytes]], ...] = (
        (asked.json_, lambda: json.dumps(document, ensure_ascii=False).encode()),
        (asked.html, lambda: html(document, lang).encode()),
        (asked.xlsx, lambda: workbook(document, lang)),
    )
    for name, content in made:
        if name:
            write_bytes(content(), settings.beside(name))


def plan_text(planned: Document, lang: str = "en") -> str:
    """Return what would be read as text."""
    from ..terminal import grid, line, printed

    says = texts(lang)
    table = grid(*(_head(head, says) for head in ("source", "path", "why", "#bytes", "declared")))
    reads = [one for one in planned["objects"] if one["why"] not in ("unchanged", "ignored")]
    for one in reads[:SHOWN]:
        declared = says("audit.declared.yes" if one["declared"] else "audit.declared.no")
        size = "" if one["bytes"] is None else f"{one['bytes']:,}"
        cells = (one["source"], one["path"], says(f"audit.why.{one['why']}"), size, declared)
        table.add_row(*(line(cell) for cell in cells))
    parts: list[Any] = [table] if reads else []
    if len(reads) > SHOWN:
        parts.append(line(says("audit.more", count=f"{len(reads) - SHOWN:,}"), "dim"))
    parts += [line(f"{one['source']}: {one['what']}", "red") for one in planned["failures"]]
    total = {"reads": f"{planned['reads']:,}", "all": f"{len(planned['objects']):,}"}
    parts.append(
        line(
            says(
                "audit.plan", **total, megabytes=f"{planned['bytes'] / 1e6:,.1f}", seconds=f"{planned['seconds']:,.0f}"
            )
        )
    )
    return printed(parts)


def assigned_text(lines: Sequence[Document], lang: str = "en") -> str:
    """Return what became of the objects that were assigned as text."""
    from ..terminal import grid, line, printed

    says = texts(lang)
    table = grid(*(_head(head, says) for head in ("source", "path", "export", "row", "outcome")))
    for one in lines:
        outcome = says(f"audit.code.{one.get('exit_code', 0)}")
        cells = (one["source"], one["path"], one.get("export", ""), one.get("row", ""), outcome)
        table.add_row(*(line(cell) for cell in cells))
    return printed([table])


def _head(head: str, says: Texts) -> str:
    return ("#" if head.startswith("#") else "") + says(f"audit.heads.{head.lstrip('#')}")


def _shown(cell: Any) -> str:
    return f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else "" if cell is None else str(cell)


def _cell(value: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("�", value) if isinstance(value, str) else value


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    folders = ("exportgate.pipelines.audit", "exportgate.pipelines.report")
    return Environment(
        loader=ChoiceLoader([PackageLoader(folder, "templates") for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
