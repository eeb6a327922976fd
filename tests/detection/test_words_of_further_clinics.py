"""Clinics of Taiwan, India, Brazil, Germany and the US, reports of genes, and tables of many. All made up."""

import pytest

from tests.detection.test_context import verdicts


def found(table: str, names: str, comments: str = "") -> dict[str, tuple[str, str]]:
    """Judge a table of columns that have names, and comments where they are given."""
    said = comments.split() or [""] * len(names.split())
    columns = (f"{name}:{one}@varchar(64)" for name, one in zip(names.split(), said, strict=True))
    return verdicts(table, *columns)


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("身分證字號", "cn_resident_id"),
        ("檢體編號", "pseudonymous_id"),
        ("部分負擔", "insurance_account"),
        ("病歷號碼", "medical_record_no"),
        ("rch_id", "subject_id"),
        ("abha_no", "medical_record_no"),
        ("cartao_nacional_saude", "medical_record_no"),
        ("fallnummer", "medical_record_no"),
        ("prescriber_dea", "other_id_document"),
        ("crm_medico", "other_id_document"),
        ("medico_solicitante", "person_name"),
        ("einweiser", "person_name"),
        ("bystander_name", "person_name"),
        ("entlassgrund", "medical_history_other"),
        ("motivo_internacao", "medical_history_other"),
        ("hauptdiagnose", "diagnosis"),
    ],
)
def test_words_of_clinics_elsewhere_are_known(column: str, kind: str) -> None:
    assert found("patient_visit", f"patient_id {column}")[column][0] == kind


@pytest.mark.parametrize("table", ["medical_records", "patient_records", "health_archives"])
def test_a_table_of_many_is_about_what_one_of_them_is(table: str) -> None:
    assert found(table, "id record_number title")["record_number"][0] == "medical_record_no"


@pytest.mark.parametrize("table", ["categories", "countries", "drug_packages"])
def test_lists_in_the_plural_stay_lists(table: str) -> None:
    assert {pi for _, pi in found(table, "id code name").values()} == {"none"}


def test_genes_read_in_somebodys_sample_are_his_though_the_table_is_called_after_genes() -> None:
    judged = found("gene_result", "sample_no gene mutation vaf")
    assert {judged[name][0] for name in ("gene", "mutation", "vaf")} == {"genetic"}
    assert {pi for _, pi in found("gene_catalog", "gene omim disease").values()} == {"none"}


def test_the_package_of_a_check_up_and_states_of_work_are_no_findings() -> None:
    judged = found("checkup_item", "member_id package_name execution_status hgb")
    assert judged["package_name"][1] == judged["execution_status"][1] == "none"
    assert judged["hgb"][1] == "sensitive"


def test_what_a_programmer_noted_of_a_change_says_nothing_of_the_column() -> None:
    told = "uhid_no:xy 20110203 Added for the new drug file@varchar(20)"
    assert verdicts("accounts", told, "icd9")["uhid_no"][0] == "medical_record_no"
