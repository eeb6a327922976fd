"""`filing calendar` with what is on record: certificates, opinions, closed years; and as iCalendar."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import icalendar
import jsonschema
import pytest
from filed_year import Folder, filing, moment

from exportgate.pipelines import schemas

DAY = ("--as-of", "2026-11-23")


def dates(run: Any, folder: Folder, *options: Any) -> list[dict[str, Any]]:
    document = run("filing", "calendar", "--config", folder.config, *DAY, "--format", "json", *options).document
    jsonschema.Draft202012Validator(schemas.load("filing-calendar")).validate(document)
    found: list[dict[str, Any]] = document["dates"]
    return found


def test_what_is_on_record_has_its_dates(run: Any, faithful: Folder) -> None:
    found = {(entry["event"], entry["subject"]): entry["date"] for entry in dates(run, faithful)}
    assert found["certificate", "SCC-88"] == "2029-01-31"
    assert found["validity", "FJ-XM-2026-017"] == "2029-03-02"
    assert found["renewal-prompt", "FJ-XM-2026-017"] == "2028-11-02"
    assert found["renewal", "FJ-XM-2026-017"] is None  # the calendars of 2028 and 2029 are not published
    assert found["records", "2026"] == "2029-12-31"


def test_a_closed_year_is_told(run: Any, own: Folder) -> None:
    own.book.close_year(2026, now=moment(date(2027, 1, 15)))
    found = {entry["event"]: entry for entry in dates(run, own) if entry["subject"] == "2026"}
    assert found["year-closed"]["date"] == "2027-01-15"


def test_a_filing_given_as_a_file(run: Any, tmp_path: Any) -> None:
    folder = Folder(tmp_path)
    found = {(entry["event"], entry["subject"]) for entry in dates(run, folder, "--filing", folder.write(filing()))}
    assert {("validity", "FJ-XM-2026-017"), ("certificate", "SCC-88")} <= found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_dates_as_icalendar(run: Any, faithful: Folder, lang: str) -> None:
    command = ("filing", "calendar", "--config", faithful.config, *DAY, "--format", "ics", "--lang", lang)
    text = run(*command).stdout
    calendar = icalendar.Calendar.from_ical(text)
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    what = "the opinion expires · FJ-XM-2026-017" if lang == "en" else "意见有效期届满 · FJ-XM-2026-017"
    assert events[what].decoded("dtstart") == date(2029, 3, 2)
    assert ("Art. 13" if lang == "en" else "第13条") in events[what]["description"]
    assert len(events[what].walk("VALARM")) == 2
    unknown = [str(todo["description"]) for todo in calendar.walk("VTODO")]
    assert len(unknown) == 1
    assert ("not yet published" if lang == "en" else "尚未公布") in unknown[0]
    assert len({str(part["uid"]) for part in calendar.subcomponents}) == len(calendar.subcomponents)
    assert run(*command).stdout == text


def test_without_the_library_the_extra_is_named(faithful: Folder) -> None:
    code = "import sys; sys.modules['icalendar'] = None; from exportgate.pipelines.cli import main; main(sys.argv[1:])"
    command = ["filing", "calendar", "--config", str(faithful.config), "--format", "ics"]
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=False)
    assert (done.returncode, "exportgate[filing]" in done.stderr, done.stdout) == (3, True, "")
