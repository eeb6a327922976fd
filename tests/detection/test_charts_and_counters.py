"""What hospitals write beside findings: cut particulars, advice, fees, specimens, bills, studies. All made up."""

import pytest

from tests.detection.test_context import verdicts


def found(table: str, said: str) -> dict[str, tuple[str, str]]:
    """Judge a table of columns written ``name`` or ``name(comment)``."""
    parts = [(one.partition("(")[0], one.partition("(")[2].rstrip(")")) for one in said.split()]
    return verdicts(table, *(f"{name}:{comment}@varchar(64)" for name, comment in parts))


def kinds(table: str, said: str) -> list[str]:
    """The kinds of a table's columns, in order."""
    return [kind for kind, _ in found(table, said).values()]


@pytest.mark.parametrize(
    ("table", "said", "expected"),
    [
        ("nurse", "N_NAME N_PHNO N_ADD N_TYPE", "person_name phone postal_address occupation_employer"),
        ("emp_master", "emp_cont emp_add emp_desig emp_sal", "phone postal_address occupation_employer income_assets"),
        ("student", "s_name s_add s_cont", "person_name postal_address phone"),
        ("products", "p_id p_name p_type p_add", "none none none none"),
        ("vehicle", "v_id v_type v_add", "none none none"),
    ],
)
def test_words_are_cut_short_behind_somebodys_letters(table: str, said: str, expected: str) -> None:
    assert kinds(table, said) == expected.split()


@pytest.mark.parametrize(
    ("table", "expected"),
    [("doctors", "other_id_document"), ("patients", "medical_record_no"), ("used_cars", "licence_plate")],
)
def test_who_is_registered_says_what_the_number_is(table: str, expected: str) -> None:
    said = "registration_no vin" if table == "used_cars" else "registration_no name"
    assert kinds(table, said)[0] == expected


@pytest.mark.parametrize(
    "name", ["area_of_expertise", "good_at", "sub_specialty", "role_title", "fachrichtung", "zz(擅长病种)"]
)
def test_what_staff_are_good_at_is_of_their_occupation(name: str) -> None:
    assert kinds("doctors", f"name {name}")[1] == "occupation_employer"
    assert kinds("equipment_model", f"code {name.partition('(')[0]}")[1] == "none"


@pytest.mark.parametrize("comment", ["总检结论", "科室小结", "饮食建议", "運動建議", "复查建议"])
def test_what_a_check_up_concludes_and_advises_is_of_health(comment: str) -> None:
    assert found("exam_report", f"member_id jl({comment})")["jl"][1] == "sensitive"


def test_a_plan_of_food_and_sport_is_of_health_and_a_menu_is_not() -> None:
    assert found("plan", "member_id food sport bmi")["food"][1] == "sensitive"
    assert {pi for _, pi in found("menu_item", "food sport price").values()} == {"none"}


def test_what_an_examination_costs_is_no_finding() -> None:
    judged = found("visit", "patient_id(患者ID) jcjg(检查结果) jcfy(检查费用) drug_price drug_qty opd_charges")
    assert judged["jcjg"][1] == judged["drug_qty"][1] == "sensitive"
    assert "sensitive" not in {judged[name][1] for name in ("jcfy", "drug_price", "opd_charges")}


def test_what_a_pharmacy_keeps_is_nobodys_and_what_somebody_takes_is() -> None:
    stock = found("meds", "med_id med_name med_qty category med_price rack")
    assert {pi for _, pi in stock.values()} == {"none"}
    for said in ("id patient_name med_name dosage", "user_id med_name dosage price", "med_name dosage times_per_day"):
        assert found("meds", said)["med_name"][1] == "sensitive"


def test_how_a_specimen_is_kept_is_nobodys_and_its_number_a_pseudonym() -> None:
    judged = found("specimen", "specimen_id patient_id tube_type freezer_id aliquot_count specimen_type hgb")
    assert judged["specimen_id"][0] == "pseudonymous_id" and judged["hgb"][1] == "sensitive"
    assert {judged[name][1] for name in ("tube_type", "freezer_id", "aliquot_count", "specimen_type")} == {"none"}


def test_what_the_billing_office_does_with_a_patients_account_is_no_finding() -> None:
    judged = found("accounts", "pat_id icd9 ub92_date bad_debt_date mailer fin_code posting_date event_no")
    assert judged["icd9"][1] == "sensitive"
    assert {pi for name, (_, pi) in judged.items() if name not in ("pat_id", "icd9")} == {"none"}


def test_the_key_of_the_table_itself_is_nobodys_unless_rows_are_persons() -> None:
    assert found("drug_units", "drug_unit_id subject_id")["drug_unit_id"][1] == "none"
    assert found("patients", "patient_id age")["patient_id"][0] == "subject_id"


def test_how_numbers_are_made_is_no_number_of_anybody() -> None:
    assert set(kinds("study_setup", "study_name subject_key_prefix subject_id_start")) == {"none"}
    assert kinds("patients", "subject_uid patient_barcode last_name_prefix") == [
        "subject_id",
        "subject_id",
        "person_name",
    ]


def test_who_did_something_has_a_name_and_a_sort_order_has_none() -> None:
    assert kinds("specimen_log", "collected_by_name sort_by_name") == ["person_name", "none"]


def test_a_doctors_and_a_patients_key_are_cut_short_together() -> None:
    assert kinds("appointment", "aid did pid")[2] == "subject_id"
    assert kinds("menu", "id pid title")[1] == "none"


@pytest.mark.parametrize(
    ("table", "said", "expected"),
    [
        ("PatientModel", "id name phone", ["subject_id", "person_name", "phone"]),
        ("EmployeeVO", "name mobile", ["person_name", "phone"]),
        ("CarModel", "id name", ["none", "none"]),
    ],
)
def test_the_class_of_a_program_is_no_model(table: str, said: str, expected: list[str]) -> None:
    assert kinds(table, said) == expected


def test_a_consent_tells_of_health_only_in_columns_that_do() -> None:
    assert {pi for kind, pi in found("consents", "donor_id version restrictions").values() if kind != "subject_id"} == {
        "none"
    }
    assert found("consent", "patient_name procedure_name diagnosis")["procedure_name"][1] == "sensitive"


def test_where_genes_lie_is_the_same_in_everybody() -> None:
    assert set(kinds("probes", "rsid gene chr position")) == {"none"}
    assert found("probes", "rsid gene chr genotype")["gene"][0] == "genetic"
    assert found("patient_probes", "rsid gene chr")["gene"][0] == "genetic"


def test_the_address_of_an_institution_is_no_persons() -> None:
    assert set(kinds("address", "mc(机构名称) telephone detail(详细地址)")) == {"none"}
    shipped = found("address", "user_id company_name phone detail(详细地址)")
    assert shipped["phone"][1] == shipped["detail"][1] == "personal"


def test_elements_of_a_common_data_model_are_read_as_it_has_them() -> None:
    judged = found("lab_result_cm", "PATID ENCOUNTERID RESULT_NUM RESULT_UNIT LAB_RESULT_SOURCE")
    assert [pi for _, pi in judged.values()] == ["personal", "none", "sensitive", "none", "none"]
    assert found("reac", "isr pt")["pt"][0] == "diagnosis"


def test_findings_requested_of_a_sample_are_somebodys_and_those_of_goods_are_not() -> None:
    assert found("test_requests", "sample_id test_type numeric_result text_result")["text_result"][1] == "sensitive"
    assert found("test_requests", "product_id sample_id numeric_result text_result")["text_result"][1] == "none"
