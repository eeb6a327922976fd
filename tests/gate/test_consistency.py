"""What leaves against the approvals of its manifest: rows, recipient, columns, cap, validity, every case of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from exportgate.scanner.consistency import Shipment, held
from exportgate.scanner.manifest import Approval

DAY = date(2026, 11, 23)
FILED = {"path": "list-filing", "number": "F-1"}
CONTRACT = {"path": "standard-contract", "number": "S-1"}
BOTH = {"membership": 10, "other": 5}


def judge(rows: dict[str, int], *approvals: dict[str, Any], **other: Any) -> tuple[list[str], list[str]]:
    shipment = Shipment(rows, other.pop("recipient", "HQ Pte Ltd"), ("id_no", "mobile"), DAY, **other)
    counting, entries = held([Approval.model_validate(each) for each in approvals], shipment)
    assert all(entry.blocks for entry in entries)
    return [approval.number for approval in counting], [entry.issue for entry in entries]


@pytest.mark.parametrize(
    ("change", "issues"),
    [
        ({}, []),
        ({"rows": ["membership"]}, []),
        ({"rows": ["other"]}, ["row-not-filed"]),
        ({"recipient": "HQ PTE. LTD."}, []),
        ({"recipient": "HQ 2 Pte Ltd"}, ["recipient-not-filed"]),
        ({"recipient": {"name": "HQ Pte Ltd", "country": "SG"}}, []),
        ({"recipient": {"name": "HQ Pte Ltd", "country": "US"}}, ["recipient-not-filed"]),
        ({"columns": ["id_no", "mobile", "email"]}, []),
        ({"columns": ["id_no"]}, ["column-not-filed"]),
        ({"columns": []}, ["column-not-filed", "column-not-filed"]),
        ({"max_persons": 10}, []),
        ({"max_persons": 9}, ["volume-over-filed"]),
        ({"valid_until": "2026-11-23"}, []),
        ({"valid_until": "2026-11-22"}, ["approval-expired"]),
        ({"valid_from": "2026-11-23"}, []),
        ({"valid_from": "2026-11-24"}, ["approval-not-yet-valid"]),
        ({"status": "suspended"}, ["approval-suspended"]),
        ({"status": "terminated"}, ["approval-terminated"]),
        ({"status": "pending"}, []),
    ],
)
def test_one_approval(change: dict[str, Any], issues: list[str]) -> None:
    counting, found = judge({"membership": 10}, {**FILED, **change}, country="SG")
    assert found == issues
    assert counting == ([] if issues else ["F-1"])


def test_an_export_that_names_no_recipient_is_not_covered() -> None:
    assert judge({"membership": 10}, {**FILED, "recipient": "HQ"}, recipient="")[1] == ["recipient-not-filed"]


def test_another_approval_of_the_path_makes_up_for_a_fault() -> None:
    expired = {**FILED, "number": "F-0", "valid_until": "2025-01-01"}
    assert judge({"membership": 10}, expired, FILED) == (["F-1"], [])


def test_a_row_that_no_approval_names_blocks() -> None:
    assert judge(BOTH, {**FILED, "rows": ["membership"]}) == (["F-1"], ["row-not-filed"])
    assert judge(BOTH, {**FILED, "rows": ["membership"]}, {**CONTRACT, "rows": ["membership"]})[1] == ["row-not-filed"]


def test_a_row_may_be_named_by_an_approval_of_another_path() -> None:
    assert judge(BOTH, FILED, {**CONTRACT, "rows": ["membership"]}) == (["F-1", "S-1"], [])
    assert judge(BOTH, {**FILED, "rows": ["membership"]}, {**CONTRACT, "rows": ["other"]})[1] == []


def test_the_fault_of_one_rows_approval_is_not_hidden_by_anothers() -> None:
    other = {**FILED, "number": "F-2", "rows": ["other"], "recipient": "Somebody else"}
    assert judge(BOTH, {**FILED, "rows": ["membership"]}, other) == (["F-1"], ["recipient-not-filed"])


def test_the_cap_is_each_rows_own() -> None:
    assert judge(BOTH, {**FILED, "max_persons": 10})[1] == []
    assert judge(BOTH, {**FILED, "rows": ["other"], "max_persons": 5}, {**FILED, "rows": ["membership"]})[1] == []
    assert judge(BOTH, {**FILED, "rows": ["other"], "max_persons": 4}, {**FILED, "rows": ["membership"]})[1] == [
        "volume-over-filed"
    ]


def test_an_export_without_approvals_contradicts_none() -> None:
    assert judge(BOTH) == ([], [])
