"""When a vehicle or device was somewhere, a domain of a trial cut out of its data, who is called, where people live."""

from __future__ import annotations

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kinds(table: str, comment: str, *columns: str) -> dict[str, str]:
    """Return the kind of each of `columns`, a name with its comment behind a colon."""
    inputs = tuple(ColumnInput(name, "string", said) for name, _, said in (one.partition(":") for one in columns))
    return {verdict.name: verdict.kind for verdict in judge(TableInput(table, comment, inputs))}


@pytest.mark.parametrize(
    "moment", ("time:", "caiji_time:采集时间", "client_time:obd时间", "last_location_time:最新定位时间")
)
def test_a_track_tells_when_somebody_was_there(moment: str) -> None:
    found = kinds("car_location", "位置信息", "plate_no:车牌号", "lat:纬度", "lng:经度", "speed:速度", moment)
    assert found[moment.partition(":")[0]] == "trajectory"


@pytest.mark.parametrize(
    "moment",
    (
        "create_time:创建时间",
        "sys_time:系统时间",
        "heartbeat_time:",
        "end_time:服务截止时间",
    ),
)
def test_times_of_the_machine_are_no_moment_of_a_track(moment: str) -> None:
    found = kinds("car_location", "位置信息", "plate_no:车牌号", "lat:纬度", "lng:经度", "direction:方向", moment)
    assert found[moment.partition(":")[0]] == "none"


def test_events_of_a_trial_without_its_keys_are_read_by_the_standard() -> None:
    found = kinds("AE", "", "AELLT:Lowest Level Term", "AEDECOD:", "AEBDSYCD:Body System or Organ Class Code",
                  "AEHLGT:High Level Group Term", "AESEV:", "AEREFID:Reference ID")  # fmt: skip
    assert {found[name] for name in ("AELLT", "AEDECOD", "AEBDSYCD", "AEHLGT")} == {"diagnosis"}
    assert found["AEREFID"] == "none"


def test_who_is_called_is_somebody() -> None:
    found = kinds(
        "ai_outbound_callee", "外呼号码表", "id:", "callee_age:年龄", "callee_gender:性别", "callee_address:地址"
    )
    assert set(found.values()) == {"none", "age", "gender", "postal_address"}


def test_a_table_that_stores_something_is_no_store() -> None:
    found = kinds("logs", "Logs table - stores hours of service of drivers", "driver_id:", "vehicle_id:",
                  "location_start:{ lat: number, lng: number, address: string }")  # fmt: skip
    assert found["location_start"] == "precise_location"


def test_the_country_somebody_lives_in_is_part_of_the_address() -> None:
    address = ("user_id:用户ID", "consignee:收货人", "country:国家", "province:省", "city:市", "address:详细地址")
    assert kinds("user_address", "用户收货地址", *address)["country"] == "postal_address"
    assert kinds("goods", "商品表", "id:", "goods_name:商品名称", "country:原产国家", "price:价格")["country"] == "none"


def test_days_on_which_somebody_begins_and_leaves_work() -> None:
    found = kinds("employee", "员工档案", "name:姓名", "gender:性别", "contract_start:合同开始", "termination_date:")
    assert {found["contract_start"], found["termination_date"]} == {"occupation_employer"}
    assert (
        kinds("lease", "租赁合同", "company:公司", "contract_start:合同开始", "amount:金额")["contract_start"] == "none"
    )


def test_a_prospect_is_somebody() -> None:
    found = kinds("prospects", "", "id:", "name:", "email:", "company:", "title:", "linkedin_url:")
    assert (found["name"], found["title"], found["linkedin_url"]) == (
        "person_name", "occupation_employer", "account_login_id")  # fmt: skip


def test_certificates_of_a_supplier_are_the_firms() -> None:
    found = kinds(
        "crm_supplier_qualification", "供应商资质证照表", "id:", "supplier_id:", "cert_type:", "cert_no:", "file_path:"
    )
    assert set(found.values()) == {"none"}
    assert kinds("users", "", "name:", "gender:", "birthday:", "cert_no:")["cert_no"] == "other_id_document"


def test_when_something_is_settled_is_nobodys_birth() -> None:
    assert kinds("brokerage", "", "user_id:", "bdate:结算开始时间", "amount:佣金")["bdate"] == "none"
    assert kinds("users", "用户表", "name:姓名", "sex:性别", "bdate:日期")["bdate"] == "birth_date"


def test_whether_an_address_is_the_default_is_no_address() -> None:
    columns = (ColumnInput("name", "string", "收货人"), ColumnInput("address", "string", "详细地址"),
               ColumnInput("is_default", "int64", "默认地址"))  # fmt: skip
    verdicts = judge(TableInput("mem_address", "会员收货地址", columns))
    assert [verdict.kind for verdict in verdicts] == ["person_name", "postal_address", "none"]


def test_numbers_of_health_insurance_and_ranges_of_measurements() -> None:
    assert set(kinds("claims", "", "BENE_HIC_NUM:", "HICN:").values()) == {"social_security_no"}
    found = kinds("measurement", "", "person_id:", "visit_occurrence_id:", "measurement_concept_id:",
                  "value_as_number:", "range_low:", "range_high:", "modifier_of_field_concept_id:")  # fmt: skip
    assert {found[name] for name in ("range_low", "range_high", "modifier_of_field_concept_id")} == {"none"}
    assert found["value_as_number"] == "lab_or_vital_sign"


def test_files_of_medicare_are_read_by_their_layout() -> None:
    found = kinds("beneficiary_summary", "", "desynpuf_id:", "bene_birth_dt:", "bene_race_cd:", "sp_chf:",
                  "medreimb_ip:", "bene_hi_cvrage_tot_mons:", "sp_state_code:", "prvdr_num:")  # fmt: skip
    assert found == {
        "desynpuf_id": "subject_id", "bene_birth_dt": "birth_date", "bene_race_cd": "ethnicity_race",
        "sp_chf": "diagnosis", "medreimb_ip": "insurance_account", "bene_hi_cvrage_tot_mons": "insurance_account",
        "sp_state_code": "postal_address", "prvdr_num": "none",
    }  # fmt: skip


def test_the_timestamp_of_a_track_is_that_of_its_points() -> None:
    assert (
        kinds("gps_data", "", "id:", "vehicle_id:", "lat:", "lng:", "speed:", "timestamp:")["timestamp"] == "trajectory"
    )
    assert kinds("orders", "", "id:", "user_id:", "amount:", "timestamp:")["timestamp"] == "none"


def test_whoever_is_insured_is_so_by_the_interface_of_health_insurance() -> None:
    for psn_no, mdtrt_id in (("psn_no", "mdtrt_id"), ("psnNo", "mdtrtId")):
        found = kinds("data", "", f"{mdtrt_id}:", f"{psn_no}:人员编号", "med_list_codg:", "pric:", "cnt:")
        assert (found[psn_no], found["med_list_codg"]) == ("social_security_no", "medication")
    totals = kinds(
        "3201_data", "医药机构费用结算对总账", "insutype:险种", "medfee_sumamt:医疗费总额", "acct_pay:个人账户支付金额"
    )
    assert set(totals.values()).isdisjoint({"social_security_no", "medication"})


def test_a_foreign_key_is_of_whom_its_comment_names() -> None:
    found = kinds("observations", "", "DATE:", "PATIENT:Foreign key to the Patient.", "CODE:", "DESCRIPTION:", "VALUE:")
    assert found["PATIENT"] == "subject_id"
