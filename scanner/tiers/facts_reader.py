"""Reading facts strictly: an unknown word is answered with the nearest right one, an impossible fact is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NoReturn

from ... import field_maps
from ...field_maps.model import Edition, Sector
from ...field_maps.nodes import Node, nearest
from ...field_maps.vocabulary import DECLARATION_FLAGS, KINDS, REGIME_FLAGS, units
from ..counting_exclusions import provisions
from ..errors import UsageError
from . import facts_approvals
from .editions import Editions
from .facts import ACCOUNTS, Counts, Declared, Facts, Genetic, Handler, RowFacts

SCHEMA = "exportgate.facts/1"
KEYS = (
    "schema",
    "list",
    "as_of",
    "handler",
    "scenario",
    "counts",
    "rows",
    "catch_all_counts",
    "handler_counts",
    "exempt_under",
    "holdings",
    "important_data",
    "genetic",
    *REGIME_FLAGS,
    "scope_exclusion",
    "other_list",
    "treaty",
    "filing",
    "approvals",
    "readings",
)
OUTSIDE = "none"
BASES = ("list", "notified", "unified", "suspected")


def read(document: Any, *, as_of: dt.date | None, where: str) -> Facts:
    """Return the facts in `document`; UsageError where it cannot be read or cannot be true."""

    def fail(what: str, path: str, hint: str) -> NoReturn:
        raise UsageError(what, where=f"{where}: {path}" if path else where, hint=hint)

    node = Node(document, "", fail).keys(required=("sector",), optional=KEYS)
    if node.at("schema").given and node.at("schema").text() != SCHEMA:
        node.at("schema").fail(f"not a document of facts: {node.at('schema').text()}", f"expected {SCHEMA}")
    editions = _editions(node)
    sector = _sector(node, editions)
    day = _as_of(node, as_of)
    rows = _rows(node, sector)
    facts = Facts(
        list=node.at("list").text(field_maps.default_id()),
        as_of=day,
        sector=sector.id,
        rows=rows,
        handler=_handler(node.at("handler"), editions.list),
        catch_all=_counts(node.at("catch_all_counts")) if node.at("catch_all_counts").given else None,
        handler_counts=_counts(node.at("handler_counts")) if node.at("handler_counts").given else None,
        exempt_under=tuple(n.word(list(provisions()["bases"]), "basis") for n in node.at("exempt_under").items()),
        holdings=_holdings(node.at("holdings")),
        important_data=tuple(_declared(n, sector, editions) for n in node.at("important_data").items()),
        genetic=_genetic(node.at("genetic"), editions.discharges(sector)),
        flags=frozenset(flag for flag in REGIME_FLAGS if node.at(flag).flag(False)),
        scope_exclusion=_exclusion(node.at("scope_exclusion"), sector, editions),
        other_list=node.at("other_list").text(""),
        treaty=node.at("treaty").text(""),
        filing=facts_approvals.filing(node.at("filing"), day, editions.list) if node.at("filing").given else None,
        approvals=tuple(
            facts_approvals.approval(n, day, lambda row: _row_name(row, sector), editions)
            for n in node.at("approvals").items()
        ),
        readings={name: answer.text() for name, answer in node.at("readings").entries()},
    )
    _check_together(node, facts, editions)
    return facts


def _editions(node: Node) -> Editions:
    try:
        listed = field_maps.load(node.at("list").text(field_maps.default_id()))
    except field_maps.FieldMapError as error:
        node.at("list").fail(error.what, error.hint)
    try:
        other = field_maps.load(node.at("other_list").text()) if node.at("other_list").given else None
    except field_maps.FieldMapError as error:
        node.at("other_list").fail(error.what, error.hint)
    for name, edition in (("list", listed), ("other_list", other)):
        if edition is not None and edition.kind != KINDS[0]:
            node.at(name).fail(f"{edition.id} is no zone's list: it is evaluated beside every list anyway")
    return Editions(listed, other, field_maps.national_rule())


def _sector(node: Node, editions: Editions) -> Sector:
    known = list(dict.fromkeys((*editions.list.sector_ids, *(editions.other.sector_ids if editions.other else ()))))
    return editions.sector(node.at("sector").word(known, "sector"))


def _as_of(node: Node, default: dt.date | None) -> dt.date:
    if not node.at("as_of").given and default is not None:
        return default
    if not node.at("as_of").given:
        node.at("as_of").fail("missing key: as_of", "the day of the question, like 2026-11-23")
    return node.at("as_of").date()


def _rows(node: Node, sector: Sector) -> tuple[RowFacts, ...]:
    if not node.at("rows").given:
        for key in ("scenario", "counts") if sector.covered else ("counts",):
            if not node.at(key).given:
                node.at(key).fail(f"missing key: {key}")
        return (_row(node.at("scenario"), _counts(node.at("counts")), sector),)
    for key in ("scenario", "counts"):
        if node.at(key).given:
            node.at(key).fail(f"{key} stands beside rows", "give either rows, or scenario and counts")
    rows = []
    for element in node.at("rows").items():
        element.keys(required=("row", "counts"))
        rows.append(_row(element.at("row"), _counts(element.at("counts")), sector))
        if sector.covered and rows[-1].row in [row.row for row in rows[:-1]]:
            element.at("row").fail(f"row named twice: {rows[-1].row}")
    if not rows:
        node.at("rows").fail("at least one row")
    return tuple(rows)


def _row(node: Node, counts: Counts, sector: Sector) -> RowFacts:
    name = node.text("" if not sector.covered else None)
    if not sector.covered:
        return RowFacts("", counts, name)
    for scenario in sector.scenarios:
        if scenario.id == name:
            return RowFacts(scenario.row, counts, name)
    if name not in sector.row_ids:
        known = list(dict.fromkeys((*sector.scenario_ids, *sector.row_ids)))
        node.fail(f"no such scenario or row of {sector.id}: {name}", nearest(name, known))
    return RowFacts(name, counts)


def _counts(node: Node) -> Counts:
    node.keys(required=("non_sensitive", "sensitive", "any"), optional=(ACCOUNTS,))
    accounts = node.at(ACCOUNTS).whole() if node.at(ACCOUNTS).given else None
    counts = Counts(node.at("non_sensitive").whole(), node.at("sensitive").whole(), node.at("any").whole(), accounts)
    most, total = max(counts.non_sensitive, counts.sensitive), counts.non_sensitive + counts.sensitive
    if not most <= counts.any <= total:
        node.at("any").fail(
            f"the union cannot be {counts.any}", f"it lies between the larger part ({most}) and the sum ({total})"
        )
    if accounts is not None and accounts > counts.sensitive:
        node.at(ACCOUNTS).fail("more persons than have any sensitive item")
    return counts


def _holdings(node: Node) -> dict[str, int]:
    if not node.given:
        return {}
    names = ("non_sensitive", "sensitive", "any", ACCOUNTS)
    node.keys(optional=names)
    held = {name: node.at(name).whole() for name in names if node.at(name).given}
    if all(name in held for name in names[:3]):
        _counts(node)
    if ACCOUNTS in held and "sensitive" in held and held[ACCOUNTS] > held["sensitive"]:
        node.at(ACCOUNTS).fail("more persons than have any sensitive item")
    return held


def _handler(node: Node, edition: Edition) -> Handler:
    if not node.given:
        return Handler()
    node.keys(optional=("ftz_area", "exports_from_ftz", "ciio", "name", "uscc"))
    area = node.at("ftz_area").word((*edition.areas, OUTSIDE), "area", OUTSIDE)
    flags = {key: node.at(key).flag() if node.at(key).given else None for key in ("exports_from_ftz", "ciio")}
    return Handler(None if area == OUTSIDE else area, flags["exports_from_ftz"], flags["ciio"])


def _declared(node: Node, sector: Sector, editions: Editions) -> Declared:
    if isinstance(node.value, str):
        node = Node({"item": node.value}, node.path, node.fail_with)
    node.keys(required=("item",), optional=("quantity", "unit", "anonymised", "basis", *DECLARATION_FLAGS))
    known = editions.items
    item = known[node.at("item").word(list(known), "important-data item")]
    if item.sector and item.sector != sector.id:
        own = [name for name, other in known.items() if other.sector in {"", sector.id}]
        node.at("item").fail(f"{item.id} is an item of another sector than {sector.id}", nearest(item.id, own))
    plural = units().get(item.condition.unit, "")
    unit = node.at("unit").word(list(units().values()), "unit", plural or "records")
    if plural and unit != plural:
        node.at("unit").fail(f"{item.id} is counted in {plural}, not in {unit}")
    return Declared(
        item=item.id,
        quantity=node.at("quantity").whole() if node.at("quantity").given else None,
        unit=unit,
        flags={flag: node.at(flag).flag() for flag in DECLARATION_FLAGS if node.at(flag).given},
        anonymised=node.at("anonymised").flag(False),
        basis=node.at("basis").word(BASES, "basis", BASES[0]),
    )


def _genetic(node: Node, discharges: Sequence[str]) -> Genetic:
    if not node.given:
        return Genetic()
    if isinstance(node.value, bool):
        return Genetic(present=node.value)
    node.keys(optional=("present", "persons", "hgr_material", "discharged"))
    persons = node.at("persons").whole() if node.at("persons").given else None
    present = node.at("present").flag(False)
    if persons and not present:
        node.at("persons").fail("persons of genetic information that is not present")
    discharged = tuple(n.word(discharges, "discharged duty") for n in node.at("discharged").items())
    return Genetic(present, persons, node.at("hgr_material").flag(True), discharged)


def _exclusion(node: Node, sector: Sector, editions: Editions) -> str:
    if not node.given:
        return ""
    known = {exclusion.id: owner for owner, exclusion in editions.exclusions()}
    name = node.word(list(known), "scope exclusion")
    if known[name].id != sector.id:
        own = [exclusion.id for exclusion in sector.exclusions]
        node.fail(f"{name} is an exclusion of {known[name].id}, not of {sector.id}", nearest(name, own))
    return name


def _row_name(node: Node, sector: Sector) -> str:
    """Return the row an approval names; a scenario stands for its row."""
    return _row(node, Counts(0, 0, 0), sector).row if sector.covered else node.text()


def _check_together(node: Node, facts: Facts, editions: Editions) -> None:
    if facts.handler_counts is not None:
        for row in facts.rows:
            for counter in ("non_sensitive", "sensitive", "any"):
                if facts.handler_counts.of(counter) < row.counts.of(counter):
                    what = f"fewer persons than the export's own row has ({row.counts.of(counter)})"
                    node.at("handler_counts").at(counter).fail(what)
    for declared, element in zip(facts.important_data, node.at("important_data").items(), strict=True):
        item = editions.items[declared.item]
        counted_persons = item.condition.unit and units()[item.condition.unit] == declared.unit == units()["person"]
        if not counted_persons or item.held or declared.anonymised or declared.quantity is None:
            continue
        if declared.quantity > facts.persons.any:
            what = f"more persons than leave ({facts.persons.any}), and the data is not anonymised"
            element.at("quantity").fail(what)
