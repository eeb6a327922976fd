"""The lines a check is held against: which ones from the verdict's reasons, their numbers from the edition once more.

A reason with a counter is a *line*: so many persons, and from there on a route. Its number, its tier and every other
line of the same row and counter are read from the edition again, and held against the counts of the check, not against
what the verdict says it observed. A route that is required without a line of persons is a *requirement*: the class of
the data decides, whatever the volume. Which routes are held is what the verdict found to be held; `allowed` is never
looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .measures import HANDLER, ONLY_NON_SENSITIVE, Measures

if TYPE_CHECKING:
    from ...field_maps.model import Edition, Line

Reason = Mapping[str, Any]
Limit = dict[str, Any]
BESIDE = "beside"
"""First part of the scope of persons that the verdict counted elsewhere: those of another row who fall to this one."""


class Reading:
    """A check read for the suite: its reasons, and the editions that they cite."""

    def __init__(self, check: Mapping[str, Any], measured: Measures) -> None:
        self.check, self.measured = check, measured
        self.verdict: Mapping[str, Any] = check.get("verdict", {})
        self.held = frozenset(self.verdict.get("held", ()))
        self.reasons: list[Reason] = list(self.verdict.get("reasons", ()))

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The editions cited, the national rule last; an edition that is not installed here is left out."""
        from ... import field_maps

        names = [scan.get("list", {}).get("id") for scan in self.check.get("scans", ())]
        known = [name for name in dict.fromkeys([*names, self.verdict.get("regime")]) if name in field_maps.known_ids()]
        national = field_maps.national_rule()
        return (*(field_maps.load(name) for name in known if name != national.id), national)

    def route_of(self, tier: int) -> str:
        """Return the route that a tier stands for."""
        return next((path.id for edition in self.editions for path in edition.paths if path.tier == tier), "")

    def lines_of(self, reason: Reason) -> list[tuple[str, Line, int]]:
        """Return the edition's lines of the reason's row and counter: the scope counted, the line, its number today."""
        day = date.fromisoformat(str(self.check["as_of"])) if self.check.get("as_of") else None
        found = []
        for edition in self.editions:
            for _, row in edition.rows:
                scope = HANDLER if edition is self.editions[-1] else row.id
                for line in row.lines:
                    if day and line.rule == reason["rule"] and line.counter == reason["counter"]:
                        number = line.at.on(day)
                        found += [(scope, line, number)] if number is not None else []
        return found

    def counted(self, scope: str, reason: Reason) -> str:
        """Return the counter whose measure the reason speaks of, in a scope; empty when the scope was not counted.

        Persons with sensitive items may be read to leave the non-sensitive counter: then the verdict observed the rest.
        """
        name = str(reason["counter"])
        plain, rest = (self.measured.get(f"persons.{scope}.{key}") for key in (name, ONLY_NON_SENSITIVE))
        if plain is None:
            return ""
        left = name == "non_sensitive" and plain != reason["observed"] == rest
        return ONLY_NON_SENSITIVE if left else name


def limits(reading: Reading) -> tuple[Limit, ...]:
    """Return the lines that decide, each once, and add the measures they need that the counts do not name."""
    found: dict[tuple[str, str, int], Limit] = {}
    for reason in reading.reasons:
        if reason.get("counter") and isinstance(reason.get("threshold"), int) and reason.get("effect") != "review":
            for limit in _of_reason(reading, reason):
                found.setdefault((limit["scope"], limit["counter"], limit["threshold"]), limit)
    return tuple(found.values())


def _of_reason(reading: Reading, reason: Reason) -> Iterator[Limit]:
    lines = reading.lines_of(reason)
    own = [(scope, line, number) for scope, line, number in lines if reading.counted(scope, reason)]
    for scope, line, number in own:
        law = (reading.route_of(line.tier), line.article)
        yield _limit(reading, scope, reading.counted(scope, reason), number, law)
    if not any(_observed(reading, scope, reason) == reason["observed"] for scope, _, _ in own):
        yield from _as_observed(reading, reason, lines)


def _as_observed(reading: Reading, reason: Reason, lines: list[tuple[str, Line, int]]) -> Iterator[Limit]:
    """Hold what the verdict observed against its line: persons who are not the counts of one row of this export."""
    scope = _named_scope(reading, reason)
    if scope is None:
        scope = f"{BESIDE}.{reason['rule']}"
        reading.measured[f"persons.{scope}.{reason['counter']}"] = int(reason["observed"])
    exact = [line for _, line, number in lines if number == reason["threshold"]]
    if lines and not exact:
        # the edition has no such number: nothing may be concluded from a line that nobody can look up
        yield _limit(reading, f"{BESIDE}.unknown-line", reason["counter"], reason["threshold"], ("", reason["article"]))
        return
    route = reading.route_of(exact[0].tier) if exact else str(reason["effect"])
    yield _limit(reading, scope, str(reason["counter"]), reason["threshold"], (route, reason["article"]))


def _named_scope(reading: Reading, reason: Reason) -> str | None:
    """The row a rule is named after, where it was counted and no edition is at hand to look it up."""
    row = str(reason["rule"]).rpartition("/")[2]
    counted = reading.measured.get(f"persons.{row}.{reason['counter']}")
    return row if counted is not None and not reading.lines_of(reason) else None


def _observed(reading: Reading, scope: str, reason: Reason) -> int | None:
    return reading.measured.get(f"persons.{scope}.{reading.counted(scope, reason)}")


def _limit(reading: Reading, scope: str, counter: str, threshold: int, law: tuple[str, str]) -> Limit:
    route, citation = law
    return {
        "scope": scope,
        "counter": counter,
        "threshold": threshold,
        "route": route,
        "held": route in reading.held,
        "citation": citation,
    }


def requirements(reading: Reading, lines: Iterable[Limit]) -> tuple[Limit, ...]:
    """Return the routes that are required without a line of persons, each with the rule that says so."""
    by_persons = {line["route"] for line in lines}
    named = {
        reason["effect"]: reason
        for reason in reversed(reading.reasons)
        if not reason.get("counter") and reason.get("effect") in _required(reading)
    }
    unexplained = [route for route in _required(reading) if route not in by_persons and route not in named]
    rules = [*named.values(), *({"rule": "", "article": "", "effect": route} for route in unexplained)]
    return tuple(
        {
            "rule": rule["rule"],
            "route": rule["effect"],
            "held": rule["effect"] in reading.held,
            "citation": rule["article"],
        }
        for rule in rules
    )


def _required(reading: Reading) -> list[str]:
    """Return the routes the verdict requires; of the national rule where the list is not usable."""
    verdict = reading.verdict
    required = list(verdict.get("paths", ()))
    if verdict.get("usable") is False and verdict.get("fallback"):
        required.append(verdict["fallback"]["path"])
    free = {path.id for edition in reading.editions for path in edition.paths if path.tier == 0}
    return [route for route in dict.fromkeys(required) if route not in free]


def citations(reading: Reading) -> dict[str, str]:
    """Return what else is cited, by aspect: the provision on keeping export and filing consistent."""
    filings = [edition.filing for edition in reading.editions if edition.filing]
    rules = [rule for filing in filings for rule in filing.rules if rule.id == "consistency"]
    return {"filing": rules[0].article} if rules else {}


def disagreeing(check: Mapping[str, Any]) -> int:
    """Return whether the answer turns on open points (1), or not (0)."""
    return int(bool(check.get("verdict", {}).get("undecided")))
