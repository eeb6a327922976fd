"""Incidents: whom to tell, by article; an order stops what it reaches until it is lifted, a reservation included."""

from __future__ import annotations

from datetime import date
from typing import Any

import jsonschema
import pyarrow as pa
import pytest
from filed_year import Folder, moment

from exportgate.pipelines import api, schemas
from exportgate.scanner.errors import UsageError
from exportgate.scanner.suspension import suspended


@pytest.fixture
def add(run: Any, own: Folder) -> Any:
    def call(*options: str) -> Any:
        found = run("incident", "add", "--config", own.config, *options, "--format", "json")
        jsonschema.Draft202012Validator(schemas.load("incident")).validate(found.document)
        return found.document

    return call


def test_whom_to_tell_stands_with_its_article(add: Any) -> None:
    document = add("--what", "a laptop was lost", "--persons", "300", "--remedy", "access revoked")
    area, nation = document["tell"]
    assert ("厦门" in area["who"]["zh"], area["article"]) == (True, "Art. 15")
    assert (nation["who"], nation["article"]) == (None, "PIPL Art. 57")
    assert document["incidents"] == [
        {**document["incidents"][0], "what": "a laptop was lost", "persons": 300, "remedy": "access revoked"}
    ]


def test_an_incident_happened_on_the_day_of_the_question(add: Any) -> None:
    """As other commands have it: `--as-of` is the day where `--on` says none, and nothing after it has happened."""
    told = add("--what", "a laptop was lost", "--as-of", "2026-03-02")
    assert told["incidents"][0]["on"] == "2026-03-02"
    assert add("--what", "another", "--as-of", "2026-03-02", "--on", "2026-03-01")["incidents"][0]["on"] == "2026-03-01"
    with pytest.raises(UsageError, match="2026-03-03 is still to come"):
        add("--what", "x", "--as-of", "2026-03-02", "--on", "2026-03-03")


def test_without_an_area_every_agency_is_named(run: Any, tmp_path: Any) -> None:
    folder = Folder(tmp_path, ftz_area=None)
    found = run("incident", "add", "--config", folder.config, "--what", "x", "--format", "json").document
    assert len([each for each in found["tell"] if each["who"]]) == 3


def test_outside_the_zone_only_the_national_duty_is_left(run: Any, tmp_path: Any) -> None:
    folder = Folder(tmp_path, ftz_area="none")
    found = run("incident", "add", "--config", folder.config, "--what", "x", "--format", "json").document
    assert [each["article"] for each in found["tell"]] == ["PIPL Art. 57"]


@pytest.mark.parametrize("text", ["客户11010519491231002X投诉", "call 13912345678", "li.lei@example.com complained"])
def test_a_persons_data_is_refused(add: Any, own: Folder, text: str) -> None:
    before = len(own.book.history())
    with pytest.raises(UsageError, match="looks like personal data") as refused:
        add("--what", text)
    assert len(own.book.history()) == before
    assert not any(part in str(refused.value) for part in ("1101", "1391", "li.lei"))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--suspend", "--lift"), "not both"),
        (("--order", "Q-1"), "received"),
        (("--lift",), "no order"),
        (("--on", "2999-01-01"), "still to come"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(add: Any, own: Folder, options: Any, says: str) -> None:
    before = len(own.book.history())
    with pytest.raises(UsageError, match=says):
        add("--what", "x", *options)
    assert len(own.book.history()) == before


def test_an_order_is_lifted_by_its_number(run: Any, add: Any, own: Folder) -> None:
    add("--what", "spot-check", "--suspend", "--order", "Q-1", "--row", "membership")
    add("--what", "second order", "--suspend", "--order", "Q-2", "--recipient", "Second Hub KK")
    document = add("--what", "rectified", "--lift", "--order", "Q-1")
    assert [(order["order"], bool(order["lifted"])) for order in document["orders"]] == [("Q-1", True), ("Q-2", False)]
    for lang, word in (("en", "IN FORCE"), ("zh", "仍在生效")):
        text = run("incident", "list", "--config", own.config, "--lang", lang).stdout
        assert all(part in text for part in (word, "Q-1", "Second Hub KK"))


@pytest.mark.parametrize(
    ("order", "stops"),
    [
        ({}, True),
        ({"export": "m-1"}, True),
        ({"export": "m-2"}, False),
        ({"exports": ["m-2", "m-1"]}, True),
        ({"exports": ["m-2"]}, False),
        ({"rows": ["membership"]}, True),
        ({"rows": ["all"]}, False),
        ({"recipient": "loyalty hub"}, True),
        ({"recipient": "Another GmbH"}, False),
        ({"recipient": "Another GmbH", "rows": ["membership"]}, False),
    ],
)
def test_an_order_reaches_what_it_names(order: dict[str, Any], stops: bool) -> None:
    found = suspended([{"order": "Q", "since": "2026-01-01", **order}], "m-1", ["membership"], "Loyalty Hub")
    assert bool(found) == stops
    assert all(entry.blocks for entry in found)


def test_an_order_that_arrives_after_the_check_stops_the_reservation(own: Folder) -> None:
    data = pa.table({"member_id": [f"M{n:09d}" for n in range(20)], "mobile": [f"13{n:09d}" for n in range(20)]})
    manifest = {"export": {"id": "late", "sector": "retail", "scenario": "membership"}, "scope": "crm"}
    day = date(2026, 11, 23)
    checked = api.check(data, manifest, config=own.settings, ledger=own.book, as_of=day, suite=False)
    assert not checked.blocked
    own.book.suspend("Q-9", {"what": "spot-check"}, now=moment(day))
    assert api.reserve(checked, own.book, moment=moment(day)).reservation is None
    again = api.check(data, manifest, config=own.settings, ledger=own.book, as_of=day, suite=False)
    assert ([entry.issue for entry in again.consistency], int(again.exit_code)) == (["suspended"], 1)
