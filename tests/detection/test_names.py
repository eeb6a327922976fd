"""Names, comments and types alone: what a column is, in both languages."""

import pytest

from exportgate.recognizers.kinds import KINDS, PROFILES
from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kinds(table: str, *columns: str, comment: str = "") -> list[str]:
    """Judge columns written `name` or `name:comment`."""
    inputs = [ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns)]
    return [verdict.kind for verdict in judge(TableInput(table, comment, tuple(inputs)))]


@pytest.mark.parametrize(
    "name", ["phone", "sjh", "lxdh", "mobilePhone", "tel_no", "联系电话", "receiver_phone", "shoujihao"]
)
def test_a_phone_by_any_name(name: str) -> None:
    assert kinds("member", name) == ["phone"]


@pytest.mark.parametrize("name", ["supplier_tel", "company_phone", "phone_verified", "phone_model_id", "供应商电话"])
def test_not_a_persons_phone(name: str) -> None:
    assert kinds("t", name) == ["none"]


def test_the_table_decides_whose_name_it_is() -> None:
    assert kinds("patient", "name") == ["person_name"]
    assert kinds("drug", "name", comment="药品目录") == ["none"]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_kind_has_a_class_and_a_clause(profile: str) -> None:
    for kind in KINDS.values():
        assert kind.pi(profile) in ("none", "personal", "sensitive")
        assert kind.citation(profile)


def test_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="gbt45574"):
        judge(TableInput("t"), profile="gdpr")


@pytest.mark.parametrize(
    "name", ["huanzhexingming", "hzxm", "patientName", "PATIENT_NAME", "患者姓名", "patients_name"]
)
def test_a_patients_name_in_any_spelling(name: str) -> None:
    assert kinds("t", name) == ["person_name"]


def test_two_letters_are_a_word_only_in_a_table_of_initials() -> None:
    assert kinds("hy", "xm", "xb", "csrq", "sjh", "dz") == [
        "person_name",
        "gender",
        "birth_date",
        "phone",
        "postal_address",
    ]
    assert kinds("res_partner", "tz", "name", "lang", "active", "website")[0] == "none"


def test_a_front_that_all_columns_share_names_the_table() -> None:
    assert kinds("club_card", "club_card_name", "club_card_phone", "club_card_email", "club_card_level")[1:3] == [
        "phone",
        "email",
    ]


def test_the_comment_outranks_the_name() -> None:
    assert kinds("t_user", "username:用户姓名", "icon:头像", "type:会员类型") == ["person_name", "photo_avatar", "none"]


def test_phone_beside_a_credit_code_is_the_companys_unless_somebody_is_named() -> None:
    alone = kinds("customer_file", "统一社会信用代码", "电话")
    named = kinds("customer_file", "统一社会信用代码", "联系人", "电话")
    assert (alone[1], named[2]) == ("none", "phone")


def test_positions_become_a_track_when_something_moves() -> None:
    assert kinds("t", "lat", "lng") == ["precise_location"] * 2
    assert kinds("t", "vin", "lat", "lng", "speed")[1:3] == ["trajectory"] * 2
    assert kinds("store", "store_name", "lat", "lng")[1:] == ["none"] * 2


def test_who_created_a_record_is_marked_as_such() -> None:
    verdict = judge(TableInput("orders", "", (ColumnInput("create_by", declared_type="varchar(64)"),)))[0]
    assert verdict.evidence.details == {"role": "audit"}


def test_a_number_is_no_date_and_a_flag_no_phone() -> None:
    columns = (ColumnInput("phone", declared_type="datetime"), ColumnInput("email", declared_type="tinyint(1)"))
    assert [verdict.decided_by for verdict in judge(TableInput("member", "", columns))] == ["type", "type"]


def test_a_hostile_header_costs_no_time() -> None:
    bait = ColumnInput("a" * 1_000_000, comment="，" * 200_000 + "->" * 200_000)
    assert judge(TableInput("t", "", (bait,)))[0].kind == "none"


@pytest.mark.parametrize(("profile", "pi"), [("gbt45574", "personal"), ("gbt35273", "sensitive")])
def test_a_profile_decides_the_class_of_an_identity_number(profile: str, pi: str) -> None:
    assert judge(TableInput("t", "", (ColumnInput("身份证号"),)), profile)[0].pi == pi


def test_an_image_of_an_identity_card_is_sensitive_where_its_number_is_not() -> None:
    number, image = judge(TableInput("t", "", (ColumnInput("身份证号"), ColumnInput("身份证正面照"))))
    assert (number.pi, image.pi) == ("personal", "sensitive")


def test_alleles_are_the_persons_and_alanine_aminotransferase_is_measured() -> None:
    assert kinds("calls", "sample_id", "CHROM", "POS", "REF", "ALT")[-2:] == ["genetic", "genetic"]
    assert kinds("liver", "patient_id", "ALT", "AST") == ["subject_id", "lab_or_vital_sign", "lab_or_vital_sign"]


def test_abbreviations_join_before_they_speak() -> None:
    assert kinds("customers", "eml_addr", "post_addr") == ["email", "postal_address"]


def test_a_stroke_in_a_comment_offers_either_word() -> None:
    said = "reaction:既往药品不良反应/事件(1:有，2:无，3:不详)"
    assert kinds("patient_info", "name:姓名", said)[1] in ("diagnosis", "medical_history_other")
    assert kinds("patient_info", "name:姓名", "sent:诊断/检查标志")[1] == "none"
    assert kinds("terminal", "model:型号/规格") == ["none"]


def test_a_degree_of_latitude_is_not_schooling() -> None:
    assert kinds("bus", "device_id", "latitude_degree", "heading_degree", "degree")[1] in (
        "precise_location",
        "trajectory",
    )
    assert kinds("bus", "device_id", "latitude_degree", "heading_degree")[2] != "education"
    assert kinds("employee", "name", "highest_degree")[1] == "education"
