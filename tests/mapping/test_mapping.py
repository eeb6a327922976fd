"""Columns land on the rows a filing would name, and on none where the list covers nothing."""

import pytest

from exportgate import field_maps
from exportgate.field_maps.model import Edition
from exportgate.scanner.mapping import map_columns
from exportgate.scanner.results import ColumnVerdict


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


def column(name: str, kind: str = "none", comment: str = "", decided_by: str = "name") -> ColumnVerdict:
    pi = "none" if kind == "none" else "personal"
    return ColumnVerdict(name, "string", comment, kind=kind, pi=pi, confidence=0.95, decided_by=decided_by)


def best(verdict: ColumnVerdict) -> str:
    return verdict.fields[0].id if verdict.fields else ""


@pytest.mark.parametrize(
    ("name", "comment", "kind", "field"),
    [
        ("id_no", "身份证号", "cn_resident_id", "retail.membership.id_number"),
        ("hyxm", "", "person_name", "retail.membership.name"),
        ("custMobileNo", "", "phone", "retail.membership.phone"),
        ("avail_points", "", "none", "retail.membership.points"),
        ("X17", "", "cn_resident_id", "retail.membership.id_number"),
    ],
)
def test_members(edition: Edition, name: str, comment: str, kind: str, field: str) -> None:
    (mapped,) = map_columns([column(name, kind, comment)], edition, "retail", "membership", "crm_member", "会员表")
    assert best(mapped) == field
    assert mapped.fields[0].reason
    assert mapped.fields[0].row == "membership"


def test_a_scenario_is_inferred_from_table_and_neighbours(edition: Edition) -> None:
    names = [("USUBJID", "subject_id"), ("AETERM", "diagnosis"), ("AGE", "age"), ("ARM", "none")]
    mapped = map_columns([column(*pair) for pair in names], edition, table_name="ae")
    assert {verdict.fields[0].scenario for verdict in mapped} == {"clinical-trials"}


@pytest.mark.parametrize("name", ["create_time", "is_deleted", "sku_stock", "warehouse_zone", "dict_sort", "tenant_id"])
def test_business_columns_stay_unmapped(edition: Edition, name: str) -> None:
    (mapped,) = map_columns([column(name)], edition, "retail", "membership", "crm_member")
    assert mapped.fields == ()


def test_at_most_five_best_first(edition: Edition) -> None:
    for verdict in map_columns([column("name", "person_name"), column("phone", "phone")], edition):
        scores = [match.score for match in verdict.fields]
        assert 0 < len(scores) <= 5
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_mapping_never_touches_what_is_counted(edition: Edition) -> None:
    given = [column("zzz", "marital_status"), column("name", "person_name")]
    for before, after in zip(given, map_columns(given, edition, "iov"), strict=True):
        assert (before.kind, before.pi, before.confidence) == (after.kind, after.pi, after.confidence)


def test_important_and_genetic_fields_are_found(edition: Edition) -> None:
    names = ["front_cam_frame", "lidar_path", "traffic_sign_image"]
    mapped = map_columns([column(name) for name in names], edition, "iov", "rd-design", "road_test")
    assert {best(verdict) for verdict in mapped} == {"iov.rd-design.off_vehicle_video"}
    (gene,) = map_columns([column("variant_hgvs", "genetic")], edition, "pharma")
    assert best(gene) == "pharma.drug-rd.genetic_test"
