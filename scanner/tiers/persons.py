"""Persons against thresholds: the rows of the list, their catch-all, and the national rule."""

from __future__ import annotations

from dataclasses import dataclass

from ...field_maps.model import Line, Row
from ..errors import UsageError
from .case import Case
from .facts import KIND_COUNTERS, Counts, RowFacts
from .findings import Test


@dataclass(frozen=True)
class Persons:
    """The tests of an export's persons, and which of its rows the list did not take."""

    tests: tuple[Test, ...] = ()
    outside: tuple[str, ...] = ()
    catch_all_consulted: bool = False
    fell: tuple[Row, ...] = ()
    row_tests: tuple[Test, ...] = ()


def of_list(case: Case) -> Persons:
    """Test every row of the export, and the catch-all with the persons that fall to it."""
    tests: list[Test] = []
    outside: list[str] = []
    fell: list[Row] = []
    pools: list[tuple[RowFacts, tuple[str, ...]]] = []
    filled = False
    for row_facts in case.facts.rows:
        row = case.sector.row(row_facts.row)
        if case.acts("row-outside", row=row.id):
            outside.append(row.id)
        elif row.id != case.sector.catch_all and case.acts("scenario-to-catch-all", scenario=row_facts.scenario):
            pools.append((row_facts, KIND_COUNTERS))
        else:
            tests += _row_tests(case, row, row_facts)
            filling = _filled_floor(case, row, row_facts)
            tests, filled = tests + filling, filled or any(test.fired for test in filling)
            falling = tuple(counter for counter in row.falls if case.observed(row_facts.counts, counter))
            if falling:
                fell.append(row)
            if case.acts("catch-all-cumulative") and row.id != case.sector.catch_all:
                falling = KIND_COUNTERS
            pools.append((row_facts, falling))
    caught = _catch_all_tests(case, pools)
    return Persons((*tests, *caught), tuple(outside), bool(caught) or filled, tuple(fell), tuple(tests))


def _row_tests(case: Case, row: Row, row_facts: RowFacts) -> list[Test]:
    return _tests(case, row.lines, row_facts.counts, row.id)


def _tests(case: Case, lines: tuple[Line, ...], counts: Counts, row: str) -> list[Test]:
    found = []
    for line in lines:
        threshold = line.at.on(case.facts.as_of)
        if threshold is not None:
            found.append(Test(line, case.observed(counts, line.counter), threshold, row))
    return found


def _filled_floor(case: Case, row: Row, row_facts: RowFacts) -> list[Test]:
    """Below the row's first line the catch-all's band of the same tier holds after all, when so read."""
    if not case.sector.catch_all or row.id == case.sector.catch_all:
        return []
    counters = [c for c in row.counters if case.acts("floor-filled", row=row.id, counter=c)]
    found = []
    for counter in counters:
        own = [test for test in _row_tests(case, row, row_facts) if test.line.counter == counter]
        mildest = min(own, key=lambda test: test.threshold)
        lines = tuple(
            line
            for line in case.sector.row(case.sector.catch_all).lines
            if line.counter == counter and line.tier == mildest.line.tier
        )
        found += _tests(case, lines, row_facts.counts, row.id)
    return found


def _catch_all_tests(case: Case, pools: list[tuple[RowFacts, tuple[str, ...]]]) -> list[Test]:
    """Test the catch-all with everybody who falls to it: what the facts say of it, else the sum of those who fall."""
    if not case.sector.catch_all or not any(counters for _, counters in pools):
        return []
    row = case.sector.row(case.sector.catch_all)
    found = []
    for line in row.lines:
        threshold = line.at.on(case.facts.as_of)
        falling = [case.observed(facts.counts, line.counter) for facts, counters in pools if line.counter in counters]
        if threshold is not None and falling:
            found.append(Test(line, _caught(case, line.counter, falling), threshold, row.id))
    return found


def _caught(case: Case, counter: str, falling: list[int]) -> int:
    if case.facts.catch_all is not None:
        return max(case.observed(case.facts.catch_all, counter), *falling)
    own = [case.observed(row.counts, counter) for row in case.facts.rows if row.row == case.sector.catch_all]
    return sum(falling) + sum(own)


def of_nation(case: Case) -> list[Test]:
    """Test the whole handler's persons against the national rule; UsageError before there was one."""
    national = case.editions.national
    if case.facts.as_of < national.issued:
        what = f"no rule of this release was in force on {case.facts.as_of}"
        raise UsageError(what, where="facts: as_of", hint=f"the national rule holds from {national.issued}")
    lines = tuple(line for _, row in national.rows for line in row.lines)
    return _tests(case, lines, case.facts.national_counts, "")


def of_operator(case: Case, line: Line | None, counts: Counts) -> list[Test]:
    """Test a critical-infrastructure operator's persons: the first one is enough."""
    if line is None or not case.ciio:
        return []
    return _tests(case, (line,), counts, "ciio")
