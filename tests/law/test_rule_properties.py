"""What must hold for every situation, whatever its numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exportgate import field_maps
from exportgate.scanner import tiers

LIST = field_maps.load("fujian-2025")
NATIONAL = field_maps.national_rule()
STRICTNESS = {0: 0, None: 0, 2: 1, 1: 2}
READINGS = {reading.id: reading for edition in (NATIONAL, LIST) for reading in edition.readings}
PLACES = [(s.id, name) for s in LIST.sectors if s.covered for name in dict.fromkeys((*s.scenario_ids, *s.row_ids))]
EDGES = sorted({value for _, row in LIST.rows for line in row.lines for _, value in line.at.values if value})
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

persons = st.one_of(st.integers(0, 5_000_000), st.sampled_from(EDGES).map(lambda n: n - 1), st.sampled_from(EDGES))


@st.composite
def counts(draw: st.DrawFn) -> dict[str, int]:
    non_sensitive, sensitive = draw(persons), draw(persons)
    union = draw(st.integers(max(non_sensitive, sensitive), non_sensitive + sensitive))
    accounts = draw(st.integers(0, sensitive))
    return {
        "non_sensitive": non_sensitive,
        "sensitive": sensitive,
        "any": union,
        "sensitive_with_accounts_or_diagnosis": accounts,
    }


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    sector, scenario = draw(st.sampled_from([*PLACES, ("other", "any")]))
    handler = {"ftz_area": draw(st.sampled_from(["xiamen", "none"])), "exports_from_ftz": draw(st.booleans())}
    handler["ciio"] = draw(st.sampled_from([False, False, False, True]))
    situation: dict[str, Any] = {
        "as_of": draw(st.sampled_from(["2025-12-17", "2025-12-20", "2026-11-23", "2027-12-20", "2028-12-20"])),
        "handler": handler,
        "sector": sector,
        "scenario": scenario,
        "counts": draw(counts()),
    }
    if draw(st.booleans()) and situation["as_of"] > "2026-03-02":
        situation["filing"] = {"opinion": "off-list", "opinion_date": "2026-03-02", "status": "valid"}
    if draw(st.booleans()):
        situation["approvals"] = [{"path": draw(st.sampled_from([kind.id for kind in NATIONAL.approvals]))}]
    if draw(st.integers(0, 4)) == 0:
        situation[draw(st.sampled_from(["core_data", "state_secret", "export_controlled", "technology_export"]))] = True
    if draw(st.integers(0, 4)) == 0:
        situation["holdings"] = draw(counts())
    if sector == "pharma" and draw(st.booleans()):
        discharged = draw(st.sampled_from([[], ["filing"]]))
        situation["genetic"] = {"present": True, "discharged": discharged}
    situation["important_data"] = draw(st.lists(items(sector), max_size=2))
    return situation


def items(sector: str) -> st.SearchStrategy[dict[str, Any]]:
    own = [item for item in LIST.items.values() if item.sector in {"", sector}]

    def declared(item: Any, quantity: int | None, basis: str) -> dict[str, Any]:
        document = {"item": item.id, "basis": basis, "anonymised": True}
        return document if quantity is None else {**document, "quantity": quantity}

    quantities = st.one_of(st.none(), st.sampled_from([0, 9_999, 10_000, 99_999, 100_000, 20_000_000]))
    return st.builds(declared, st.sampled_from(own), quantities, st.sampled_from(["list", "suspected"]))


answers = st.fixed_dictionaries({}, optional={name: st.sampled_from(r.answers) for name, r in READINGS.items()})


def strictness(verdict: tiers.Verdict) -> int:
    return STRICTNESS[verdict.tier]


def more(some: dict[str, int], non_sensitive: int, sensitive: int, new: int) -> dict[str, int]:
    """Add new persons: `new` of them have either kind of item, so that the union stays possible."""
    grown = {**some, "non_sensitive": some["non_sensitive"] + non_sensitive, "sensitive": some["sensitive"] + sensitive}
    grown["any"] = max(grown["non_sensitive"], grown["sensitive"], min(some["any"] + new, some["any"] + non_sensitive
                                                                      + sensitive))  # fmt: skip
    return grown


@QUICK
@given(facts(), answers, st.integers(0, 300_000), st.integers(0, 300_000), st.integers(0, 600_000))
def test_more_persons_never_lower_the_tier_and_fewer_never_raise_it(
    situation: dict[str, Any], chosen: dict[str, str], non_sensitive: int, sensitive: int, new: int
) -> None:
    # sensitive-only is left out: there a person's first sensitive item takes the person out of the other counter
    chosen = {name: answer for name, answer in chosen.items() if name not in {"persons_with_both", "stricter_row"}}
    fewer = tiers.evaluate(situation, chosen)
    grown = {**situation, "counts": more(situation["counts"], non_sensitive, sensitive, new)}
    assert strictness(tiers.evaluate(grown, chosen)) >= strictness(fewer)


@QUICK
@given(facts(), answers, st.data())
def test_an_added_item_never_lowers_the_tier(
    situation: dict[str, Any], chosen: dict[str, str], data: st.DataObject
) -> None:
    before = tiers.evaluate(situation, chosen)
    added = data.draw(items(situation["sector"]))
    after = tiers.evaluate({**situation, "important_data": [*situation["important_data"], added]}, chosen)
    if after.regime in {regime.id for regime in LIST.regimes}:
        assert not after.allowed  # a stricter regime has no tier
    else:
        assert strictness(after) >= strictness(before)


@QUICK
@given(facts(), answers)
def test_every_verdict_cites_an_article_and_duties(situation: dict[str, Any], chosen: dict[str, str]) -> None:
    verdict = tiers.evaluate(situation, chosen)
    assert verdict.reasons
    assert all(reason["article"] for reason in verdict.reasons)
    assert {"notice", "impact-assessment", "identify-important-data", "report-incidents"} <= set(verdict.duties)
    assert verdict.allowed or verdict.paths or not verdict.usable


@QUICK
@given(facts(), answers, st.sampled_from(sorted(READINGS)))
def test_a_switch_changes_only_what_its_review_announced(
    situation: dict[str, Any], chosen: dict[str, str], name: str
) -> None:
    verdict = tiers.evaluate(situation, chosen)
    current = chosen.get(name, READINGS[name].default)
    other = next(answer for answer in READINGS[name].answers if answer != current)
    flipped = tiers.evaluate(situation, {**chosen, name: other})
    announced = [entry["other"] for entry in verdict.review if entry["reading"] == name]
    if (flipped.tier, flipped.path, flipped.allowed) != (verdict.tier, verdict.path, verdict.allowed):
        assert announced == [{"tier": flipped.tier, "path": flipped.path}]
    for entry in announced:
        assert entry == {"tier": flipped.tier, "path": flipped.path}


@QUICK
@given(facts())
def test_headroom_is_exact(situation: dict[str, Any]) -> None:
    situation = {**situation, "important_data": []}
    room = tiers.evaluate(situation).headroom
    if room is None:
        return
    step = {"non_sensitive": (1, 0), "sensitive": (0, 1), "any": (1, 0)}.get(room["counter"])
    if step is None:
        return
    before = tiers.evaluate(situation)
    almost = more(situation["counts"], *(n * (room["persons"] - 1) for n in step), room["persons"] - 1)
    there = more(situation["counts"], *(n * room["persons"] for n in step), room["persons"])
    assert tiers.evaluate({**situation, "counts": almost}).tier == before.tier
    assert tiers.evaluate({**situation, "counts": there}).tier == room["next_tier"]


def test_the_bands_of_a_row_are_contiguous_and_disjoint() -> None:
    for edition in (LIST, NATIONAL):
        for _, row in edition.rows:
            for counter in row.counters:
                lines = sorted((line for line in row.lines if line.counter == counter), key=lambda line: -line.tier)
                starts = [line.at.on(edition.published) for line in lines]
                assert all(a is not None and b is not None and a < b for a, b in pairwise(starts))
                assert {line.tier for line in lines} == {1, 2}
