"""Wards and practices abroad, lines of medical claims, journals of blood sugar. All made up."""

import pytest

from tests.detection.test_context import verdicts


def found(table: str, names: str) -> dict[str, tuple[str, str]]:
    """Judge a table of columns that have names alone."""
    return verdicts(table, *(f"{name}@varchar(64)" for name in names.split()))


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("LyDoKham", "medical_history_other"),
        ("PhuongPhapDieuTri", "medical_history_other"),
        ("TenBN", "person_name"),
        ("MaBacSi", "account_login_id"),
        ("NhipTho", "lab_or_vital_sign"),
        ("Rollstuhl", "medical_history_other"),
        ("Gehbehinderung", "medical_history_other"),
        ("svnr", "social_security_no"),
        ("num_secu", "social_security_no"),
        ("geb", "birth_date"),
        ("causa_emergencia", "medical_history_other"),
        ("consumo_tabaco", "medical_history_other"),
        ("prescricao", "medication"),
        ("alergi_obat", "medical_history_other"),
        ("kansensyo", "medical_history_other"),
        ("setainusi", "person_name"),
        ("renraku_banti", "postal_address"),
        ("患者基本情報ID", "subject_id"),
        ("アレルギー情報", "medical_history_other"),
        ("処方内容", "medication"),
        ("facialMarks", "medical_history_other"),
        ("nik", "other_id_document"),
        ("identificacion", "other_id_document"),
    ],
)
def test_words_of_wards_abroad_are_known(column: str, kind: str) -> None:
    assert found("patient_visit", f"patient_id {column}")[column][0] == kind


def test_patients_of_a_practice_have_names_cut_short() -> None:
    judged = found("patienten", "svnr vname nname geb hausnr")
    assert judged["vname"][0] == "person_name"
    assert judged["hausnr"][0] == "postal_address"


@pytest.mark.parametrize("table", ["apoteker", "dentistas", "bacsi", "zahnarzt"])
def test_who_works_in_a_practice_is_somebody(table: str) -> None:
    judged = found(table, "id nome nama jurusan telefon")
    assert judged["nama"][0] == "person_name"
    assert judged["jurusan"] == ("education", "personal")


def test_a_journal_of_blood_sugar_holds_findings() -> None:
    assert found("bg_log", "user_id time_entered value")["value"][1] == "sensitive"
    assert found("price_log", "item_id time_entered value")["value"][1] == "none"


def test_lines_of_a_claim_tell_what_somebody_was_treated_for() -> None:
    judged = found("claim_lines", "claim_id ICD9_DGNS_CD HCPCS_CD LINE_ALOWD_CHRG_AMT")
    assert judged["ICD9_DGNS_CD"][1] == judged["HCPCS_CD"][1] == "sensitive"
    assert {pi for _, pi in found("icd_codes", "icd_code name category").values()} == {"none"}


def test_words_shared_with_other_trades_stay_as_they_are() -> None:
    assert found("charging_session", "station_id ccs_code power")["ccs_code"][1] == "none"
    assert found("documents", "id title doc_comment svn")["svn"][1] == "none"
    assert found("departments", "id ma_khoa ten_khoa")["ten_khoa"][1] == "none"
