"""Situations in YAML, in the words of the law: what a lawyer would write down, run through the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from exportgate import field_maps
from exportgate.scanner import tiers

HOME = Path(__file__).resolve().parents[1] / "situations"
PATHS = {0: "exempt", 1: "security-assessment", 2: "standard-contract-or-certification"}
DEFAULTS = {
    "as_of": "2026-11-23",
    "handler": {"ftz_area": "xiamen", "exports_from_ftz": True, "ciio": False},
}
OVERRIDES = ("as_of", "handler", "filing", "approvals")


def read(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((HOME / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def verdict_of(situation: dict[str, Any]) -> dict[str, Any]:
    own = {key: situation[key] for key in OVERRIDES if key in situation}
    facts = {**DEFAULTS, **situation["facts"], **own}
    return tiers.evaluate(facts, situation.get("readings", {})).to_dict()


@pytest.mark.parametrize("situation", read("situations.yaml"), ids=lambda s: s["name"])
def test_situation(situation: dict[str, Any]) -> None:
    verdict, expect = verdict_of(situation), situation["expect"]
    for key in ("regime", "tier", "path", "paths", "fallback", "usable", "allowed", "undecided"):
        if key in expect:
            assert verdict[key] == expect[key], key
    if "headroom" in expect:
        _same_headroom(verdict["headroom"], expect["headroom"])
    cited = [part for reason in verdict["reasons"] for part in (reason["rule"], reason["article"])]
    for wanted in expect.get("reasons", []):
        assert any(wanted in part for part in cited), (wanted, cited)
    if expect.get("warnings") == []:
        assert verdict["warnings"] == []
    for wanted in expect.get("warnings", []):
        assert any(wanted in warning for warning in verdict["warnings"]), (wanted, verdict["warnings"])
    for unwanted in expect.get("warnings_without", []):
        assert not any(unwanted in warning for warning in verdict["warnings"]), unwanted
    review = {entry["reading"]: entry["other"] for entry in verdict["review"]}
    for reading, other in expect.get("review", {}).items():
        assert review.get(reading) == other, reading
    assert not set(review) & set(expect.get("review_without", []))


def _same_headroom(found: dict[str, Any] | None, expected: dict[str, Any] | None) -> None:
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert {key: found[key] for key in expected} == expected


def _band_cases() -> list[Any]:
    cases = []
    for band in read("bands.yaml"):
        for persons, tier in ((band["floor"] - 1, 0), (band["floor"], 2), (band["top"] - 1, 2), (band["top"], 1)):
            name = f"{band['sector']}/{band['row']} {band['counter']} {persons}"
            cases.append(pytest.param(band, persons, tier, id=name))
    return cases


@pytest.mark.parametrize(("band", "persons", "tier"), _band_cases())
def test_every_band_at_its_edges(band: dict[str, Any], persons: int, tier: int) -> None:
    parts = ("non_sensitive", "sensitive")
    counts = {part: persons if band["counter"] in {part, "any"} else 0 for part in parts} | {"any": persons}
    facts = {"sector": band["sector"], "scenario": band["row"], "counts": counts}
    verdict = verdict_of({"facts": facts, **{k: band[k] for k in ("handler", "readings") if k in band}})
    assert (verdict["tier"], verdict["path"]) == (tier, PATHS[tier])
    assert verdict["regime"] == band.get("regime", "fujian-2025")
    reason = next(r for r in verdict["reasons"] if r["counter"] == band["counter"] and r["observed"] == persons)
    assert band["article"] in reason["article"]
    if tier == 0:
        assert (reason["comparison"], reason["threshold"]) == ("<", band["floor"])
        assert verdict["headroom"]["persons"] == 1
    elif tier == 1:
        assert (reason["comparison"], reason["threshold"]) == (">=", band["top"])
        assert verdict["headroom"] is None


def _union_cases() -> list[Any]:
    unsplit = [band for band in read("bands.yaml") if band["counter"] == "any"]
    edges = ((-1, 0, "floor"), (0, 2, "floor"), (-1, 2, "top"), (0, 1, "top"))
    return [(band, band[edge] + step, tier) for band in unsplit for step, tier, edge in edges]


@pytest.mark.parametrize(("band", "union", "tier"), _union_cases())
def test_an_unsplit_row_counts_the_union(band: dict[str, Any], union: int, tier: int) -> None:
    counts = {"non_sensitive": union - union // 3, "sensitive": union // 2, "any": union}
    verdict = verdict_of({"facts": {"sector": band["sector"], "scenario": band["row"], "counts": counts}})
    assert verdict["tier"] == tier


def _anybody(item: dict[str, Any], **declared: Any) -> dict[str, Any]:
    nobody = {"non_sensitive": 0, "sensitive": 0, "any": 0}
    data = {"item": item["item"], "anonymised": True, **item.get("flags", {}), **declared}
    return verdict_of({"facts": {"sector": item["sector"], "scenario": "other" if item["sector"] != "iov" else "all",
                                 "counts": nobody, "important_data": [data]}})  # fmt: skip


@pytest.mark.parametrize("item", read("items.yaml"), ids=lambda i: i["item"])
def test_an_item_with_a_volume_is_met_not_met_and_unknown(item: dict[str, Any]) -> None:
    met = _anybody(item, quantity=item["minimum"], unit=item["unit"])
    below = _anybody(item, quantity=item["minimum"] - 1, unit=item["unit"])
    unknown = _anybody(item)
    assert (met["tier"], met["path"], met["undecided"]) == (1, "security-assessment", False)
    assert (below["tier"], below["undecided"]) == (0, False)
    assert (unknown["tier"], unknown["undecided"]) == (0, True)
    assert {"reading": item["item"], "chosen": "not met"}.items() <= unknown["review"][0].items()
    assert unknown["review"][0]["other"] == {"tier": 1, "path": "security-assessment"}


@pytest.mark.parametrize(
    "item",
    [item for item in field_maps.load("fujian-2025").items.values() if item.condition.minimum is None],
    ids=lambda item: item.id,
)
def test_an_item_without_a_volume_is_met_as_soon_as_it_is_declared(item: Any) -> None:
    entry = {"item": item.id, "sector": item.sector or "other"}
    verdict = _anybody(entry)
    assert verdict["tier"] == (None if item.implies and not item.sector else 1)
    suspected = _anybody(entry, basis="suspected")
    assert suspected["undecided"]
    assert suspected["tier"] == 0
    assert suspected["allowed"]
