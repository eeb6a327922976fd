"""One file per sector: scenarios, threshold rows, important-data items, exclusions, third bucket, notes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby, pairwise

from . import parts
from .model import Exclusion, Item, Line, Note, Row, Scenario, Sector
from .nodes import Node, nearest
from .parts import FileSource
from .vocabulary import COUNTERS, PROVENANCES, REGIME_FLAGS

KEYS = ("id", "name", "covers", "article", *parts.SOURCE_KEYS)
MORE = (
    "covered",
    "tier_articles",
    "catch_all",
    "export_control_item",
    "scenarios",
    "rows",
    "items",
    "exclusions",
    "third_bucket",
    "notes",
)


@dataclass(frozen=True)
class _Context:
    """What every part of one sector's file is read against."""

    edition: str
    sector: str
    source: FileSource
    articles: dict[int, str]
    effects: dict[int, str]

    @property
    def rule(self) -> str:
        """The prefix of the sector's rules."""
        return f"{self.edition}/{self.sector}"


def read_sector(document: Node, edition: str, references: list[str], effects: dict[int, str]) -> Sector:
    """Read one sector's file; `effects` maps the tiers there are to the routes they stand for."""
    document.keys(required=[key for key in KEYS if key != "reference"], optional=(*MORE, "reference"))
    source = parts.file_source(document, references)
    sector_id = document.at("id").text()
    articles = _tier_articles(document.at("tier_articles"))
    context = _Context(edition, sector_id, source, articles, effects)
    rule = context.rule
    rows = tuple(_row(k, n, context) for k, n in document.at("rows").entries())
    sector = Sector(
        id=sector_id,
        rule=rule,
        name=parts.text(document.at("name")),
        covers=parts.text(document.at("covers")),
        article=document.at("article").text(),
        scenarios=tuple(_scenario(k, n, rows) for k, n in document.at("scenarios").entries()),
        rows=rows,
        items=tuple(_item(k, n, context) for k, n in document.at("items").entries()),
        exclusions=tuple(_exclusion(k, n, rule) for k, n in document.at("exclusions").entries()),
        notes=tuple(_note(k, n) for k, n in document.at("notes").entries()),
        catch_all=document.at("catch_all").text(""),
        export_control_item=document.at("export_control_item").text(""),
        third_bucket=parts.third_bucket(document.at("third_bucket"), f"{rule}/third-bucket"),
        covered=document.at("covered").flag(True),
    )
    _check_links(document, sector)
    return sector


def _tier_articles(node: Node) -> dict[int, str]:
    if not node.given:
        return {}
    wrong = [key for key in node.mapping() if not isinstance(key, int)]
    if wrong:
        node.fail(f"expected a tier's number as key, found {wrong[0]!r}")
    return {tier: Node(article, f"{node.path}.{tier}", node.fail_with).text() for tier, article in node.value.items()}


def _scenario(scenario_id: str, node: Node, rows: tuple[Row, ...]) -> Scenario:
    node.keys(required=("row", "provenance", "name"), optional=("signs",))
    row = node.at("row").word([row.id for row in rows], "row")
    provenance = node.at("provenance").word(PROVENANCES, "provenance")
    name, signs = parts.text(node.at("name")), parts.words(node.at("signs"))
    return Scenario(id=scenario_id, name=name, row=row, provenance=provenance, signs=signs)


def _row(row_id: str, node: Node, context: _Context) -> Row:
    node.keys(required=("name", "unit", "lines"), optional=("falls", "note", *parts.SOURCE_KEYS))
    unit, rule = parts.unit(node.at("unit")), f"{context.rule}/{row_id}"
    lines = tuple(
        parts.line(line, rule=rule, unit_=unit, articles=context.articles, effects=context.effects)
        for line in node.at("lines").items()
    )
    if not lines:
        node.at("lines").fail("a row needs at least one line")
    _check_bands(node.at("lines"), lines)
    return Row(
        id=row_id,
        rule=rule,
        name=parts.text(node.at("name")),
        unit=unit,
        lines=lines,
        falls=tuple(counter.word(COUNTERS, "counter") for counter in node.at("falls").items()),
        source=context.source.of(node),
        note=parts.text(node.at("note")) if node.at("note").given else None,
    )


def _check_bands(node: Node, lines: tuple[Line, ...]) -> None:
    """Bands must be contiguous and disjoint: a stricter tier of the same counter starts above a milder one."""
    days = sorted({day for line in lines for day, _ in line.at.values})
    for counter, group in groupby(sorted(lines, key=lambda line: line.counter), key=lambda line: line.counter):
        mild_first = sorted(group, key=lambda line: -line.tier)
        if len({line.tier for line in mild_first}) != len(mild_first):
            node.fail(f"two lines of one tier for {counter}")
        for day in days:
            _check_day(node, counter, mild_first, day)


def _check_day(node: Node, counter: str, mild_first: list[Line], day: dt.date) -> None:
    values = [value for line in mild_first if (value := line.at.on(day)) is not None]
    if any(later <= earlier for earlier, later in pairwise(values)):
        node.fail(f"bands overlap: {counter} from {day}", "a stricter tier must start above a milder one")
    if any(value < 1 for value in values):
        node.fail(f"a line of {counter} must be at least 1 from {day}")


def _item(item_id: str, node: Node, context: _Context) -> Item:
    node.keys(required=("name",), optional=("when", "implies", "warning", "article", *parts.SOURCE_KEYS))
    sector, articles = context.sector, context.articles
    if not item_id.startswith(f"{sector}."):
        node.fail(f"an item of this sector is called {sector}.<name>")
    article = node.at("article").text(articles[min(articles)] if articles else "")
    if not article:
        node.at("article").fail("missing article")
    return Item(
        id=item_id,
        rule=f"{context.edition}/{item_id}",
        name=parts.text(node.at("name")),
        condition=parts.condition(node.at("when")),
        article=article,
        source=context.source.of(node),
        sector=sector,
        implies=node.at("implies").word(REGIME_FLAGS, "fact") if node.at("implies").given else "",
        warning=parts.text(node.at("warning")) if node.at("warning").given else None,
    )


def _exclusion(exclusion_id: str, node: Node, rule: str) -> Exclusion:
    node.keys(required=("name", "article"))
    name, article = parts.text(node.at("name")), node.at("article").text()
    return Exclusion(id=exclusion_id, rule=f"{rule}/scope/{exclusion_id}", name=name, article=article)


def _note(note_id: str, node: Node) -> Note:
    node.keys(required=("text", "article"))
    return Note(id=note_id, text=parts.text(node.at("text")), article=node.at("article").text())


def _check_links(document: Node, sector: Sector) -> None:
    if sector.covered and not sector.rows:
        document.at("rows").fail("a covered sector needs at least one row")
    if sector.catch_all and sector.catch_all not in sector.row_ids:
        hint = nearest(sector.catch_all, sector.row_ids)
        document.at("catch_all").fail(f"unknown row: {sector.catch_all}", hint)
    for row in sector.rows:
        if row.falls and not sector.catch_all:
            document.at("rows").at(row.id).at("falls").fail("persons fall to a catch-all, and the sector names none")
    items = [item.id for item in sector.items]
    if sector.export_control_item and sector.export_control_item not in items:
        what = f"unknown item: {sector.export_control_item}"
        document.at("export_control_item").fail(what, nearest(sector.export_control_item, items))
