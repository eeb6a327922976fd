"""The catalogue's rows: ``fields/*.yaml`` (or ``fields.yaml``) of an edition, one entry per field of a scenario."""

from __future__ import annotations

from pathlib import Path

from . import parts, yaml_files
from .model import Edition, Field
from .nodes import Node, nearest
from .vocabulary import PROVENANCES

REQUIRED = ("id", "sector", "scenario", "row", "name_zh", "name_en", "provenance", "source", "status")
OPTIONAL = ("definition", "definition_zh", "kinds", "aliases", "category", "sensitivity", "item")
STATUSES = ("draft", "official")


def read_fields(edition: Edition) -> tuple[Field, ...]:
    """Return every row of the edition's field files, in their order; FieldMapError when one is wrong."""
    fields: dict[str, Field] = {}
    called: dict[tuple[str, str, str], str] = {}
    for path in _files(edition.folder):
        document = yaml_files.read(path, str(path.relative_to(edition.folder)))
        for node in document.items():
            row = _field(node, edition)
            if row.id in fields:
                node.at("id").fail(f"field named twice: {row.id}")
            namesake = called.setdefault((row.sector, row.scenario, row.name_zh), row.id)
            if namesake != row.id:
                node.at("name_zh").fail(f"{row.name_zh} is already {namesake} in this scenario")
            fields[row.id] = row
    return tuple(fields.values())


def _files(folder: Path) -> list[Path]:
    single = folder / "fields.yaml"
    return [*([single] if single.is_file() else []), *sorted((folder / "fields").glob("*.yaml"))]


def _field(node: Node, edition: Edition) -> Field:
    node.keys(required=REQUIRED, optional=OPTIONAL)
    sector = edition.sector(node.at("sector").word(edition.sector_ids, "sector"))
    scenario = node.at("scenario").word(sector.scenario_ids, "scenario")
    row = node.at("row").word(sector.row_ids, "row")
    belongs = edition.row_for(sector.id, scenario).id
    if row != belongs:
        node.at("row").fail(f"scenario {scenario} counts under {belongs}, not {row}", nearest(belongs, [belongs]))
    return Field(
        id=node.at("id").text(),
        sector=sector.id,
        scenario=scenario,
        row=row,
        name_zh=node.at("name_zh").text(),
        name_en=node.at("name_en").text(),
        definition=node.at("definition").text(""),
        definition_zh=node.at("definition_zh").text(""),
        kinds=parts.words(node.at("kinds")),
        aliases=parts.words(node.at("aliases")),
        category=node.at("category").text(""),
        sensitivity=node.at("sensitivity").text(""),
        provenance=node.at("provenance").word(PROVENANCES, "provenance"),
        source=node.at("source").text(),
        status=node.at("status").word(STATUSES, "status"),
        item=node.at("item").word(list(edition.items), "item") if node.at("item").given else "",
    )
