"""Numbered items of forms, records in Latin letters of other languages, and what clinics and studies say besides."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kinds(table: str, *columns: str, comment: str = "") -> dict[str, str]:
    """Judge columns written `name`, `name:comment` or `name::type`, by name."""
    inputs = [
        ColumnInput(name, comment=said, declared_type=declared)
        for name, said, declared in ([*column.split(":"), "", ""][:3] for column in columns)
    ]
    return {verdict.name: verdict.kind for verdict in judge(TableInput(table, comment, tuple(inputs)))}


def test_numbered_items_of_a_form_about_a_patient_are_findings_and_what_is_written_to_them_is_history() -> None:
    found = kinds("walkForm", "patient_id", "Q1tried::tinyint(1)", "Q1SideBySide::tinyint(1)", "q2_secs", "Q2Cmt")
    assert (found["Q1tried"], found["Q1SideBySide"], found["q2_secs"]) == ("lab_or_vital_sign",) * 3
    assert found["Q2Cmt"] == "medical_history_other"


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("survey_result", ("shop_id", "q1_price", "q2_price", "q3_price")),
        ("exam_paper", ("paper_id", "item_1", "item_2", "item_3")),
        ("visit", ("patient_id", "item_code", "queue_no", "qty")),
    ],
)
def test_numbered_items_of_nobody_and_names_that_only_begin_alike_stay(table: str, columns: tuple[str, ...]) -> None:
    found = kinds(table, *columns)
    assert not {found[name] for name in columns[1:]} & {"lab_or_vital_sign", "medical_history_other"}


@pytest.mark.parametrize(
    ("table", "columns", "expected"),
    [
        (
            "kanja_kihon",
            ("kanja_shimei", "seibetsu", "seinengappi", "juusho", "denwa_bangou", "hihokensha_bangou"),
            ("person_name", "gender", "birth_date", "postal_address", "phone", "insurance_account"),
        ),
        (
            "patsient_karta",
            ("familiya", "data_rozhdeniya", "snils", "mesto_raboty", "diagnoz"),
            ("person_name", "birth_date", "social_security_no", "occupation_employer", "diagnosis"),
        ),
        (
            "benh_nhan",
            ("ho_va_ten", "gioi_tinh", "ngay_sinh", "chan_doan_chinh", "tien_su_benh"),
            ("person_name", "gender", "birth_date", "diagnosis", "medical_history_other"),
        ),
        (
            "korea_adr",
            ("seongbyeol", "saengnyeon_woril", "uisim_uiyakpum", "isang_sarye"),
            ("gender", "birth_date", "medication", "diagnosis"),
        ),
    ],
)
def test_records_in_other_languages_are_read(table: str, columns: tuple[str, ...], expected: tuple[str, ...]) -> None:
    found = kinds(table, *columns)
    assert tuple(found[name] for name in columns) == expected


def test_what_a_doctor_may_do_and_has_done_is_work() -> None:
    found = kinds("doctors", "first_name", "last_name", "specialization", "no_of_publication", "phone_number", "email")
    assert (found["specialization"], found["no_of_publication"]) == ("occupation_employer",) * 2
    assert kinds("course", "course_id", "title", "specialization", "price")["specialization"] == "none"


def test_why_somebody_left_a_study_is_health_and_why_a_contract_ended_is_not() -> None:
    found = kinds(
        "trial_subject", "subject_id", "sex", "age", "termination_reason", "quit_date:退出日期", "tcyy:退出原因"
    )
    assert (found["termination_reason"], found["tcyy"]) == ("medical_history_other",) * 2
    assert kinds("contract", "contract_no", "supplier", "termination_reason")["termination_reason"] != (
        "medical_history_other"
    )


def test_how_the_body_handles_a_medicine_is_measured() -> None:
    found = kinds("pk_param", "subject_id", "analyte", "cmax", "tmax", "auc_0_t", "t_half:半衰期")
    assert {found[name] for name in ("analyte", "cmax", "tmax", "auc_0_t", "t_half")} == {"lab_or_vital_sign"}


def test_how_genes_were_read_is_nobodys_beside_what_was_read() -> None:
    found = kinds("mutation", "sample_id", "gene_symbol", "ref_allele", "alt_allele", "sequencing_phase", "ploidy")
    assert (found["sequencing_phase"], found["sample_id"], found["ploidy"]) == ("none", "pseudonymous_id", "genetic")


def test_letters_that_find_a_name_are_the_name_and_those_that_find_a_thing_are_not() -> None:
    found = kinds("adm_patient", "name", "gender", "birth_date", "py_str:拼音码", "wb_str:五笔码", "temp_address")
    assert (found["py_str"], found["wb_str"], found["temp_address"]) == ("person_name", "person_name", "postal_address")
    found = kinds("dim_keshi", "ksbm:科室编码", "ksmc:科室名称", "zjm:助记码", "py_str:拼音码", comment="科室字典")
    assert (found["zjm"], found["py_str"]) == ("none", "none")


@pytest.mark.parametrize("name", ["time_stamp", "valid_from", "valid_upto", "date_canceled", "reporting_date"])
def test_when_a_row_was_written_or_holds_is_no_finding(name: str) -> None:
    found = kinds("emr_chart", "patient_id", "medical_history", "diagnosis", "treatment", name)
    assert found[name] == "none"
