"""The small parts every file of an edition is made of: texts, dated numbers, sources, lines, conditions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from .model import Condition, Dated, Line, Source, Text, ThirdBucket
from .nodes import Node, nearest
from .vocabulary import COUNTERS, DECLARATION_FLAGS, PROVENANCES, units

SOURCE_KEYS = ("last_checked", "provenance", "reference")


@dataclass(frozen=True)
class FileSource:
    """What a file says of all its rules at once; a rule may say otherwise."""

    source: Source
    references: Collection[str]

    def of(self, node: Node) -> Source:
        """Return the source of one rule: the file's, overridden by the rule's own keys."""
        own, whole = node, self.source
        return Source(
            reference=_reference(own.at("reference"), self.references, whole.reference),
            provenance=own.at("provenance").word(PROVENANCES, "provenance", whole.provenance),
            last_checked=own.at("last_checked").date() if own.at("last_checked").given else whole.last_checked,
        )


def file_source(document: Node, references: Collection[str]) -> FileSource:
    """Read ``last_checked``, ``provenance`` and ``reference`` at the top of a file."""
    for key in SOURCE_KEYS:
        if not document.at(key).given:
            document.at(key).fail("missing reference" if key == "reference" else f"missing key: {key}")
    source = Source(
        reference=_reference(document.at("reference"), references, None),
        provenance=document.at("provenance").word(PROVENANCES, "provenance"),
        last_checked=document.at("last_checked").date(),
    )
    return FileSource(source, references)


def _reference(node: Node, known: Collection[str], default: str | None) -> str:
    name = node.text(default)
    if name not in known:
        node.fail(f"unknown reference: {name}", nearest(name, known))
    return name


def text(node: Node) -> Text:
    """Read a wording in English and Chinese."""
    node.keys(required=("en", "zh"))
    return Text(en=node.at("en").text(), zh=node.at("zh").text())


def dated(node: Node) -> Dated:
    """Read a number by the first day it holds; null ends it."""
    values = []
    for key in node.mapping():
        day = Node(key, node.path, node.fail_with).date()
        value = Node(node.value[key], f"{node.path}.{day}", node.fail_with)
        values.append((day, value.whole() if value.given else None))
    if not values:
        node.fail("a number needs the day from which it holds")
    if [day for day, _ in values] != sorted(day for day, _ in values):
        node.fail("the days must rise")
    return Dated(tuple(values))


def unit(node: Node) -> str:
    """Read a unit of the closed list."""
    return node.word(list(units()), "unit")


def line(node: Node, *, rule: str, unit_: str, articles: dict[int, str], effects: dict[int, str]) -> Line:
    """Read one threshold; its article is its own or its tier's."""
    node.keys(required=("counter", "tier", "at"), optional=("article", "unit"))
    tier = node.at("tier").whole()
    if tier not in effects:
        node.at("tier").fail(f"unknown tier: {tier}", f"one of: {', '.join(map(str, sorted(effects)))}")
    article = node.at("article").text(articles.get(tier, ""))
    if not article:
        node.at("article").fail("missing article")
    return Line(
        rule=rule,
        counter=node.at("counter").word(COUNTERS, "counter"),
        tier=tier,
        at=dated(node.at("at")),
        article=article,
        unit=unit_,
    )


def condition(node: Node) -> Condition:
    """Read when an important-data item is met; nothing said means: as soon as it is present."""
    if not node.given:
        return Condition()
    node.keys(optional=("minimum", "unit", "needs", "instead"))
    minimum = dated(node.at("minimum")) if node.at("minimum").given else None
    if minimum is not None and not node.at("unit").given:
        node.at("unit").fail("missing key: unit")
    return Condition(
        minimum=minimum,
        unit=unit(node.at("unit")) if node.at("unit").given else "",
        needs=tuple(flag.word(DECLARATION_FLAGS, "condition") for flag in node.at("needs").items()),
        instead=tuple(flag.word(DECLARATION_FLAGS, "condition") for flag in node.at("instead").items()),
    )


def words(node: Node) -> tuple[str, ...]:
    """Read a list of texts."""
    listed = node.value
    if isinstance(listed, list) and all(isinstance(each, str) and each.strip() for each in listed):
        return tuple([each.strip() for each in listed])
    return tuple(element.text() for element in node.items())


def third_bucket(node: Node, rule: str) -> ThirdBucket | None:
    """Read the data that goes another lawful way; nothing when there is none."""
    if not node.given:
        return None
    needed = ("name", "article", "path", "discharges", "excluded_kinds", "review_above", "review_note")
    node.keys(required=needed)
    return ThirdBucket(
        rule=rule,
        name=text(node.at("name")),
        article=node.at("article").text(),
        path=node.at("path").text(),
        discharges=words(node.at("discharges")),
        excluded_kinds=text(node.at("excluded_kinds")),
        review_above=dated(node.at("review_above")),
        review_note=text(node.at("review_note")),
    )
