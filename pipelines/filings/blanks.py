"""What a person still has to write, with the paper's part that asks for it and the article behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...field_maps.model import Edition, Paper

APPLICATION, FILING = "application", "filing"


def blanks(document: Mapping[str, Any], edition: Edition) -> list[dict[str, Any]]:
    """Return everything a person still has to write, with the paper's part and its article."""
    rules = edition.filing
    if rules is None:
        return []
    found: list[dict[str, Any]] = []
    application, filing = rules.paper(APPLICATION), rules.paper(FILING)
    if application:
        unknown = [key for key in ("name", "uscc", "ftz_area") if not document["handler"][key]]
        found += [_blank(f"handler.{key}", application, "registration") for key in unknown]
        unsaid = [part.id for part in application.parts if not document["application"][part.id]["text"]]
        found += [_blank(f"application.{part}", application, part) for part in unsaid]
    for at, export in enumerate(document["exports"]) if filing else ():
        assert filing is not None
        asked = [part.id for part in filing.parts if _unsaid(part.id, export)]
        found += [_blank(f"exports[{at}].{part}", filing, part) for part in asked]
    return found


def _unsaid(part: str, export: Mapping[str, Any]) -> bool:
    """Tell whether a person has to add something to a part: some parts can never be known from data alone."""
    if part == "catalogue":
        return not export["columns"]
    if part == "reason":
        return not export["reason"]
    if part == "sub-categories":
        return not export["sub_categories"]
    if part == "legal-documents":
        return not export["documents"]
    return True


def _blank(where: str, paper: Paper, part_id: str) -> dict[str, Any]:
    part = paper.part(part_id)
    ask = {"en": part.ask.en, "zh": part.ask.zh}
    return {"where": where, "paper": paper.id, "part": part_id, "ask": ask, "article": paper.article}
