"""Reading one edition's folder into an `Edition`, and refusing it when anything in it is wrong.

Needed: ``edition.yaml``, ``references.yaml``, ``sectors/<id>.yaml``. Also read when present: ``rules.yaml``,
``readings.yaml``, ``classification.yaml``, ``articles.yaml``, ``fields/*.yaml``. What a zone's edition does not say
(routes, kinds of approval) it takes from the national rule.
"""

from __future__ import annotations

from pathlib import Path

from . import catalog, exclusion_files, parts, rule_files, sector_files, yaml_files
from .model import Article, Category, Edition, Item, Reading, Reference, Route, Sector
from .nodes import Node
from .rule_files import General
from .vocabulary import KINDS

REQUIRED = ("id", "kind", "title", "region", "issuers", "issued", "published", "sectors", "disclaimer")
OPTIONAL = ("trial_years", "areas", "scale", "citation_words")


def read_edition(folder: Path) -> Edition:
    """Return the edition in `folder`; FieldMapError names the file and dotted path of the first fault."""
    document = yaml_files.read(folder / "edition.yaml").keys(required=REQUIRED, optional=OPTIONAL)
    references = _references(yaml_files.read(folder / "references.yaml"))
    known = list(references)
    edition_id = document.at("id").text()
    general = _general(folder, edition_id, known, document.at("kind").word(KINDS, "kind"))
    sectors = _sectors(folder, document.at("sectors"), edition_id, known, general.paths)
    unified, categories = _classification(folder, edition_id, known)
    edition = Edition(
        id=edition_id,
        kind=document.at("kind").text(),
        title=parts.text(document.at("title")),
        region=parts.text(document.at("region")),
        issuers=tuple(parts.text(issuer) for issuer in document.at("issuers").items()),
        issued=document.at("issued").date(),
        published=document.at("published").date(),
        trial_years=document.at("trial_years").whole() if document.at("trial_years").given else None,
        areas=parts.words(document.at("areas")),
        scale={key: node.whole() for key, node in document.at("scale").entries()},
        folder=folder,
        references=references,
        sectors=sectors,
        rules=general.rules,
        regimes=general.regimes,
        readings=_readings(folder, known),
        duties=general.duties,
        approvals=general.approvals,
        paths=general.paths,
        filing=general.filing,
        unified=unified,
        categories=categories,
        articles=_articles(folder),
        citation_words={word: node.text() for word, node in document.at("citation_words").entries()},
        disclaimer=parts.text(document.at("disclaimer")),
        ciio=general.ciio,
        important_data=general.important_data,
        important_tier=general.important_tier,
        third_bucket=general.third_bucket,
        files=tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob("*.yaml"))),
    )
    _check_dates(document, edition)
    _check_scale(document, edition)
    _check_readings(folder, edition)
    _check_exclusions(folder, known)
    return edition


def _references(document: Node) -> dict[str, Reference]:
    references = {}
    for key, node in document.entries():
        node.keys(required=("title", "href", "published"))
        href = node.at("href").text()
        if not href.startswith(("https://", "http://")):
            node.at("href").fail("expected a web address")
        references[key] = Reference(key, parts.text(node.at("title")), href, node.at("published").date())
    if not references:
        document.fail("no reference at all")
    return references


def _general(folder: Path, edition: str, known: list[str], kind: str) -> General:
    path = folder / "rules.yaml"
    document = yaml_files.read(path) if path.is_file() else None
    paths = rule_files.read_paths(document) if document else ()
    if not paths and kind != "national":
        paths = catalog.national_rule().paths
    return rule_files.read_rules(document, edition, known, paths) if document else General(paths=paths)


def _sectors(folder: Path, node: Node, edition: str, known: list[str], paths: tuple[Route, ...]) -> tuple[Sector, ...]:
    effects = {path.tier: path.id for path in paths if path.tier}
    sectors: list[Sector] = []
    for name in node.items():
        file = folder / "sectors" / f"{name.text()}.yaml"
        if not file.is_file():
            name.fail(f"no file sectors/{name.text()}.yaml")
        sector = sector_files.read_sector(yaml_files.read(file, f"sectors/{file.name}"), edition, known, effects)
        if sector.id != name.text():
            name.fail(f"sectors/{file.name} calls itself {sector.id}")
        if sector.id in [other.id for other in sectors]:
            name.fail(f"sector named twice: {sector.id}")
        sectors.append(sector)
    if not sectors:
        node.fail("an edition needs at least one sector")
    return tuple(sectors)


def _readings(folder: Path, known: list[str]) -> tuple[Reading, ...]:
    path = folder / "readings.yaml"
    return rule_files.read_readings(yaml_files.read(path), known) if path.is_file() else ()


def _classification(folder: Path, edition: str, known: list[str]) -> tuple[tuple[Item, ...], tuple[Category, ...]]:
    path = folder / "classification.yaml"
    return rule_files.read_classification(yaml_files.read(path), edition, known) if path.is_file() else ((), ())


def _articles(folder: Path) -> tuple[Article, ...]:
    path = folder / "articles.yaml"
    return rule_files.read_articles(yaml_files.read(path)) if path.is_file() else ()


def _check_dates(document: Node, edition: Edition) -> None:
    if edition.published < edition.issued:
        document.at("published").fail("published before it was issued")


def _check_scale(document: Node, edition: Edition) -> None:
    """What the edition says of its own size must be what its files hold (fields are checked when they are read)."""
    held = {
        "sectors": sum(sector.covered for sector in edition.sectors),
        "scenarios": len(edition.scenarios),
        "categories": len(edition.categories),
        "sub_categories": sum(len(category.sub_categories) for category in edition.categories),
        "articles": len(edition.articles),
    }
    for key, said in edition.scale.items():
        if key in held and held[key] != said:
            document.at("scale").at(key).fail(f"the files hold {held[key]}, not {said}")


def _check_exclusions(folder: Path, known: list[str]) -> None:
    if (folder / exclusion_files.NAME).is_file():
        exclusion_files.read(folder, known)


def _check_readings(folder: Path, edition: Edition) -> None:
    path = folder / "readings.yaml"
    if not path.is_file():
        return
    document = yaml_files.read(path)
    for reading in edition.readings:
        node = document.at(reading.id)
        if not reading.sector:
            continue
        rule_files.known_word(node.at("sector"), list(edition.sector_ids), "sector")
        sector = edition.sector(reading.sector)
        if reading.row:
            rule_files.known_word(node.at("row"), list(sector.row_ids), "row")
        for scenario in node.at("scenarios").items():
            rule_files.known_word(scenario, list(sector.scenario_ids), "scenario")
