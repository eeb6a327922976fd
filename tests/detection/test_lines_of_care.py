"""Lines of prescriptions, visits and deliveries: whose they are is told by several columns together. All made up."""

import pytest

from tests.detection.test_context import verdicts


def classes(table: str, names: str) -> dict[str, str]:
    """Judge a table of columns that have names alone; the class of each."""
    return {name: pi for name, (_, pi) in verdicts(table, *(f"{name}@varchar(64)" for name in names.split())).items()}


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("prescription_lines", "id drug_name dosage days unit_price qty"),
        ("prescription", "id medicine_name dosage duration price"),
        ("drug_prescription", "id drug_name times_per_day days total"),
        ("recipe_detail", "id recipe_id drug_name dosage usage price"),
        ("given", "id medicine dose start_time"),
        ("resep_detail", "id nama_obat drug_name dosis dosage days price"),
    ],
)
def test_a_medicine_that_is_taken_for_days_was_prescribed_to_somebody(table: str, columns: str) -> None:
    found = classes(table, columns)
    assert "sensitive" in {found[name] for name in columns.split() if "drug" in name or "medicine" in name}


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("medicine", "id name dosage usage price"),
        ("drug_info", "id drug_name default_dose default_usage days price"),
        ("drug_list", "id drug_name dosage days stock manufacturer"),
        ("prescription_template", "id drug_name dosage days"),
        ("purchase_order", "id vendor_id medicine_name quantity unit_price"),
        ("OrderSupply", "pharmacyID supplierID drugID drugPrice quantity orderDate"),
    ],
)
def test_a_medicine_that_is_kept_listed_or_delivered_is_nobodys(table: str, columns: str) -> None:
    assert "sensitive" not in classes(table, columns).values()


def test_a_medicine_that_somebody_bought_is_theirs() -> None:
    assert classes("drug_sale", "id customer_id drug_name qty price")["drug_name"] == "sensitive"


@pytest.mark.parametrize("key", ["visit_id", "appointment_id", "clinical_day_id", "ipdAdmissionId", "consultation_id"])
def test_what_was_found_at_a_visit_is_somebodys_also_where_rows_have_a_version(key: str) -> None:
    assert classes("lab_results", f"id version {key} test_name result unit")["result"] == "sensitive"


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("salon_services", "appointment_id service_id price duration"),
        ("site_visits", "visit_id page referrer duration result"),
        ("treatment", "treatment_id drug_code specification manufacturer price"),
        ("software", "id name version vendor result"),
    ],
)
def test_visits_elsewhere_and_lists_of_treatments_are_no_care(table: str, columns: str) -> None:
    assert "sensitive" not in classes(table, columns).values()


def test_questions_of_a_form_about_an_event_are_no_list_of_events() -> None:
    said = ("kind:1. Which report is it?", "onset:2. Date of onset", "grade:3. Grade of the event", "id")
    assert verdicts("AdverseEventForm", *said)["grade"][1] == "sensitive"


def test_a_key_that_a_comment_says_is_a_suppliers_is_nobodys() -> None:
    found = verdicts("supply_order", "user_id:供应商ID", "drug_id:药品ID", "price:单价", "num:数量")
    assert {pi for _, pi in found.values()} == {"none"}
    assert verdicts("orders", "user_id:用户ID", "supplier_id:供应商ID")["user_id"] == ("member_id", "personal")
