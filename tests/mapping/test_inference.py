"""Where a table belongs is inferred from all it says, and a table of another trade is left alone."""

import pytest

from exportgate import field_maps
from exportgate.field_maps.model import Edition
from exportgate.scanner.mapping import map_columns, prepare
from exportgate.scanner.mapping.features import OF_ROW
from exportgate.scanner.mapping.features_nothing import names_of_nothing
from exportgate.scanner.mapping.fitted import fitted
from exportgate.scanner.mapping.inference import SPEAKS, believe, names_elsewhere
from exportgate.scanner.results import ColumnVerdict

PERSON = {"full_name": "person_name", "phone": "phone", "email": "email", "gender": "gender"}


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


def columns(kinds: dict[str, str]) -> list[ColumnVerdict]:
    return [
        ColumnVerdict(
            name, "string", kind=kind, pi="none" if kind == "none" else "personal", confidence=0.9, decided_by="name"
        )
        for name, kind in kinds.items()
    ]


@pytest.mark.parametrize(
    ("table", "more", "sector"),
    [
        ("boarding_pass", ("gate", "seat_class", "flight_no", "baggage_tag"), "aircraft-maintenance"),
        ("ward_round", ("bed_no", "admission_date", "attending_physician"), "pharma"),
        ("car_rental", ("plate_no", "odometer", "driver_licence"), "iov"),
        ("mall_order", ("sku", "coupon_code", "cart_id"), "retail"),
    ],
)
def test_the_words_of_a_trade_tell_the_sector(edition: Edition, table: str, more: tuple[str, ...], sector: str) -> None:
    given = columns({**PERSON, **dict.fromkeys(more, "none")})
    prepared = prepare(tuple(given), edition, table)
    belief = believe(prepared.index, prepared.scenarios, prepared.elsewhere, None, None)
    of_sector = sum(
        p for p, (name, _) in zip(belief.scenarios, prepared.index.scenarios, strict=True) if name == sector
    )
    assert of_sector > 0.5


@pytest.mark.parametrize("table", ["payroll_2025", "student_exam", "sales_leads"])
def test_a_table_of_another_trade_is_elsewhere(edition: Edition, table: str) -> None:
    more = ("base_salary", "department", "semester", "teacher", "lead_source", "opportunity")
    given = columns({**PERSON, **dict.fromkeys(more, "none")})
    prepared = prepare(tuple(given), edition, table)
    nowhere = believe(prepared.index, prepared.scenarios, prepared.elsewhere, None, None).elsewhere
    assert nowhere > believe(prepared.index, prepared.scenarios, prepared.elsewhere, "pharma", None).elsewhere == 0.0
    assert nowhere > 0.3


def test_a_given_sector_shuts_out_the_others_and_a_given_scenario_leads(edition: Edition) -> None:
    for verdict in map_columns(columns(PERSON), edition, "iov", "sales-operation", "boarding_pass"):
        assert {match.sector for match in verdict.fields} <= {"iov"}
        assert verdict.fields[0].scenario == "sales-operation"


def test_every_piece_of_evidence_was_weighed(edition: Edition) -> None:
    index = prepare((), edition).index
    weights = fitted().weights
    assert tuple(weights["rows"]) == OF_ROW
    assert tuple(weights["nothing"]) == names_of_nothing(index)
    assert tuple(weights["scenarios"]) == SPEAKS
    assert tuple(weights["elsewhere"]) == names_elsewhere([sector for sector, _ in index.scenarios])


def test_scores_fall_with_the_rank_and_none_is_certain(edition: Edition) -> None:
    for verdict in map_columns(columns(PERSON), edition, "retail", "membership", "member"):
        scores = [match.score for match in verdict.fields]
        assert scores == sorted(scores, reverse=True)
        assert 0.5 < scores[0] < 1.0
