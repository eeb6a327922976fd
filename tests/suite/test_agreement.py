"""Rules and suite are two roads to one answer: over situations of every sector they never part."""

from __future__ import annotations

import random
from typing import Any

import pytest

from exportgate import field_maps
from exportgate.pipelines import suite
from exportgate.pipelines.expectations.base import NotEvaluatedError
from exportgate.pipelines.suite import computed
from exportgate.scanner import tiers

EDITION = field_maps.load(field_maps.default_id())
KINDS = ("non_sensitive", "sensitive", "any")


def around_the_lines(rng: random.Random) -> int:
    """A number on, just below or just above some line of the edition, or nobody."""
    lines = [number for _, row in EDITION.rows for line in row.lines for _, number in line.at.values if number]
    return max(0, rng.choice([0, *lines]) + rng.choice([-1, 0, 1]))


def counts(rng: random.Random) -> dict[str, int]:
    plain, sensitive = around_the_lines(rng), around_the_lines(rng)
    both = rng.choice([max(plain, sensitive), plain + sensitive])
    return {"non_sensitive": plain, "sensitive": sensitive, "any": both}


def approvals(rng: random.Random, rows: tuple[str, ...]) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = []
    for kind in field_maps.national_rule().approvals:
        if rng.random() < 0.35:
            approval: dict[str, Any] = {"path": kind.id, "status": rng.choice(["valid", "valid", "suspended"])}
            if kind.makes_usable:
                approval |= {"opinion": "off-list", "opinion_date": "2026-03-02"}
            if rng.random() < 0.3:
                approval["rows"] = [rng.choice(rows)]
            if rng.random() < 0.2:
                approval["max_persons"] = 100_000
            held.append(approval)
    return held


def situation(rng: random.Random) -> dict[str, Any]:
    sector = rng.choice([sector for sector in EDITION.sectors if sector.covered])
    rows = rng.sample(sector.row_ids, min(len(sector.row_ids), rng.choice([1, 1, 2])))
    of_row = {row: counts(rng) for row in rows}
    whole = {kind: sum(counted[kind] for counted in of_row.values()) for kind in KINDS}
    items = [{"item": item.id, "basis": rng.choice(["list", "suspected"])} for item in sector.items]
    return {
        "list": EDITION.id,
        "as_of": rng.choice(["2026-11-23", "2026-11-23", "2027-12-30"]),
        "handler": {"ftz_area": rng.choice([*EDITION.areas, "none"]), "ciio": rng.random() < 0.1},
        "sector": sector.id,
        "rows": [{"row": row, "counts": counted} for row, counted in of_row.items()],
        "catch_all_counts": whole,
        "handler_counts": {**whole, "sensitive_with_accounts_or_diagnosis": 0},
        "important_data": rng.sample(items, min(1, len(items))) if rng.random() < 0.2 else [],
        "genetic": {"present": rng.random() < 0.1},
        "core_data": rng.random() < 0.05,
        "export_controlled": rng.random() < 0.05,
        "approvals": approvals(rng, sector.row_ids),
    }


def as_check(facts: dict[str, Any], verdict: dict[str, Any]) -> dict[str, Any]:
    whole = facts["handler_counts"]
    rows = {row["row"]: row["counts"] for row in facts["rows"]}
    scan = {"rows": 5, "rows_scanned": 5, "exhaustive": True, "list": {"id": EDITION.id}, "columns": []}
    return {
        "as_of": facts["as_of"],
        "scans": [scan],
        "counts": {"this_export": whole, "year_to_date": whole, "handler": whole, "rows": rows},
        "verdict": verdict,
    }


def concludes(check: dict[str, Any]) -> bool:
    """What the expectations conclude, without the machinery around them."""
    found = suite.findings(check)
    expectations = computed.expectations(found, bool(check["verdict"]["undecided"]))
    return all(concludes_one(expectation, found) for expectation in expectations if expectation.severity == "critical")


def concludes_one(expectation: Any, found: Any) -> bool:
    try:
        return bool(expectation.conclude(found).success)
    except NotEvaluatedError:
        return False


@pytest.mark.parametrize("seed", range(6))
def test_rules_and_suite_agree(seed: int) -> None:
    rng = random.Random(seed)
    answers = set()
    for number in range(200):
        facts = situation(rng)
        readings = {reading.id: reading.other for reading in EDITION.readings if rng.random() < 0.15}
        check = as_check(facts, tiers.evaluate(tiers.Facts.from_dict(facts), readings).to_dict())
        success = concludes(check)
        assert suite.disagreement(check, {"success": success, "results": []}) == "", (facts, readings)
        if number % 50 == 0:
            assert suite.validate(check)["success"] == success
        answers.add(success)
    assert answers == {True, False}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"allowed": True}, "the rules say the export may go"),
        ({"reasons": [], "paths": []}, "the suite says it must not go"),
    ],
)
def test_a_verdict_that_was_tampered_with_is_noticed(change: dict[str, Any], told: str) -> None:
    counted = {"non_sensitive": 500_000, "sensitive": 0, "any": 500_000}
    facts = {
        "as_of": "2026-11-23",
        "handler": {"ftz_area": "xiamen"},
        "sector": "retail",
        "rows": [{"row": "membership", "counts": counted}],
        "handler_counts": {**counted, "sensitive_with_accounts_or_diagnosis": 0},
    }
    verdict = tiers.evaluate(tiers.Facts.from_dict(facts)).to_dict()
    assert verdict["allowed"] is False
    tampered = verdict | {"allowed": True} | change
    assert told in suite.validate(as_check(facts, tampered))["disagreement"]
