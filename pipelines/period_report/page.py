"""The period as one page: loads nothing, links nowhere, holds no raw value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..messages import texts
from ..report.law import law_of
from . import picture


def page(document: Mapping[str, Any], lang: str = "en") -> str:
    """Return ``exportgate.report/1`` as HTML in a language."""
    from datetime import date

    says = texts(lang)
    law = law_of(document["list"]["id"], date.fromisoformat(document["period"]["to"]), says)

    def cite(article: str) -> str:
        return str(law.edition.citation(article, lang)) if law.edition else article

    return str(
        _environment()
        .get_template("period.html.j2")
        .render(
            report=document,
            says=says,
            l=lang,
            lang={"zh": "zh-CN"}.get(lang, lang),
            cite=cite,
            law=law,
            pictures=[(year, picture.steps_of(year, says, lang)) for year in document["years"]],
            columns=picture.columns_of([month for year in document["years"] for month in year["months"]], lang),
            size=picture,
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    folders = ("exportgate.pipelines.period_report", "exportgate.pipelines.report")
    made = Environment(
        loader=ChoiceLoader([PackageLoader(folder, "templates") for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["count"] = lambda number: f"{number:,}"
    made.filters["signed"] = lambda number: f"{number:+,}" if number else "0"
    return made
