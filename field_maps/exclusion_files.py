"""The bases on which volumes do not count (``exclusions.yaml`` of the national rule), read as strictly as the rest.

The document is used as it stands: what is checked here is that every basis is named in both languages and cited.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from . import parts, yaml_files
from .nodes import Node

NAME = "exclusions.yaml"
TOP = ("edition", "bases", "void", "refused", "minor", "records")
BASIS_FLAGS = ("void_with_important_data", "official_fields_only", "other_row_only")
ASSERTIONS = ("no-personal-information", "collected-abroad", "off-list")


def read(folder: Path, known: Collection[str] | None = None) -> Mapping[str, Any]:
    """Return the document in `folder`, whose references are `known`; FieldMapError names file and dotted path."""
    document = yaml_files.read(folder / NAME)
    document.keys(required=(*TOP, *parts.SOURCE_KEYS))
    if known is not None:
        parts.file_source(document, known)
    for _, basis in document.at("bases").entries():
        _basis(basis)
    _void(document.at("void"))
    for _, refused in document.at("refused").entries():
        refused.keys(required=("article", "why"))
        parts.text(refused.at("why"))
    document.at("minor").keys(required=("age", "unit", "article", "reference"))
    parts.dated(document.at("minor").at("age"))
    document.at("records").keys(required=("years", "article", "reference"))
    document.at("records").at("years").whole()
    read_document: Mapping[str, Any] = document.value
    return read_document


def _basis(node: Node) -> None:
    node.keys(required=("article", "evidence", "name"), optional=("asserts", "void", *BASIS_FLAGS))
    node.at("article").text()
    parts.text(node.at("name"))
    if node.at("asserts").given:
        node.at("asserts").word(ASSERTIONS, "assertion")
    for flag in BASIS_FLAGS:
        node.at(flag).flag(False)
    if node.at("void").given:
        _void(node.at("void"))
    for alternatives in node.at("evidence").items():
        parts.words(alternatives)


def _void(node: Node) -> None:
    """Check which article makes a basis void, and why."""
    node.keys(required=("article", "why"))
    parts.text(node.at("why"))
