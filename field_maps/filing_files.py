"""The filing's papers, the headings of a spot-check and the areas' agencies, as ``rules.yaml`` has them."""

from __future__ import annotations

from collections.abc import Collection

from . import parts
from .model import Agency, Heading, Paper, Part
from .nodes import Node


def read_headings(node: Node, grounds: Collection[str]) -> tuple[Heading, ...]:
    """Read what is compared between export and filing; a ground must be one of the filing's."""
    found = []
    for heading, each in node.entries():
        each.keys(required=("article", "text"), optional=("ground",))
        ground = each.at("ground")
        named = ground.word(grounds, "ground") if ground.given else ""
        found.append(Heading(heading, parts.text(each.at("text")), each.at("article").text(), named))
    return tuple(found)


def read_papers(node: Node) -> tuple[Paper, ...]:
    """Read the papers of a filing, part by part."""
    found = []
    for paper, each in node.entries():
        each.keys(required=("article", "title", "parts"))
        asked = tuple(_part(name, part) for name, part in each.at("parts").entries())
        found.append(Paper(paper, parts.text(each.at("title")), each.at("article").text(), asked))
    return tuple(found)


def _part(name: str, node: Node) -> Part:
    node.keys(required=("title", "ask"), optional=("years",))
    years = node.at("years").whole() if node.at("years").given else None
    return Part(name, parts.text(node.at("title")), parts.text(node.at("ask")), years)


def read_agencies(node: Node) -> tuple[Agency, ...]:
    """Read who answers in which area."""
    found = []
    for area, each in node.entries():
        each.keys(required=("article", "name"))
        found.append(Agency(area, parts.text(each.at("name")), each.at("article").text()))
    return tuple(found)
