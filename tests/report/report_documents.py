"""Documents as the gate writes them, built by hand so that the report and the tables can be tested on every outcome."""

from __future__ import annotations

from typing import Any

LIST = {"id": "fujian-2025", "fields": 298, "fields_verified": 0, "status": "draft"}
FIGURES = ("non_sensitive", "sensitive", "any", "sensitive_with_accounts_or_diagnosis")


def counts(non_sensitive: int, sensitive: int = 0, lower: int | None = None) -> dict[str, Any]:
    """Return a ``C``: persons with non-sensitive and with sensitive items (nobody with both)."""
    upper = dict(zip(FIGURES, (non_sensitive, sensitive, non_sensitive + sensitive, 0), strict=True))
    low = {**upper, "any": upper["any"] if lower is None else lower}
    return {**upper, "lower": low, "upper": upper}


def column(name: str, kind: str = "none", pi: str = "none", **more: Any) -> dict[str, Any]:
    """Return a column of a scan."""
    field = {
        "id": f"retail.membership.{kind}", "sector": "retail", "scenario": "membership", "name_zh": f"{kind}字段",
        "name_en": f"{kind} of the member", "score": 0.97, "provenance": "reconstructed",
    }  # fmt: skip
    return {
        "name": name, "type": "string", "comment": "", "nulls": 3, "distinct": 997, "kind": kind,
        "entity": kind.upper(),
        "pi": pi, "confidence": 0.98 if pi != "none" else 0.0, "decided_by": "values+name" if pi != "none" else "none",
        "undecided": False, "evidence": {"checked": 997, "matched": 997, "valid": 995, "explanation": ""},
        "alternatives": [], "fields": [field] if pi != "none" else [], "masked_examples": [], **more,
    }  # fmt: skip


def scan(**more: Any) -> dict[str, Any]:
    """Return an ``exportgate.scan/1``."""
    return {
        "schema": "exportgate.scan/1", "source": "members_2026_11", "rows": 300_000, "rows_scanned": 300_000,
        "exhaustive": True, "list": LIST, "warnings": [], "table_comment": "零售会员主表",
        "columns": [
            column("member_id", "member_id", "personal", comment="会员编号", masked_examples=["M…21"]),
            column("full_name", "person_name", "personal", comment="姓名"),
            column("mobile", "phone", "personal", comment="手机号", masked_examples=["…4471"]),
            column("birth_date", "birth_date", "personal", comment="出生日期", decided_by="name"),
            column("card_no", "payment_card", "sensitive", comment="银行卡号", masked_examples=["…9106"], fields=[]),
            column("level"), column("points"), column("registered_on"), column("channel"),
        ],
        "persons": {"identity": ["member_id", "phone"], "rows_with_identity": 300_000,
                    "distinct": {"lower": 299_000, "upper": 300_000}},
        **more,
    }  # fmt: skip


def check(**more: Any) -> dict[str, Any]:
    """Return an ``exportgate.check/1`` of an export that must not go; override what a test is about."""
    year = counts(500_000, 20_000, lower=519_000)
    return {
        "schema": "exportgate.check/1", "as_of": "2026-11-23",
        "export": {
            "id": "members-2026-11", "sector": "retail", "scenario": "membership", "mode": "transfer",
            "purpose": "loyalty programme", "recipient": {"name": "Loyalty Hub Pte Ltd", "country": "SG"},
        },
        "scans": [scan()],
        "counts": {
            "this_export": counts(300_000, 20_000), "new_persons": counts(200_000, 20_000), "year_to_date": year,
            "rows": {"membership": year}, "handler": year, "demoted_keys": 12, "unlinked_rows": 4,
        },
        "excluded": [{"basis": "5(1)(i)", "persons": 1200, "rows": 1310}],
        "verdict": {
            "schema": "exportgate.verdict/1", "regime": "fujian-2025", "tier": 2,
            "path": "standard-contract-or-certification", "paths": ["standard-contract-or-certification"],
            "fallback": {"tier": 2, "path": "standard-contract-or-certification"}, "usable": True, "allowed": False,
            "undecided": False,
            "reasons": [
                {"rule": "fujian-2025/retail/membership", "article": "Part C, Retail, Tier 2",
                 "counter": "non_sensitive",
                 "observed": 500_000, "comparison": ">=", "threshold": 500_000, "effect": "tier-2"},
                {"rule": "fujian-2025/retail/membership", "article": "Part C, Retail, Tier 2",
                 "counter": "sensitive",
                 "observed": 20_000, "comparison": "<", "threshold": 100_000, "effect": "off-list"},
            ],
            "headroom": {"counter": "non_sensitive", "next_tier": 1, "persons": 2_500_000, "share_used": 0.1667,
                         "projected_crossing": None},
            "duties": ["identify and declare important data"], "warnings": ["no catch-all counts were given"],
            "review": [{"reading": "persons_with_both", "chosen": "both",
                        "other": {"tier": 0, "path": "exempt"}, "note": "20,000 persons have both"}],
        },
        "consistency": [{"issue": "column-not-filed", "blocks": True,
                         "message": "card_no is not in the filing of 2 March 2026"}],
        "reservation": None,
        "expectations": {"success": False, "results": [{"success": True}, {"success": True}, {"success": False}]},
        "identity": {"members_2026_11": {"member_id": "member_id", "phone": "mobile"}},
        "chain": {"entries": 14, "head": "9f2c41d0a7b3"}, "warnings": [], **more,
    }  # fmt: skip


def passing() -> dict[str, Any]:
    """Return a check of an export that may go, one hundredth of the threshold used."""
    year = counts(5_000)
    verdict = {
        **check()["verdict"], "tier": 0, "path": "exempt", "paths": [], "allowed": True,
        "reasons": [
            {"rule": "fujian-2025/retail/membership", "article": "Part C, Retail, Tier 2",
                 "counter": "non_sensitive",
             "observed": 5_000, "comparison": "<", "threshold": 500_000, "effect": "off-list"},
        ],
        "headroom": {"counter": "non_sensitive", "next_tier": 2, "persons": 495_000, "share_used": 0.01,
                     "projected_crossing": None},
        "review": [], "warnings": [],
    }  # fmt: skip
    found = {
        "this_export": year,
        "new_persons": year,
        "year_to_date": year,
        "rows": {"membership": year},
        "handler": year,
    }
    export = {**check()["export"], "id": "members-2026-09"}
    results = {"success": True, "results": [{"success": True}] * 3}
    return check(counts=found, verdict=verdict, export=export, consistency=[], excluded=[], expectations=results)


def undecided() -> dict[str, Any]:
    """Return a check that a person has to decide."""
    open_column = column("remark", "free_text", "none", undecided=True)
    verdict = {**passing()["verdict"], "undecided": True, "allowed": False}
    return {**passing(), "verdict": verdict, "scans": [scan(columns=[*scan()["columns"], open_column])]}
