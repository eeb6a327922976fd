"""The list: thresholds with their articles, and the catalogue of fields with where each row comes from; searchable."""

from __future__ import annotations

from typing import Any

from ....field_maps.model import Field
from ..page import Page, number
from .exports import _whole

PER_PAGE = 40
FILTERS = ("q", "sector", "scenario", "provenance")


def view(page: Page) -> dict[str, Any]:
    """Return what ``list.html.j2`` shows."""
    edition = page.year.edition
    found = [one for one in edition.fields if _matches(page, one)]
    pages = max(1, -(-len(found) // PER_PAGE))
    at = min(pages, max(1, _whole(page.asked.get("page", "1"))))
    asked = {name: page.asked.get(name, "") for name in FILTERS}
    fields, verified, status = edition.status()
    return {
        "title": edition.title.in_(page.lang),
        "issuers": [issuer.in_(page.lang) for issuer in edition.issuers],
        "issued": page.day(edition.issued),
        "published": page.day(edition.published),
        "scale": edition.scale,
        "disclaimer": edition.disclaimer.in_(page.lang),
        "verified": page.t("list.verified", verified=verified, fields=fields, status=page.t(f"list.status.{status}")),
        "sectors": [_sector(page, sector) for sector in edition.sectors if sector.covered],
        "fields": [_field(page, one) for one in found[(at - 1) * PER_PAGE : at * PER_PAGE]],
        "found": len(found),
        "asked": asked,
        "filtered": any(asked.values()),
        "scenarios": [
            (f"{sector.id}/{scenario.id}", scenario.name.in_(page.lang), sector.name.in_(page.lang))
            for sector, scenario in edition.scenarios
        ],
        "provenances": [
            (name, page.texts.word("provenance", name), sum(one.provenance == name for one in edition.fields))
            for name in sorted({one.provenance for one in edition.fields})
        ],
        "at": at,
        "pages": pages,
        "before": page.link("/list", **asked, page=at - 1) + "#fields" if at > 1 else "",
        "after": page.link("/list", **asked, page=at + 1) + "#fields" if at < pages else "",
    }


def _sector(page: Page, sector: Any) -> dict[str, Any]:
    return {
        "name": sector.name.in_(page.lang),
        "covers": sector.covers.in_(page.lang) if getattr(sector, "covers", None) else "",
        "rows": [_row(page, sector, row) for row in sector.rows],
    }


def _row(page: Page, sector: Any, row: Any) -> dict[str, Any]:
    """Return a threshold row: its scenarios, and for each counter the persons at which tier 2 and tier 1 begin."""
    edition, counters = page.year.edition, dict[str, dict[int, str]]()
    for line in row.lines:
        persons = line.at.on(page.year.day)
        if persons is not None:
            counters.setdefault(line.counter, {})[line.tier] = number(persons)
    articles = [edition.citation(text, page.lang) for text in dict.fromkeys(line.article for line in row.lines)]
    return {
        "name": page.row(sector.id, row.id),
        "link": page.link(f"/scenario/{sector.id}/{row.id}"),
        "scenarios": [scenario.name.in_(page.lang) for scenario in sector.scenarios if scenario.row == row.id],
        "lines": [
            (page.texts.word("counter", name), tiers.get(2, ""), tiers.get(1, "")) for name, tiers in counters.items()
        ],
        "articles": articles,
    }


def _field(page: Page, one: Field) -> dict[str, Any]:
    edition = page.year.edition
    scenario = page.law.scenario_name(one.sector, one.scenario)
    first, second = (one.name_zh, one.name_en) if page.lang == "zh" else (one.name_en, one.name_zh)
    reference = edition.references.get(one.source)
    return {
        "id": one.id,
        "name": first,
        "other": second,
        "sector": page.sector(one.sector),
        "scenario": scenario,
        "kinds": ", ".join(page.texts.word("kinds", kind) for kind in one.kinds if kind != "none"),
        "category": page.t(f"list.category.{one.category}"),
        "sensitivity": one.sensitivity,
        "pi_word": page.texts.word("pi", one.sensitivity),
        "provenance": page.texts.word("provenance", one.provenance),
        "source": reference.title if reference else one.source,
        "official": one.status == "official",
    }


def _matches(page: Page, one: Field) -> bool:
    asked = page.asked
    text = asked.get("q", "").strip().casefold()
    if text and text not in "\n".join((one.id, one.name_zh, one.name_en, one.definition, *one.aliases)).casefold():
        return False
    if asked.get("scenario") and f"{one.sector}/{one.scenario}" != asked["scenario"]:
        return False
    if asked.get("sector") and one.sector != asked["sector"]:
        return False
    return not asked.get("provenance") or one.provenance == asked["provenance"]
