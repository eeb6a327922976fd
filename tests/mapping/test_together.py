"""Tables kept together tell of each other where they belong; what single words say was learnt, for this list alone."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from exportgate import field_maps
from exportgate.field_maps.model import Edition
from exportgate.pipelines.cli import cli
from exportgate.scanner import detection
from exportgate.scanner.mapping import learnt, map_table, map_tables, neighbours
from exportgate.scanner.mapping.index import index_of
from exportgate.scanner.mapping.words import first_part
from exportgate.scanner.results import ColumnVerdict

AIRLINE = {
    "flights": "flight_no dep_airport arr_airport std atd aircraft_reg gate",
    "boarding_passes": "ticket_no flight_no boarding_no seat_no passenger_name",
    "aircraft": "registration msn total_flight_hours total_landings next_check_due",
    "users": "username email phone full_name password",
}


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


def judged(table: str, names: str) -> tuple[ColumnVerdict, ...]:
    columns = tuple(detection.ColumnInput(name, "string", "") for name in names.split())
    return tuple(detection.judge(detection.TableInput(table, "", columns)))


def tables() -> list[tuple[tuple[ColumnVerdict, ...], str, str]]:
    return [(judged(table, names), table, "") for table, names in AIRLINE.items()]


def test_a_table_anybody_could_have_belongs_where_the_others_do(edition: Edition) -> None:
    users, name, comment = tables()[-1]
    alone, together = map_table(users, edition, None, None, name, comment), map_tables(tables(), edition)[-1]
    assert alone[1].sector != "aircraft-maintenance"
    assert together[1].sector == "aircraft-maintenance"
    assert (alone[1].together, together[1].together) == (0, 3)
    assert {column.fields[0].sector for column in together[0] if column.fields} == {"aircraft-maintenance"}


def test_a_table_that_says_itself_where_it_belongs_is_not_outvoted(edition: Edition) -> None:
    clinic = judged("patients", "patient_id admission_no ward diagnosis blood_type attending_doctor")
    assert map_tables([*tables(), (clinic, "patients", "")], edition)[-1][1].sector == "pharma"


def test_where_the_sector_is_given_the_others_have_no_say(edition: Edition) -> None:
    alone = [map_table(columns, edition, "retail", None, name, comment) for columns, name, comment in tables()]
    assert map_tables(tables(), edition, "retail") == alone


def test_tables_of_one_glob_are_a_family_and_files_named_one_by_one_are_not(tmp_path: Path) -> None:
    for table, names in AIRLINE.items():
        (tmp_path / f"{table}.csv").write_text(",".join(names.split()) + "\n" + ",".join("x" * len(names.split())))

    def belongs(*sources: str) -> list[tuple[str, int]]:
        said = CliRunner().invoke(cli, ["scan", *sources, "--format", "json", "--quiet"]).stdout.splitlines()
        return [(scan["name"], scan["belongs"]["together"]) for scan in map(json.loads, said)]

    assert belongs(str(tmp_path / "*.csv")) == [(table, 3) for table in sorted(AIRLINE)]
    assert belongs(*(str(tmp_path / f"{table}.csv") for table in AIRLINE)) == [(table, 0) for table in AIRLINE]


def test_words_say_nothing_of_rows_they_were_not_learnt_for(edition: Edition) -> None:
    strange = index_of((replace(edition.fields[0], id="own.own.one", sector="own", scenario="own"),))
    said, nothing = learnt.of_column(strange, {"K:phone": 1.0}, "retail", None)
    assert said.tolist() == [0.0]
    assert learnt.of_column(index_of(tuple(edition.fields)), {"K:phone": 1.0}, "retail", None)[1] == nothing
    scenarios, _ = learnt.of_table(strange, {"T:patient": 1.0})
    assert scenarios.tolist() == [0.0]


@pytest.mark.parametrize("word", ["T:flight", "T:order", "customer"])
def test_what_tables_of_no_sector_teach_is_on_no_row_says_less_where_the_sector_is_given(
    edition: Edition, word: str
) -> None:
    index = index_of(tuple(edition.fields))
    unsaid, given = (learnt.of_column(index, {word: 1.0}, sector, None)[1] for sector in (None, "retail"))
    assert given < unsaid


def test_a_ward_is_a_hospitals_and_a_seat_an_airlines(edition: Edition) -> None:
    index = index_of(tuple(edition.fields))
    sectors = np.array([sector for sector, _ in index.scenarios])
    for word, sector in (("patient", "pharma"), ("flight", "aircraft-maintenance"), ("charging", "iov")):
        said, _ = learnt.of_table(index, {f"T:{word}": 1.0, f"C:{word}": 1.0})
        assert sectors[np.argmax(said)] == sector


def test_all_that_a_table_says_is_equally_loud_however_much_it_is() -> None:
    few, many = {"T:a": 1.0}, {"T:a": 1.0, "C:b": 0.5, "C:c": 1.0, "unknown": 1.0}
    for said in (few, many):
        heard = learnt.louder(said, {"T:a", "C:b", "C:c"})
        assert heard.pop(learnt.ALWAYS) == 1.0
        assert sum(loud**2 for loud in heard.values()) == pytest.approx(learnt.LOUD**2)


def test_kin_share_the_first_word_unless_most_columns_do() -> None:
    row = [np.array([1.0]), np.array([0.0]), np.array([0.0]), np.array([0.0])]
    names = ["licence_no", "licenceExpiry", "city", "remark"]
    assert [float(each[0]) for each in neighbours.kin(names, row)] == [0.0, 1.0, 0.0, 0.0]
    table = ["emp_no", "emp_name", "emp_city", "emp_age"]
    assert not any(each.any() for each in neighbours.kin(table, row))
    assert (first_part("Emp_no"), first_part("会员_手机"), first_part("")) == ("emp", "会员", "")


def verdicts_of(*names: str) -> tuple[ColumnVerdict, ...]:
    return detection.judge(detection.TableInput("t", "", tuple(map(detection.ColumnInput, names))))


def test_a_name_nobody_would_write_costs_no_time(edition: Edition) -> None:
    """Names of a million letters stopped the mapping for minutes."""
    names = ["a" * 1_000_000, "a_b" * 300_000, "中" * 1_000_000]
    mapped, _ = map_table(verdicts_of(*names), edition)
    assert len(mapped) == len(names)


def test_what_stands_around_a_column_is_said_from_five_columns_on() -> None:
    few = learnt.words_of_columns(verdicts_of("brand", "status"), {})
    many = learnt.words_of_columns(verdicts_of("brand", "status", "shop_name", "price", "origin"), {})
    assert not [word for word in few[1] if word.startswith("A:")]
    assert {"A:brand", "A:price"} <= many[1].keys() and "A:brand" not in many[0]
    assert many[1]["<none"] == many[1][">none"] == 1.0
