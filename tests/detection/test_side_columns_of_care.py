"""Columns beside findings that are none: how rows are sorted, who wrote them, what a catalogue or a study says."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def classes(table: str, names: str, comments: str = "") -> dict[str, str]:
    """Judge a table of columns that have names, and comments where they are given."""
    said = comments.split() or [""] * len(names.split())
    columns = tuple(ColumnInput(name, "", one, "") for name, one in zip(names.split(), said, strict=True))
    return {verdict.name: verdict.pi for verdict in judge(TableInput(table, "", columns))}


def test_what_only_sorts_or_counts_rows_is_nobodys_in_a_record_of_care() -> None:
    found = classes("vitals", "patient_id weight pulse index_asc index_patient_descending visit_slug retrieved_date")
    assert found["weight"] == found["pulse"] == "sensitive"
    assert {found[name] for name in ("index_asc", "index_patient_descending", "visit_slug", "retrieved_date")} == {
        "none"
    }


def test_who_entered_a_finding_is_somebody() -> None:
    assert classes("vitals", "patient_id weight pulse user_entered")["user_entered"] == "personal"


def test_who_changed_a_catalogue_of_diseases_makes_it_nobodys_record() -> None:
    names = "id code name create_user create_user_name update_user update_user_name"
    comments = "ID 疾病编码 疾病名称 创建人id 创建人姓名 更新人id 更新人姓名"
    found = classes("disease", names, comments)
    assert found["code"] == found["name"] == "none" and found["create_user_name"] == "personal"


@pytest.mark.parametrize(
    ("table", "names", "expected"),
    [
        ("associations", "snp_id mapped_gene disease_trait p_value odds_ratio risk_allele chr_pos", {"none"}),
        ("variants_of", "patient_id gene chr_pos ref_allele alt_allele genotype", {"sensitive", "personal"}),
    ],
)
def test_associations_of_genes_are_nobodys_and_variants_of_a_patient_are(
    table: str, names: str, expected: set[str]
) -> None:
    assert set(classes(table, names).values()) == expected


def test_the_key_of_a_specimen_is_a_pseudonym_and_a_clinics_client_its_patient() -> None:
    columns = tuple(map(ColumnInput, ["clientId", "sample_code", "hemoglobin", "platelets", "PCT", "rdw_cv"]))
    found = {one.name: one.kind for one in judge(TableInput("report_blood", "", columns))}
    assert found["clientId"] == "subject_id" and found["sample_code"] == "pseudonymous_id"
    assert found["PCT"] == found["rdw_cv"] == "lab_or_vital_sign"
    sold = {one.name: one.kind for one in judge(TableInput("orders", "", (ColumnInput("clientId"),)))}
    assert sold["clientId"] == "member_id"


def test_a_condition_is_an_illness_only_of_patients() -> None:
    assert classes("patients", "patient_id age condition")["condition"] == "sensitive"
    assert classes("used_cars", "vin price condition")["condition"] == "none"


def test_a_birth_date_is_one_though_its_comment_only_says_date() -> None:
    column = ColumnInput("date_of_birth", "", "Date at which the individual was born", "date")
    assert judge(TableInput("person", "", (column, ColumnInput("gender"))))[0].kind == "birth_date"


def test_a_bed_is_a_place_and_a_specimens_number_a_pseudonym() -> None:
    names = ["pid", "bed", "spec", "hgb"]
    comments = ["住院号", "床位号", "标本编号", "血红蛋白"]
    columns = tuple(ColumnInput(name, "", said, "varchar(20)") for name, said in zip(names, comments, strict=True))
    found = {one.name: (one.kind, one.pi) for one in judge(TableInput("lis_report", "检验报告", columns))}
    assert found["bed"] == ("none", "none") and found["spec"] == ("pseudonymous_id", "personal")
    assert found["hgb"] == ("lab_or_vital_sign", "sensitive")


def test_a_sample_of_goods_has_a_number_that_is_nobodys() -> None:
    assert set(classes("material_inspection", "material_code sample_no batch_no supplier").values()) == {"none"}
