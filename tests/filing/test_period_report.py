"""`report`: the figures are the ledger's, the parts of a period add up, texts stay texts, nothing raw is in it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from filed_year import EMAIL, SPRING, SUMMER, Folder, moment, other

from exportgate.pipelines import schemas
from exportgate.scanner.errors import UsageError
from exportgate.scanner.ledger.model import FIGURES

DAY = ("--as-of", "2026-11-23")


def report(run: Any, folder: Folder, *options: Any) -> dict[str, Any]:
    document = run("report", "--config", folder.config, *DAY, "--format", "json", *options).document
    jsonschema.Draft202012Validator(schemas.load("report")).validate(document)
    found: dict[str, Any] = document
    return found


def rows(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["row"]: row for row in document["years"][-1]["rows"]}


def test_two_halves_are_the_year_and_the_year_is_the_ledgers(run: Any, faithful: Folder) -> None:
    first, second = (report(run, faithful, "--half", half) for half in ("2026-H1", "2026-H2"))
    status = faithful.book.status(2026, date(2026, 11, 23))
    for counter in status["counters"]:
        one, two = rows(first).get(counter["row"]), rows(second)[counter["row"]]
        assert {name: two["year_to_date"][name] for name in FIGURES} == {name: counter[name] for name in FIGURES}
        assert two["year_to_date"]["lower"] == counter["lower"]
        assert two["steps"][-1]["any"] == counter["any"]
        for name in FIGURES:
            assert (one["new"][name] if one else 0) + two["new"][name] == counter[name]
    assert first["summary"]["new_persons"] + second["summary"]["new_persons"] == status["handler"]["any"]
    assert (first["summary"]["exports"], second["summary"]["exports"]) == (2, 1)
    assert [month["new_persons"] for month in second["years"][0]["months"]] == [100, 0, 0, 0, 0]


def test_a_period_over_new_year_counts_each_year_anew(run: Any, own: Folder) -> None:
    own.send(replace(SPRING, id="next-year", day=date(2027, 1, 20)))
    document = report(run, own, "--from", "2026-07-01", "--to", "2027-01-31", "--as-of", "2027-02-01")
    assert [year["year"] for year in document["years"]] == [2026, 2027]
    assert [year["handler"]["new"]["any"] for year in document["years"]] == [100, 300]


def test_the_parts_of_the_material(run: Any, own: Folder) -> None:
    evidence = {"basis": "5(1)(i)", "evidence": {"contract": "terms 4.2", "order": "call 13912345678"}}
    own.send(other(columns=(*SPRING.columns, EMAIL), recipient="Second Hub KK", country="JP", exclusions=(evidence,)))
    own.send(other(id="again", day=date(2026, 10, 20), purpose="another purpose"))
    book = own.book
    book.incident("a laptop was lost", on=date(2026, 10, 9), details={"persons": 20}, now=moment(date(2026, 10, 9)))
    book.suspend("Q-1", {"what": "spot-check"}, now=moment(date(2026, 10, 9)))
    book.lift("Q-1", "rectified", now=moment(date(2026, 10, 12)))
    wrong = own.send(other(id="never-left", day=date(2026, 10, 21), persons=range(900, 950))).book.history()[-1]
    book.void(wrong.body["booking"], "upload of 13912345678 failed", {"ticket": "T-9"}, now=moment(date(2026, 10, 22)))
    own.reserve(other(id="held", day=date(2026, 10, 23), persons=range(950, 960)))
    document = report(run, own, "--half", "2026-H2")
    assert {(one["name"], one["country"]) for one in document["recipients"]} == {
        ("Loyalty Hub Pte Ltd", "SG"),
        ("Second Hub KK", "JP"),
    }
    assert [(each["on"], each["persons"]) for each in document["incidents"]] == [("2026-10-09", 20)]
    assert [(order["order"], order["lifted"][:10]) for order in document["orders"]] == [("Q-1", "2026-10-12")]
    assert [(void["export"], void["why"]) for void in document["voids"]] == [("never-left", "upload of …5678 failed")]
    changes = {(change["change"], change["export"]): change["now"] for change in document["changes"]}
    assert changes == {("first-export", "members-autumn"): "Second Hub KK", ("purpose", "again"): "another purpose"}
    assert [each["export"] for each in document["unsettled"]] == ["held"]
    assert {filing["number"]: filing["exports"] for filing in document["filings"]} == {"FJ-XM-2026-017": 3, "SCC-88": 3}
    assert document["duty"]["article"] == "Art. 17"
    assert "13912345678" not in json.dumps(document)


def test_a_day_is_a_day_in_china(run: Any, own: Folder) -> None:
    late = datetime(2026, 6, 30, 17, tzinfo=UTC)  # one in the morning of 1 July
    booking = own.book.history()[0].body["booking"]
    own.book.void(booking, "never left", {"ticket": "T-1"}, now=late)
    own.book.suspend("Q-1", {}, now=late)
    first, second = (report(run, own, "--half", half) for half in ("2026-H1", "2026-H2"))
    assert [len(half["voids"]) for half in (first, second)] == [0, 1]
    assert [len(half["orders"]) for half in (first, second)] == [0, 1]
    assert second["voids"][0]["on"] == "2026-07-01"


def test_exclusions_stand_with_their_evidence(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa

    from exportgate.pipelines import guarded

    folder = Folder(tmp_path)
    data = pa.table({"member_id": [f"M{n:09d}" for n in range(40)], "mobile": [f"13{n:09d}" for n in range(40)]})
    manifest = {
        "export": {"id": "m", "sector": "retail", "scenario": "membership", "recipient": {"name": "HQ"}},
        "scope": "crm",
        "exclusions": [{"basis": "5(1)(i)", "where": "mobile < '13000000010'", "evidence": {"contract": "C-7"}}],
    }
    with guarded.guard(data, manifest, config=folder.settings, as_of=date(2026, 11, 20), suite=False):
        pass
    (one,) = report(run, folder)["exclusions"]
    assert (one["persons"], one["rows"], one["article"]) == (10, 10, "CBDF Art. 5(1)(i)")
    assert [held["held"] for held in one["evidence"]] == [{"contract": "C-7"}]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_it_and_loads_nothing(run: Any, faithful: Folder, lang: str) -> None:
    html = run("report", "--config", faithful.config, *DAY, "--half", "2026-H1", "--lang", lang).stdout
    words = (
        ("Material for the report", "Art. 17", "new persons")
        if lang == "en"
        else ("片区实施机构承担", "第17条", "新增")
    )
    assert all(word in html for word in (*words, "Helvetia Trials AG", "<svg", 'class="path"'))
    assert not re.search(r"(?:src|href)=|https?://|url\(", html)
    assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in html


def test_what_strangers_wrote_is_neither_markup_nor_formula(run: Any, own: Folder, tmp_path: Path) -> None:
    own.send(other(id="=HYPERLINK(1)", recipient="<script>alert(1)</script>", purpose='=cmd|"/c calc"!A1'))
    html = run("report", "--config", own.config, *DAY).stdout
    assert "<script>" not in html
    run("report", "--config", own.config, *DAY, "--format", "xlsx", "-o", tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "r.xlsx").read_bytes()))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_workbook_holds_the_same_persons(run: Any, faithful: Folder, tmp_path: Path, lang: str) -> None:
    command = (
        "report",
        "--config",
        faithful.config,
        *DAY,
        "--format",
        "xlsx",
        "--lang",
        lang,
        "-o",
        tmp_path / "r.xlsx",
    )
    run(*command)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert len(book.sheetnames) == 12
    persons = [[cell.value for cell in line] for line in book[book.sheetnames[1]].iter_rows(min_row=2)]
    handler = report(run, faithful)["years"][0]["handler"]["year_to_date"]
    assert persons[-3][4:7] == [handler["any"], handler["lower"]["any"], handler["upper"]["any"]]


def test_a_period_without_exports_says_so(run: Any, faithful: Folder) -> None:
    document = report(run, faithful, "--from", "2026-11-01")
    assert (document["summary"]["exports"], document["summary"]["new_persons"]) == (0, 0)
    assert document["summary"]["year_to_date"] == 450
    html = run("report", "--config", faithful.config, *DAY, "--from", "2026-11-01").stdout
    assert "Nothing left in the period." in html


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--half", "2026-H3"), "no half-year"),
        (("--half", "2026-H1", "--year", "2026"), "one way"),
        (("--from", "2026-05-01", "--to", "2026-04-01"), "before it begins"),
        (("--year", "2027"), "not begun"),
        (("--format", "xlsx"), "-o FILE.xlsx"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(run: Any, faithful: Folder, options: tuple[str, ...], says: str) -> None:
    with pytest.raises(UsageError, match=re.escape(says)):
        run("report", "--config", faithful.config, *DAY, *options)


def test_without_the_library_the_extra_is_named(faithful: Folder, tmp_path: Path) -> None:
    code = "import sys; sys.modules['openpyxl'] = None; from exportgate.pipelines.cli import main; main(sys.argv[1:])"
    command = ["report", "--config", str(faithful.config), *DAY, "--format", "xlsx", "-o", str(tmp_path / "r.xlsx")]
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=False)
    assert (done.returncode, "exportgate[excel]" in done.stderr) == (3, True)


def test_the_summer_is_not_in_the_spring(run: Any, faithful: Folder) -> None:
    exports = report(run, faithful, "--to", SUMMER.day.isoformat())["exports"]
    assert [each["export"] for each in exports] == ["members-spring", "trial-visits", "members-summer"]
    before = report(run, faithful, "--to", "2026-07-01")["exports"]
    assert [each["export"] for each in before] == ["members-spring", "trial-visits"]
