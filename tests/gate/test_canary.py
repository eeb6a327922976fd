"""No raw value of a personal column in any byte that a run leaves behind or prints."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-11-23", "--quiet")

CANARIES = {
    "id_no": ["11010519491231002X", "440524188001010014"],
    "mobile": ["13987654321", "13712340987"],
    "email": ["canary.one@example.com", "canary.two@example.org"],
    "name": ["欧阳震天", "司马青衫"],
    "bank_card": ["6222021234567890128", "6217001234567890120"],
    "address": ["福建省厦门市思明区金丝雀路77号801室", "福建省福州市鼓楼区画眉街12号3栋"],
    "diagnosis": ["2型糖尿病伴金丝雀综合征", "高血压3级极高危"],
    "passport_no": ["E87654321", "EA1234567"],
    "remark": ["回访13987654321，身份证11010519491231002X", "无"],
    "member_id": ["CANARY-0001", "CANARY-0002"],
}
SECRETS = [value for column in CANARIES.values() for value in column if value != "无"]


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def people(office: Any, caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level(logging.DEBUG)
    repeated = {name: values * 20 for name, values in CANARIES.items()}
    office.table("people", pa.table(repeated))
    return office


@pytest.mark.parametrize("form", ["text", "json", "html", "github"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_printed_holds_a_raw_value(
    run_cli: Run, people: Any, caplog: pytest.LogCaptureFixture, form: str, lang: str
) -> None:
    manifest = people.manifest("m")
    for command in (("scan", "people.parquet"), ("check", "people.parquet", "-m", manifest, "--reserve")):
        _, out, err = run_cli(*command, *DAY, "--format", form, "--lang", lang)
        assert out
        assert not leaks(out + err + caplog.text)


def test_no_file_that_a_run_writes_holds_a_raw_value(run_cli: Run, people: Any) -> None:
    manifest = people.manifest("m")
    _, out, _ = run_cli("check", "people.parquet", "-m", manifest, *DAY, "--reserve", "--format", "json")
    booking = json.loads(out)["reservation"]
    if booking:
        run_cli("commit", booking, "--on", "2026-11-23")
    run_cli("guard", "people.parquet", "-m", manifest, *DAY, "-o", "guard.html", "--format", "html", "--", "true")
    for form in ("json", "html"):
        run_cli("scan", "people.parquet", "--quiet", "--format", form, "-o", f"scan.{form}")
    run_cli("ledger", "status", "--format", "json", "-o", "status.json")
    written = [path for path in Path().rglob("*") if path.is_file() and path.name != "people.parquet"]
    assert len(written) > 5
    found = {
        (path.name, secret)
        for path in written
        for secret in SECRETS
        for encoding in ("utf-8", "utf-16-le", "gb18030")
        if secret.encode(encoding) in path.read_bytes()
    }
    assert not found


@pytest.mark.parametrize(
    "parts",
    [
        {"identity": {"phone": "no_such"}},
        {"exclusions": [{"basis": "5(1)(i)", "where": "mobile = 13987654321 and", "evidence": {"contract": "x"}}]},
        {"exclusions": [{"basis": "5(1)(i)", "where": "mobile > remark + 1", "evidence": {"contract": "x"}}]},
        {"columns": {"mobile": {"kind": "nothing", "by": "me", "on": "2026-01-01"}}},
        {"crosswalk": {"source": "people.parquet", "columns": {"phone": "no_such"}}},
    ],
)
def test_no_error_quotes_a_cell(run_cli: Run, people: Any, parts: dict[str, Any]) -> None:
    code, out, err = run_cli("check", "people.parquet", "-m", people.manifest("m", **parts), *DAY)
    assert code in {2, 3}
    own_words = json.dumps(parts)
    assert not [secret for secret in leaks(out + err) if secret not in own_words]
