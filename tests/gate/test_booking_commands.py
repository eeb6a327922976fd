"""`commit`, `release`, `ledger …`: facts are never refused, and what is over a line is booked and said."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from exportgate.pipelines import api

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-11-23", "--quiet")
NOON = datetime(2026, 11, 23, 12, tzinfo=api.ZONE)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the moment in China."""

    def put(moment: datetime) -> None:
        monkeypatch.setattr(api, "now", lambda: moment)

    put(NOON)
    return put


def reserved(run: Run, manifest: Any, source: str = "m.parquet") -> str:
    _, out, err = run("check", source, "-m", manifest, *DAY, "--reserve", "--format", "json")
    assert out, err
    return str(json.loads(out)["reservation"])


def persons(run: Run, year: int, day: str) -> int:
    out = run("ledger", "status", "--year", year, "--as-of", day, "--format", "json")[1]
    return int(json.loads(out)["handler"]["any"])


def test_a_commit_after_the_reservation_expired_is_booked_and_exits_1(run_cli: Run, office: Any, clock: Any) -> None:
    office.members("m", 0, 20)
    name = reserved(run_cli, office.manifest("a"))
    clock(NOON + timedelta(days=2))
    status = json.loads(run_cli("ledger", "status", "--format", "json")[1])
    assert [r["state"] for r in status["reservations"]] == ["expired"]
    code, _, err = run_cli("commit", name, "--on", "2026-11-23")
    assert (code, "expired" in err) == (1, True)
    assert persons(run_cli, 2026, "2026-11-25") == 20


def test_a_commit_across_new_year_goes_to_the_year_of_the_transfer(run_cli: Run, office: Any, clock: Any) -> None:
    office.members("m", 0, 20)
    name = reserved(run_cli, office.manifest("a"))
    clock(datetime(2027, 1, 1, 0, 5, tzinfo=api.ZONE))
    code, _, err = run_cli("commit", name)
    assert (code, "expired" in err) == (1, True)
    assert (persons(run_cli, 2026, "2027-01-01"), persons(run_cli, 2027, "2027-01-01")) == (0, 20)


@pytest.mark.parametrize(("utc_hour", "year"), [(15, 2026), (16, 2027)])
def test_the_year_turns_at_midnight_in_china(run_cli: Run, office: Any, clock: Any, utc_hour: int, year: int) -> None:
    from datetime import UTC

    moment = datetime(2026, 12, 31, utc_hour, 59 if utc_hour == 15 else 0, tzinfo=UTC)
    clock(moment.astimezone(api.ZONE))
    office.members("m", 0, 20)
    assert run_cli("guard", "m.parquet", "-m", office.manifest("a"), "--quiet", "--", "true")[0] == 0
    assert persons(run_cli, year, f"{year}-12-31") == 20


def test_a_commit_over_a_line_is_booked_and_exits_1(run_cli: Run, office: Any, clock: Any) -> None:
    """Nobody decided under the lock: a booking made by hand takes the year over the line of sensitive persons."""
    count = 120
    office.table(
        "t",
        pa.table({"vin": [f"LSVAA{n:012d}" for n in range(count)], "faith": ["佛教"] * count}),
    )
    manifest = office.manifest("a", export={"sector": "iov", "scenario": "all"}, approvals=None, scope="fleet")
    checked = api.check("t.parquet", manifest, as_of=NOON.date(), suite=False)
    if checked.may_go:
        pytest.skip("the edition's line is higher than this export")
    book = api.open_ledger()
    placed = book.reserve(checked.booking, checked.draft, NOON.date(), NOON + timedelta(days=1), now=NOON)
    code, _, err = run_cli("commit", placed.id, "--on", "2026-11-23")
    assert (code, "the transfer is booked" in err) == (1, True), err
    assert persons(run_cli, 2026, "2026-11-23") == count


def test_a_void_that_lifts_a_count_over_a_line_says_so(run_cli: Run, office: Any, clock: Any) -> None:
    """A link held two telephones together with two members; without it they are strangers again."""
    office.members("m", 0, 20)
    book = api.open_ledger()
    name = reserved(run_cli, office.manifest("a"))
    assert run_cli("commit", name, "--on", "2026-11-23")[0] == 0
    phones = pa.table({"mobile": [f"15{n:09d}" for n in range(100, 120)], "points": list(range(20))})
    office.table("p", phones)
    both = pa.table(
        {"member_id": [f"M{n:09d}" for n in range(20)], "mobile": phones.column("mobile"), "points": [1] * 20}
    )
    office.table("b", both)
    for source, manifest in (("p.parquet", office.manifest("p")), ("b.parquet", office.manifest("b"))):
        assert run_cli("commit", reserved(run_cli, manifest, source), "--on", "2026-11-23")[0] == 0
    assert persons(run_cli, 2026, "2026-11-23") == 20
    last = next(b.id for b in book.bookings() if b.export == "b")
    code, _, err = run_cli("ledger", "void", last, "--why", "the line was down", "--evidence", "INC-7")
    assert code == 0, err
    assert "a void undid links: any of membership rose to 40" in err
    assert persons(run_cli, 2026, "2026-11-23") == 40


def test_a_second_commit_tells_the_day_on_record_and_refuses_another(run_cli: Run, office: Any, clock: Any) -> None:
    """It used to print whatever day it was given, and book nothing."""
    office.members("m", 0, 20)
    name = reserved(run_cli, office.manifest("a"))
    run_cli("commit", name, "--on", "2026-11-20")
    code, _, err = run_cli("commit", name)
    assert (code, "committed on 2026-11-20" in err) == (0, True)
    code, _, err = run_cli("commit", name, "--on", "2026-11-21")
    assert (code, "is committed on 2026-11-20 already" in err) == (2, True)


def test_a_transfer_on_a_day_that_lies_ahead_is_booked_and_said(run_cli: Run, office: Any, clock: Any) -> None:
    office.members("m", 0, 20)
    code, _, err = run_cli("commit", reserved(run_cli, office.manifest("a")), "--on", "2027-01-01")
    assert (code, "2027-01-01 lies ahead" in err) == (0, True)
    assert persons(run_cli, 2027, "2027-01-02") == 20


@pytest.mark.parametrize(
    ("do", "said"),
    [
        (lambda o: (o.folder / "ledger.key").chmod(0o644), "others can read the ledger key"),
        (lambda o: (o.folder / "ledger.key").unlink(), "no such ledger key file"),
        (lambda o: (o.folder / "ledger.key").write_text("zz", encoding="ascii"), "64 hexadecimal digits"),
        (lambda o: (o.folder / "ledger.key").write_text("ab" * 32, encoding="ascii"), "is not this ledger's"),
    ],
)
def test_a_key_that_does_not_fit_is_exit_3(run_cli: Run, office: Any, clock: Any, do: Any, said: str) -> None:
    office.members("m", 0, 20)
    manifest = office.manifest("a")
    assert reserved(run_cli, manifest)
    do(office)
    for command in (("check", "m.parquet", "-m", manifest), ("ledger", "status"), ("ledger", "verify")):
        code, out, err = run_cli(*command)
        assert (code, out) == (3, "")
        assert said in err
        assert "ab" * 8 not in err


def test_the_keeping_commands(run_cli: Run, office: Any, clock: Any) -> None:
    office.members("m", 0, 20)
    name = reserved(run_cli, office.manifest("a"))
    assert run_cli("ledger", "void", name, "--why", "x", "--evidence", "y")[0] == 2, "an open reservation is released"
    assert run_cli("release", "no-such", "--why", "x")[0] == 2
    assert run_cli("commit", name, "--on", "2026-11-23")[0] == 0
    assert run_cli("commit", name, "--on", "2026-11-23")[0] == 0, "twice is once"
    head = run_cli("ledger", "verify")[1].split()[-1]
    assert run_cli("ledger", "rekey")[0] == 0
    assert run_cli("ledger", "verify", "--head", head)[0] == 0
    code, _, err = run_cli("ledger", "verify", "--head", "f" * 32)
    assert (code, "cut off" in err) == (3, True)
    assert run_cli("ledger", "close-year", "2026")[0] == 2, "the year is not over"
    clock(datetime(2027, 2, 1, tzinfo=api.ZONE))
    assert run_cli("ledger", "close-year", "2026")[0] == 0
    office.members("late", 100, 5)
    code, _, err = run_cli("check", "late.parquet", "-m", office.manifest("late"), *DAY, "--reserve")
    assert (code, "close-year 2026 --reopen" in err) == (2, True)
    assert run_cli("ledger", "close-year", "2026", "--drop-keys", "--why", "order 7")[0] == 2, "the record duty"
    assert run_cli("ledger", "close-year", "2026", "--reopen", "--why", "a December file")[0] == 0
    assert run_cli("commit", reserved(run_cli, office.manifest("late"), "late.parquet"), "--on", "2026-12-30")[0] == 0
    assert persons(run_cli, 2026, "2027-02-01") == 25
    assert run_cli("ledger", "verify")[0] == 0


def test_the_history_replays_the_number_and_the_rules_of_a_past_day(run_cli: Run, office: Any, clock: Any) -> None:
    office.members("m", 0, 20)
    office.members("n", 10, 20)
    run_cli("commit", reserved(run_cli, office.manifest("a")), "--on", "2026-11-23")
    clock(NOON + timedelta(days=1))
    name = reserved(run_cli, office.manifest("b"), "n.parquet")
    run_cli("commit", name, "--on", "2026-11-24")
    clock(NOON + timedelta(days=2))
    run_cli("ledger", "void", name, "--why", "never left", "--evidence", "INC-7")
    found = {}
    for day in ("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"):
        lines = run_cli("ledger", "history", "--as-of", day, "--format", "json")[1].splitlines()
        counted = [json.loads(line) for line in lines if '"handler"' in line and '"kind": "reserved"' not in line]
        found[day] = counted[-1]["handler"]["any"] if counted else 0
        rules = [json.loads(line)["evidence"]["rules"] for line in lines if '"kind": "reserved"' in line]
        assert all(rule["edition"] == "fujian-2025" and len(rule["version"]) == 16 for rule in rules)
    assert list(found.values()) == [0, 20, 30, 20]
    text = run_cli("ledger", "history", "--as-of", "2026-11-24")[1]
    assert "30" in text
    assert "fujian-2025" in text


def test_remote_access_of_120000_members(run_cli: Run, office: Any, clock: Any) -> None:
    access = {"mode": "remote-access"}
    office.members("m", 0, 120_000)
    office.members("more", 0, 125_000)

    def audit(source: str, day: str) -> int:
        manifest = office.manifest("view", export=access)
        code, out, err = run_cli(
            "check", source, "-m", manifest, "--as-of", day, "--quiet", "--reserve", "--format", "json"
        )
        assert code == 0, err
        found = json.loads(out)
        assert run_cli("commit", found["reservation"], "--on", day)[0] == 0
        return int(found["counts"]["new_persons"]["any"])

    assert (audit("m.parquet", "2026-11-23"), persons(run_cli, 2026, "2026-11-23")) == (120_000, 120_000)
    assert (audit("more.parquet", "2026-11-24"), persons(run_cli, 2026, "2026-11-24")) == (5_000, 125_000)
    assert persons(run_cli, 2027, "2027-01-01") == 125_000
    clock(datetime(2027, 1, 1, 9, tzinfo=api.ZONE))
    assert persons(run_cli, 2027, "2027-01-01") == 125_000
    code, _, err = run_cli("ledger", "end-grant", "view", "--on", "2027-05-31", "--why", "account closed")
    assert code == 0, err
    clock(datetime(2028, 1, 1, 9, tzinfo=api.ZONE))
    assert persons(run_cli, 2028, "2028-01-01") == 0
    assert Path("year.duckdb").exists()
    assert run_cli("ledger", "verify")[0] == 0
