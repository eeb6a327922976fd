"""The two papers of a filing as blocks of text and tables, in one language; what lays them out comes after.

What is not known is a `Blank`: it is shown so that nobody can overlook it, and never filled in by us.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..messages import texts
from .blanks import APPLICATION, FILING
from .paper_blocks import Blank, Block, Cell, Facts, Grid, Heading, Line, PaperText, Signature
from .paper_parts import PARTS
from .paper_writer import Writer, day, listed, method, plain_scenario, purpose, recipient, scenario

if TYPE_CHECKING:
    from ...field_maps.model import Edition, Part
    from ...scanner.filings import Filing
    from ...scanner.filings.document import FiledExport


def papers(filing: Filing, edition: Edition, lang: str) -> tuple[PaperText, ...]:
    """Return the application and the filing in a language; none where the edition knows no papers."""
    rules = edition.filing
    known = {APPLICATION: _application, FILING: _filing}
    found = []
    for paper in rules.papers if rules else ():
        writer = Writer(filing, edition, lang, texts(lang), paper)
        found.append(_paper(writer, known.get(paper.id, _only_asked)(writer)))
    return tuple(found)


def _paper(writer: Writer, blocks: Iterator[Block]) -> PaperText:
    filing, says = writer.filing, writer.says
    number = filing.number or ""
    under = says("paper.under", list=writer.of(writer.edition.title), article=writer.cite(writer.paper.article))
    footer = " · ".join(
        part for part in (writer.of(writer.paper.title), str(filing.handler.get("name") or ""), number) if part
    )
    every = (*_addressed(writer), *blocks, *_signature(writer), *_preparation(writer))
    return PaperText(writer.paper.id, writer.lang, writer.of(writer.paper.title), under, every, footer)


def _addressed(writer: Writer) -> Iterator[Block]:
    says, rules = writer.says, writer.edition.filing
    area = str(writer.filing.handler.get("ftz_area") or "")
    agency = rules.agency(area) if rules else None
    to = writer.known(writer.of(agency.name) if agency else "", says("paper.ask_agency"))
    yield Facts(((says("paper.to"), to), *_applicant(writer)))


def _applicant(writer: Writer) -> Iterator[tuple[str, Cell]]:
    says, handler = writer.says, writer.filing.handler
    yield says("paper.applicant"), writer.known(handler.get("name"), says("paper.ask_name"))
    yield says("paper.uscc"), writer.known(handler.get("uscc"), says("paper.ask_uscc"))
    if writer.paper.id == FILING:
        yield says("paper.number"), writer.known(writer.filing.number, says("paper.ask_number"))


def _application(writer: Writer) -> Iterator[Block]:
    more = {"registration": _registration, "industry": _industry, "business": _business}
    for at, part in enumerate(writer.paper.parts):
        yield Heading(writer.number(at) + writer.of(part.title))
        if part.id in more:
            yield from more[part.id](writer)
        yield from _to_write(writer, part)


def _only_asked(writer: Writer) -> Iterator[Block]:
    for at, part in enumerate(writer.paper.parts):
        yield Heading(writer.number(at) + writer.of(part.title))
        yield from _to_write(writer, part)


def _to_write(writer: Writer, part: Part) -> Iterator[Block]:
    """Yield what a person wrote, or the blank; a part that looks back says from when to when."""
    given = writer.filing.application.get(part.id) or {}
    if given.get("from"):
        yield Line(writer.says("paper.looking_back", start=day(given["from"], writer), end=day(given["to"], writer)))
    yield Line(writer.known(given.get("text"), writer.of(part.ask)))


def _registration(writer: Writer) -> Iterator[Block]:
    says, handler = writer.says, writer.filing.handler
    rules = writer.edition.filing
    area = str(handler.get("ftz_area") or "")
    word = {True: says("paper.yes"), False: says("paper.not")}
    yield Facts(
        (
            (
                says("paper.area"),
                writer.known(says.word("areas", area) if rules and area else "", says("paper.ask_area")),
            ),
            (says("paper.exports_from_zone"), writer.known(word.get(handler.get("exports_from_ftz")), "")),  # type: ignore[arg-type]
            (says("paper.ciio"), writer.known(word.get(handler.get("ciio")), says("paper.ask_ciio"))),  # type: ignore[arg-type]
        )
    )


def _industry(writer: Writer) -> Iterator[Block]:
    sectors = dict.fromkeys(export.sector for export in writer.filing.exports)
    names = [writer.of(writer.edition.sector(sector).name) for sector in sectors]
    yield Facts(((writer.says("paper.list_sectors"), listed(names, writer)),))


def _business(writer: Writer) -> Iterator[Block]:
    says = writer.says
    heads = tuple(says("paper." + head) for head in ("no", "scenario", "recipient", "purpose", "method"))
    rows = [
        (
            str(at),
            scenario(writer, export),
            recipient(writer, export),
            purpose(writer, export),
            method(writer, export),
        )
        for at, export in enumerate(writer.filing.exports, start=1)
    ]
    yield Line(says("paper.business_lead"))
    yield Grid(heads, tuple(rows), (2, 6, 7, 6, 4))


def _filing(writer: Writer) -> Iterator[Block]:
    several = len(writer.filing.exports) > 1
    for at, export in enumerate(writer.filing.exports):
        if several:
            name = f"{plain_scenario(writer, export)} – {export.recipient.name or '?'}"
            yield Heading(writer.number(at) + writer.says("paper.export", at=at + 1, name=name))
        for position, part in enumerate(writer.paper.parts):
            title = writer.of(part.title)
            yield Heading(
                f"{at + 1}.{position + 1} {title}" if several else writer.number(position) + title, 2 if several else 1
            )
            if part.id in PARTS:
                yield from PARTS[part.id](writer, export)
            yield from _still_asked(writer, part, export)


def _still_asked(writer: Writer, part: Part, export: FiledExport) -> Iterator[Block]:
    written = (export.to_fill or {}).get(part.id)
    if written:
        yield Line(str(written))
    elif part.id in ("scenario", "scale", "recipient") or not _told(part.id, export):
        yield Line(Blank(writer.of(part.ask)))


def _told(part: str, export: FiledExport) -> bool:
    known = {
        "catalogue": export.columns,
        "reason": export.reason,
        "sub-categories": export.sub_categories,
        "legal-documents": export.documents,
    }
    return bool(known.get(part))


def _signature(writer: Writer) -> Iterator[Block]:
    says = writer.says
    at = (
        len(writer.filing.exports)
        if writer.paper.id == FILING and len(writer.filing.exports) > 1
        else len(writer.paper.parts)
    )
    yield Heading(writer.number(at) + says("paper.declaration"))
    yield Line(says("paper.declaration_text"))
    yield Signature(tuple(says("paper." + row) for row in ("sign_applicant", "sign_person", "sign_date")))


def _preparation(writer: Writer) -> Iterator[Block]:
    """Yield what the draft was made from: to be taken out before handing in."""
    says, prepared = writer.says, writer.filing.prepared
    yield Heading(says("paper.preparation"))
    facts: list[tuple[str, Cell]] = [
        (says("paper.prepared_" + key), str(prepared[key])) for key in ("as_of", "year") if prepared.get(key)
    ]
    facts += [
        (says("paper.prepared_" + key), listed([str(each) for each in prepared[key]], writer))
        for key in ("sources", "manifests")
        if prepared.get(key)
    ]
    chain = prepared.get("ledger") or {}
    if chain.get("head"):
        facts.append((says("paper.prepared_ledger"), says("ledger.chain", **chain)))
    facts.append(
        (says("paper.prepared_blanks"), str(sum(blank["paper"] == writer.paper.id for blank in writer.filing.blanks)))
    )
    yield Facts(tuple(facts))
    yield Line(writer.of(writer.edition.disclaimer), small=True)
