"""The working catalogue is whole, says where every row comes from, and pretends nothing."""

import catalogue_page
import pytest

from exportgate import field_maps
from exportgate.field_maps.model import Edition

KINDS = frozenset(
    [
        "person_name",
        "cn_resident_id",
        "passport",
        "other_id_document",
        "phone",
        "email",
        "postal_address",
        "precise_location",
        "trajectory",
        "birth_date",
        "age",
        "gender",
        "ethnicity_race",
        "religion",
        "marital_status",
        "occupation_employer",
        "education",
        "bank_account",
        "payment_card",
        "financial_account_other",
        "income_assets",
        "insurance_account",
        "social_security_no",
        "medical_record_no",
        "diagnosis",
        "medication",
        "lab_or_vital_sign",
        "medical_history_other",
        "genetic",
        "biometric",
        "face_image",
        "account_login_id",
        "password_or_secret",
        "device_id",
        "ip_address",
        "vehicle_vin",
        "licence_plate",
        "driving_behaviour",
        "minor_flag",
        "member_id",
        "subject_id",
        "pseudonymous_id",
        "order_or_consumption_record",
        "photo_avatar",
        "free_text",
        "none",
    ]
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


def test_there_are_298_rows_in_26_scenarios_and_none_is_verified(edition: Edition) -> None:
    assert edition.status() == (298, 0, "draft")
    assert len({(field.sector, field.scenario) for field in edition.fields}) == 26
    assert len({(field.sector, field.scenario, field.name_zh) for field in edition.fields}) == 298


def test_every_row_says_what_it_is_and_where_it_comes_from(edition: Edition) -> None:
    for field in edition.fields:
        assert field.id.startswith(f"{field.sector}.{field.scenario}."), field.id
        assert all((field.name_zh, field.name_en, field.definition, field.source, field.aliases)), field.id
        assert set(field.kinds) <= KINDS, field.id
        assert field.kinds, field.id
        assert field.provenance in {"summary", "sibling-list", "standard", "reconstructed"}, field.id
        assert field.sensitivity in {"none", "personal", "sensitive"}, field.id


def test_important_rows_name_their_item_and_no_others_do(edition: Edition) -> None:
    for field in edition.fields:
        assert bool(field.item) == (field.category == "important"), field.id
    assert [field.id for field in edition.fields if field.category == "genetic"] == ["pharma.drug-rd.genetic_test"]


def test_no_two_rows_of_a_scenario_are_called_the_same(edition: Edition) -> None:
    for attribute in ("name_zh", "name_en"):
        names = [(field.sector, field.scenario, getattr(field, attribute)) for field in edition.fields]
        assert len(names) == len(set(names))


def test_the_page_in_the_docs_is_the_catalogue(edition: Edition) -> None:
    assert catalogue_page.PAGE.read_text(encoding="utf-8") == catalogue_page.render(edition)


def test_the_signs_of_a_scenario_are_its_own_fields(edition: Edition) -> None:
    held = {(field.sector, field.scenario, field.id.rsplit(".", 1)[-1]) for field in edition.fields}
    signs = {(s.id, scenario.id, sign) for s in edition.sectors for scenario in s.scenarios for sign in scenario.signs}
    assert signs <= held
    assert all(not scenario.signs for s in edition.sectors for scenario in s.scenarios if scenario.id == s.catch_all)


def test_every_field_is_defined_in_both_languages(edition: Edition) -> None:
    assert [field.id for field in edition.fields if not field.definition or not field.definition_zh] == []
    assert all(field.definition_zh in catalogue_page.PAGE.read_text(encoding="utf-8") for field in edition.fields)
