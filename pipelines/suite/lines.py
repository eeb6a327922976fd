"""The lines a check is held against, read from the reasons of its verdict: numbers and citations of the edition.

A reason with a counter is a *line*: so many persons, and from there on a route. A reason without one that still
requires a route is a *requirement*: the class of the data decides, whatever the volume. Which routes are held is what
the verdict says was held; whether the answer is right is then decided from the counts alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .measures import HANDLER

Line = dict[str, Any]
REACHES = (">=", ">")


def limits(check: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the lines that decide: of the list where it is usable, else of the national rule."""
    verdict = check.get("verdict", {})
    return tuple(_limits(verdict, check.get("counts", {}).get("rows", {})))


def _limits(verdict: Mapping[str, Any], rows: Mapping[str, Any]) -> Iterator[Line]:
    for reason in _reasons(verdict):
        if reason.get("counter") and isinstance(reason.get("threshold"), int):
            yield {
                "scope": _scope(reason, rows),
                "counter": reason["counter"],
                "threshold": reason["threshold"],
                "route": reason.get("effect", ""),
                "held": reason.get("effect") in _held(verdict),
                "citation": reason.get("article", ""),
            }


def requirements(check: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the routes that the class of the data requires, whatever the number of persons."""
    verdict = check.get("verdict", {})
    return tuple(
        {
            "rule": reason["rule"],
            "route": reason["effect"],
            "held": reason["effect"] in _held(verdict),
            "citation": reason.get("article", ""),
        }
        for reason in _reasons(verdict)
        if not reason.get("counter") and reason.get("effect") in verdict.get("paths", ())
    )


def citations(check: Mapping[str, Any]) -> dict[str, str]:
    """Return the citations of the verdict's other reasons, by aspect."""
    return {}


def disagreeing(check: Mapping[str, Any]) -> int:
    """Return the number of open points on which the answer turns."""
    verdict = check.get("verdict", {})
    return int(bool(verdict.get("undecided")))


def _reasons(verdict: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(verdict.get("reasons", ()))


def _held(verdict: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(verdict.get("held", ()))


def _scope(reason: Mapping[str, Any], rows: Mapping[str, Any]) -> str:
    row = str(reason.get("rule", "")).rpartition("/")[2]
    return row if row in rows else HANDLER
