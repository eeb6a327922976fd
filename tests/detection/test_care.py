"""Records of care in systems nobody announced: words cut short, keys of stays, ranges, and names that mislead.

Every table is made up; each stands for one habit of naming.
"""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def classes(table: str, names: str, comment: str = "") -> dict[str, str]:
    """Judge a table of columns that have names only."""
    columns = tuple(ColumnInput(name, "", "", "varchar(64)") for name in names.split())
    return {verdict.name: verdict.pi for verdict in judge(TableInput(table, comment, columns))}


@pytest.mark.parametrize(
    ("table", "names", "sensitive"),
    [
        # capitals without vowels, as in mainframes that moved to a warehouse
        ("PTH_RPT_MST", "RPT_SEQ PTNT_NO SPCMN_TP DGNS_TXT LN_TOT_CNT TMR_SZ", "SPCMN_TP DGNS_TXT LN_TOT_CNT TMR_SZ"),
        ("ADM_MST", "ADM_NO PTNT_NO ADM_DX DSCH_DX DSCH_STS LOS", "ADM_DX DSCH_DX DSCH_STS LOS"),
        ("LAB_RSLT", "ORD_NO SPCM_NO TST_CD RSLT_VAL REF_LOW REF_HIGH ABN_FLG", "TST_CD RSLT_VAL ABN_FLG"),
        ("T0047", "ENC_ID HX_TXT TX_PLAN SEVR MDCTN_NM", "HX_TXT TX_PLAN SEVR MDCTN_NM"),
        # a name of goods or firms over rows of somebody's care
        ("drug", "caseid drug_seq drugname route dose_amt dose_freq", "drugname route dose_amt dose_freq"),
        ("emr_clinic_past", "id diseaseName diseaseCode mentalDiagnosis", "diseaseName diseaseCode mentalDiagnosis"),
        ("report_detail", "report_no item_name result unit reference_range", "result"),
        # registers of public health
        ("tb_0093", "child_id measure_date wt_kg muac_mm haz edema", "wt_kg muac_mm haz edema"),
        ("register7", "current_regimen cd4_baseline who_stage tb_status", "current_regimen cd4_baseline tb_status"),
        # medical words that no list of words has
        ("followup", "subject_id neutrophils amoxicillin_days colectomy", "neutrophils amoxicillin_days colectomy"),
        # pinyin initials
        ("zy_brjl", "zyh brxm zdmc jcjg ryrq ypmc", "zyh zdmc jcjg ypmc"),
    ],
)  # fmt: skip
def test_what_was_found_or_done_is_sensitive(table: str, names: str, sensitive: str) -> None:
    found = classes(table, names)
    assert {name: found[name] for name in sensitive.split()} == dict.fromkeys(sensitive.split(), "sensitive")


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("drug_catalog", "drug_code drug_name spec dosage_form manufacturer price default_usage default_freq"),
        ("lab_item_dict", "item_code item_name unit ref_low ref_high specimen_type price"),
        ("icd10_dict", "code name_zh name_en parent_code chapter is_leaf"),
        ("disease_stats", "region year disease cases deaths incidence_rate"),
        ("qc_inspection", "batch_no material_code inspection_item result lower_limit upper_limit"),
        ("study_design", "study_id official_title phase eligibility masking age_min age_max gender"),
        ("adsb_reports", "id icao squawk flight lat lon altitude speed"),
    ],
)
def test_a_catalogue_or_a_machine_is_nobodys(table: str, names: str) -> None:
    assert set(classes(table, names).values()) <= {"none"} or table == "study_design"
    assert "sensitive" not in classes(table, names).values()


def test_what_sort_of_work_is_the_persons_and_what_sort_of_phone_is_not() -> None:
    found = classes("customer", "cust_name phone phone_type occupation_type education_level")
    assert (found["occupation_type"], found["education_level"], found["phone_type"]) == ("personal", "personal", "none")


def test_the_file_of_a_document_is_an_image_of_it() -> None:
    columns = (ColumnInput("name", "", "姓名", ""), ColumnInput("p", "", "残疾证件路径", "varchar(200)"))
    assert judge(TableInput("person", "", columns))[1].kind == "face_image"


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("criminal_record", "occupation_employer"),
        ("crim_rec", "occupation_employer"),
        ("f:有无犯罪记录", "occupation_employer"),
        ("sexual_orientation", "medical_history_other"),
        ("f:性取向", "medical_history_other"),
    ],
)
def test_what_has_no_kind_of_its_own_is_never_silently_nothing(column: str, kind: str) -> None:
    name, _, comment = column.partition(":")
    columns = (ColumnInput("name", "", "姓名"), ColumnInput(name, "", comment, "varchar(32)"))
    verdict = judge(TableInput("customer", "", columns))[1]
    assert (verdict.kind, verdict.pi) == (kind, "sensitive")
    assert "no kind of its own" in verdict.evidence.explanation


def test_who_signed_is_a_name_and_a_picture_of_it_a_picture() -> None:
    columns = [
        ("hs", "护士签名"),
        ("ys", "医师签字"),
        ("img", "手写签名图片"),
        ("patient_id", "患者ID"),
        ("zd", "诊断"),
    ]
    found = {
        v.comment: v.kind
        for v in judge(TableInput("nursing", "护理记录", tuple(ColumnInput(n, "", c) for n, c in columns)))
    }
    assert (found["护士签名"], found["医师签字"], found["手写签名图片"]) == (
        "person_name",
        "person_name",
        "photo_avatar",
    )


@pytest.mark.parametrize(
    ("table", "names", "expected"),
    [
        ("CUST_ACCT", "CUST_NO ACCT_NO BAL_AMT BR_CD", "BAL_AMT"),
        ("pilot_medical", "pilot_id med_class limitation corr_lens", "med_class limitation corr_lens"),
        ("asthma_diary", "member_id pef_am puffs night_wake", "pef_am puffs night_wake"),
        ("face_lib", "person_id face_url feature", "face_url feature"),
        ("home_bp", "user_key sys dia pul", "sys dia pul"),
        ("pk_conc", "usubjid pctest pcstresn", "pctest pcstresn"),
        ("vaccination_card", "cert_no holder_nm dose_no vax_type batch_no", "dose_no vax_type"),
        ("ion_variant", "genotype genes allele_ratio transcript coding exon", "transcript coding exon"),
        ("claims", "member_id diagnosis_code procedure_code admission_type", "diagnosis_code procedure_code"),
    ],
)  # fmt: skip
def test_short_words_of_other_trades(table: str, names: str, expected: str) -> None:
    found = classes(table, names)
    assert {name: found[name] for name in expected.split()} == dict.fromkeys(expected.split(), "sensitive")
    assert found.get("BR_CD", "none") == "none"


def test_weather_is_nobodys_temperature_and_a_driver_is_tired() -> None:
    assert set(classes("weather_obs", "station_id obs_time temp humidity pressure").values()) == {"none"}
    assert classes("detection_record", "car_no fatigue_level yawn_cnt")["fatigue_level"] == "personal"


def test_half_a_name_is_a_name_where_the_other_half_stands() -> None:
    assert classes("frequent", "flyer_no first last city zip")["last"] == "personal"
