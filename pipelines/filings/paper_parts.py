"""The parts of the filing paper, one function each: what is known of an export, as tables and sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .paper_blocks import Block, Facts, Grid, Line
from .paper_writer import Writer, day, listed, method, purpose, scenario

if TYPE_CHECKING:
    from ...scanner.filings.document import FiledExport

COUNTERS = ("any", "non_sensitive", "sensitive")


def scenario_part(writer: Writer, export: FiledExport) -> Iterator[Block]:
    """Yield this part of the filing."""
    says = writer.says
    rows = [writer.of(writer.edition.row_for(export.sector, row).name) for row in export.rows or (export.scenario,)]
    yield Facts(
        (
            (says("paper.sector"), writer.of(writer.edition.sector(export.sector).name)),
            (says("paper.scenario"), scenario(writer, export)),
            (says("paper.rows"), listed(rows, writer)),
            (says("paper.purpose"), purpose(writer, export)),
            (says("paper.method"), method(writer, export)),
        )
    )


def catalogue(writer: Writer, export: FiledExport) -> Iterator[Block]:
    """Yield this part of the filing."""
    if not export.columns:
        return
    says, lang = writer.says, writer.lang
    heads = tuple(says("paper." + head) for head in ("no", "column", "field", "holds", "class"))
    rows = []
    for at, column in enumerate(export.columns, start=1):
        name = column.name_zh if lang == "zh" else column.name_en
        field = f"{name} ({column.field})" if name else says("paper.no_field") if column.pi != "none" else "–"
        holds = says.word("kinds", column.kind) if column.kind else "–"
        rows.append((str(at), column.name, field, holds, says.word("pi", column.pi or "–")))
    yield Grid(heads, tuple(rows), (2, 5, 8, 5, 4))
    fields = writer.filing.prepared.get("fields")
    if fields:
        yield Line(says("unknown.fields", **fields), small=True)


def scale(writer: Writer, export: FiledExport) -> Iterator[Block]:
    """Yield this part of the filing."""
    says, rules = writer.says, writer.edition
    rows_of = [rules.row_for(export.sector, row).id for row in export.rows or (export.scenario,)]
    rows = []
    for volume in writer.filing.volumes:
        if volume.sector != export.sector or volume.row not in rows_of:
            continue
        name = writer.of(rules.row_for(volume.sector, volume.row).name)
        persons = volume.persons.model_dump()
        rows += [(name, says.word("counter", counter), *_bounds(persons, counter)) for counter in COUNTERS]
    if not rows:
        yield Line(says("paper.nobody_counted"), small=True)
        return
    heads = tuple(says("paper." + head) for head in ("row", "counter", "persons", "lower", "upper"))
    prepared = writer.filing.prepared
    until = day(str(prepared["as_of"]), writer) if prepared.get("as_of") else ""
    yield Line(says("paper.scale_lead", year=prepared.get("year", ""), day=until))
    yield Grid(heads, tuple(rows), (5, 4, 2, 2, 2), numbers=(2, 3, 4))
    if export.exclusions:
        yield Line(says("paper.excluded_lead"))
        cells = tuple(
            (each["basis"], "; ".join(f"{k}: {v}" for k, v in each["evidence"].items())) for each in export.exclusions
        )
        yield Grid((says("excluded.basis"), says("paper.evidence")), cells, (1, 6))


def _bounds(persons: Mapping[str, Any], counter: str) -> tuple[str, str, str]:
    def of(bound: str) -> str:
        figures = persons.get(bound) or {}
        return f"{figures[counter]:,}" if counter in figures else "–"

    figure = persons.get(counter)
    return (f"{figure:,}" if figure is not None else "–", of("lower"), of("upper"))


def recipient_part(writer: Writer, export: FiledExport) -> Iterator[Block]:
    """Yield this part of the filing."""
    says = writer.says
    yield Facts(
        (
            (says("paper.recipient"), writer.known(export.recipient.name, says("paper.ask_recipient"))),
            (says("paper.country"), writer.known(export.recipient.country, says("paper.ask_country"))),
        )
    )


def reason(writer: Writer, export: FiledExport) -> Iterator[Block]:
    """Yield this part of the filing."""
    told, says = export.reason, writer.says
    if not told:
        return
    tier = says("tier." + ("none" if told["tier"] is None else str(told["tier"])))
    path = next((writer.of(each.name) for each in writer.edition.paths if each.id == told["path"]), told["path"])
    yield Line(says("paper.reason_lead", tier=tier, path=path))
    ours = f"{writer.edition.id}/"
    yield from _lines(writer, [each for each in told["reasons"] if str(each["rule"]).startswith(ours)])
    national = [each for each in told["reasons"] if not str(each["rule"]).startswith(ours)]
    if national:
        yield Line(says("paper.national_lead"))
        yield from _lines(writer, national)


def _lines(writer: Writer, reasons: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    """Yield the figures held against the lines of the law."""
    says = writer.says
    heads = tuple(says("paper." + head) for head in ("article", "counter", "found", "line"))
    signs = {"<": "<", ">=": "≥", "<=": "≤"}
    rows = [
        (
            writer.cite(str(each["article"])),
            says.word("counter", each["counter"]),
            f"{each['observed']:,}",
            f"{signs.get(each['comparison'], each['comparison'])} {each['threshold']:,}",
        )
        for each in reasons
        if each.get("counter") and each.get("threshold") is not None and isinstance(each.get("observed"), int)
    ]
    if rows:
        yield Grid(heads, tuple(dict.fromkeys(rows)), (6, 4, 2, 3), numbers=(2, 3))


def sub_categories(writer: Writer, export: FiledExport) -> Iterator[Block]:
    """Yield this part of the filing."""
    says, rows = writer.says, []
    for each in export.sub_categories or ():
        if each["level"] == "data":
            told = says("paper.data_" + each["id"], columns=each["columns"])
        else:
            told = writer.both(each)
        article = f" ({writer.cite(each['article'])})" if each.get("article") else ""
        rows.append((says("paper.level." + each["level"]), told + article))
    if rows:
        yield Facts(tuple(rows))


def documents(writer: Writer, export: FiledExport) -> Iterator[Block]:
    """Yield this part of the filing."""
    if not export.documents:
        return
    says = writer.says
    heads = tuple(says("paper." + head) for head in ("no", "document", "doc_number", "valid_until"))
    from ... import field_maps

    kinds = {kind.id: kind for kind in (*field_maps.national_rule().approvals, *writer.edition.approvals)}
    rows = [
        (
            str(at),
            document.title or (writer.of(kinds[document.path].name) if document.path in kinds else document.path),
            writer.known(document.number, says("paper.ask_doc_number")),
            writer.known(
                document.valid_until and day(document.valid_until.isoformat(), writer), says("paper.ask_term")
            ),
        )
        for at, document in enumerate(export.documents, start=1)
    ]
    yield Grid(heads, tuple(rows), (2, 8, 5, 5))


PARTS: Mapping[str, Callable[[Writer, FiledExport], Iterator[Block]]] = {
    "scenario": scenario_part,
    "catalogue": catalogue,
    "scale": scale,
    "recipient": recipient_part,
    "reason": reason,
    "sub-categories": sub_categories,
    "legal-documents": documents,
}
"""What is known of each part, by the part's name in the edition."""
