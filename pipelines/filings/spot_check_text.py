"""A spot-check as a table for a terminal: the answer first, then the headings, then every difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import terminal
from ..messages import Texts, texts

STYLES = {"block": "red", "review": "yellow", "note": "dim"}
OUTCOMES = {"inconsistent": "red", "review": "yellow", "consistent": "green"}


def text(document: Mapping[str, Any], lang: str = "en", *, cite: Any = str) -> str:
    """Return ``exportgate.filing-verify/1`` as text; `cite` writes an article in the language."""
    says = texts(lang)
    found = document["inconsistencies"]
    parts: list[Any] = [_answer(document, says), _headings(document, says, lang, cite)]
    if found:
        parts += [terminal.line(""), _differences(found, says, lang, cite)]
    chain, days = document["chain"], document["period"]
    told = says(
        "spot_check.period",
        exports=document["exports"],
        start=days["from"],
        end=days["to"],
        entries=chain.get("entries", 0),
        head=chain.get("head", ""),
    )
    rule = f"{document['rule'][lang]} ({cite(document['rule']['article'])})"
    return terminal.printed([*parts, terminal.line(""), terminal.line(told, "dim"), terminal.line(rule, "dim")])


def _answer(document: Mapping[str, Any], says: Texts) -> Any:
    if document["blocking"]:
        return terminal.line(says("spot_check.blocking", count=document["blocking"]), "bold red")
    if document["faithful"]:
        return terminal.line(says("spot_check.faithful", exports=document["exports"]), "bold green")
    waiting = sum(found["level"] == "review" for found in document["inconsistencies"])
    return terminal.line(says("spot_check.review", count=waiting), "bold yellow")


def _headings(document: Mapping[str, Any], says: Texts, lang: str, cite: Any) -> Any:
    table = terminal.grid(says("spot_check.heading"), says("spot_check.outcome"), says("spot_check.article"))
    for heading in document["headings"]:
        outcome = terminal.line(says("spot_check.outcomes." + heading["outcome"]), OUTCOMES[heading["outcome"]])
        table.add_row(terminal.line(heading["name"][lang]), outcome, terminal.line(cite(heading["article"])))
    return table


def _differences(found: Any, says: Texts, lang: str, cite: Any) -> Any:
    heads = ("", "spot_check.what", "spot_check.change", "spot_check.evidence")
    table = terminal.grid(*(says(head) if head else "" for head in heads))
    for one in found:
        cells = (
            terminal.line(says("spot_check.level." + one["level"]), STYLES[one["level"]]),
            terminal.line(one["message"][lang]),
            terminal.line(_change(one, says, cite)),
            terminal.line(_evidence(one, says), "dim"),
        )
        table.add_row(*cells)
    return table


def _change(one: Mapping[str, Any], says: Texts, cite: Any) -> str:
    if one["material"]:
        return says("spot_check.material.yes", article=cite((one["ground"] or one)["article"]))
    if one["material"] is False:
        return says("spot_check.material.no")
    return says("spot_check.material.unknown" if one["ground"] else "spot_check.material.none")


def _evidence(one: Mapping[str, Any], says: Texts) -> str:
    if not one["evidence"]:
        return says("spot_check.never")
    first = one["evidence"][0]
    name, others = f"{first['day']} {first['export']}", len(one["evidence"]) - 1
    return says("spot_check.more", first=name, count=others) if others else name
