"""Devices inside or on patients, positions of a sensor, who answers for something, where a parcel goes."""

from __future__ import annotations

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def found(table: str, comment: str, *columns: str) -> dict[str, tuple[str, str]]:
    """Return kind and class of each of `columns`, a name with its comment behind a colon."""
    inputs = tuple(ColumnInput(name, "string", said) for name, _, said in (one.partition(":") for one in columns))
    return {verdict.name: (verdict.kind, verdict.pi) for verdict in judge(TableInput(table, comment, inputs))}


DEVICE = ("device_name:", "model:", "serial_number:", "implant_date:")


@pytest.mark.parametrize(
    ("table", "owner"),
    (
        ("patient_devices", "patient_id:"),
        ("implants", "patient_id:"),
        ("devices", "subject_id:"),
        ("implant", "patient_name:"),
    ),
)
def test_which_device_somebody_has_is_of_their_care(table: str, owner: str) -> None:
    judged = found(table, "", "id:", owner, *DEVICE)
    assert {judged[name.rstrip(":")][1] for name in DEVICE} == {"sensitive"}


@pytest.mark.parametrize(
    ("table", "columns"),
    (
        ("devices", ("id:", "user_id:", "device_name:", "model:", "serial_number:")),  # nothing is implanted
        ("implant_catalog", ("id:", "device_name:", "model:", "manufacturer:")),  # nobody's
        ("vehicle_devices", ("plate_no:", "device_name:", "model:", "serial_number:", "install_date:")),
    ),
)
def test_devices_elsewhere_are_nobodys_health(table: str, columns: tuple[str, ...]) -> None:
    judged = found(table, "", *columns)
    assert "sensitive" not in {judged[name][1] for name in ("device_name", "model")}


def test_positions_among_the_components_of_a_sensor_are_somebodys() -> None:
    judged = found(
        "Smartphone sensor data components", "", "locationLatitude(WGS84):", "locationLongitude(WGS84):", "loggingTime:"
    )
    assert [pi for _, pi in judged.values()][:2] == ["sensitive", "sensitive"]


@pytest.mark.parametrize(
    ("table", "columns"),
    (
        ("qar_frame", ("aircraft_id:", "latitude:", "longitude:", "pitch:")),
        ("aircraft_components", ("part_no:", "latitude:", "longitude:")),
    ),
)
def test_where_an_aircraft_was_stays_nobodys(table: str, columns: tuple[str, ...]) -> None:
    judged = found(table, "", *columns)
    assert judged["latitude"][1] == judged["longitude"][1] == "none"


def test_who_answers_for_something_is_somebody() -> None:
    judged = found(
        "study_sites", "", "id:", "name:", "coordinator_name:", "coordinator_email:", "poc_name:", "poc_phone:"
    )
    assert {judged[name][1] for name in ("coordinator_name", "coordinator_email", "poc_name", "poc_phone")} == {
        "personal"
    }
    assert judged["name"][1] == "none"
    assert found("B_P_002", "培训计划", "id:", "zrr:", "jhmc:")["zrr"] == ("person_name", "personal")


def test_a_part_of_a_birth_date_is_one() -> None:
    assert found("patient", "患者", "birthday_month:出生月份")["birthday_month"] == ("birth_date", "personal")


def test_illnesses_kept_by_a_health_file_are_no_dictionary() -> None:
    kept = (
        "id:主键ID",
        "health_profile_id:健康档案ID",
        "disease_name:疾病名称",
        "diagnosed_at:确诊时间",
        "remark:备注",
    )
    assert found("chronic_disease", "慢性疾病表", *kept)["disease_name"] == ("diagnosis", "sensitive")
    listed = ("id:主键ID", "disease_name:疾病名称", "disease_code:疾病编码")
    assert found("chronic_disease", "慢性疾病表", *listed)["disease_name"][1] == "none"


def test_where_a_parcel_goes_is_whose_it_is() -> None:
    parcel = ("id:ID", "consignee:收货人", "phone:电话", "address:地址", "area:地区", "zip_code:邮编")
    judged = found("order_shipping", "订单发货", *parcel)
    assert judged["area"] == judged["zip_code"] == ("postal_address", "personal")


def test_the_key_of_an_arm_says_what_a_subject_takes() -> None:
    assert found("randomization", "", "subject_id:", "arm_id:", "stratum_key:")["arm_id"] == ("medication", "sensitive")
    assert found("trial_arms", "", "arm_id:", "arm_name:", "planned_size:")["arm_id"][1] == "none"


@pytest.mark.parametrize(
    "column",
    (
        "a:商户身份证号",
        "supplier_id_card:",
        "a:供应商身份证号码",
        "merchant_idcard_no:",
        "a:渠道商护照号",
        "a:供应商姓名",
    ),
)
def test_a_firm_has_no_documents_and_no_name_of_a_person(column: str) -> None:
    others = ("id:主键", "merchant_name:商户名称", "status:状态", "credit_code:统一社会信用代码")
    judged = found("merchant_apply", "商户入驻申请", *others, column)
    assert judged[column.partition(":")[0]][1] == "personal"
    assert judged["merchant_name"][1] == "none"


def test_pictures_of_a_merchants_document_are_of_a_person() -> None:
    assert found("apply", "", "shop_name:店铺名称", "a:商家身份证正面")["a"] == ("face_image", "sensitive")


@pytest.mark.parametrize("column", ("company_full_name:", "a:公司全称", "product_id_card:", "a:商户营业执照号"))
def test_what_firms_and_things_have_stays_theirs(column: str) -> None:
    assert found("merchant_apply", "商户入驻申请", "id:主键", column)[column.partition(":")[0]][1] == "none"


@pytest.mark.parametrize(
    "begins",
    [
        "PK，",
        "主键，",
        "业务主键：",
        "联合主键，",
        "索引，",
        "非必填，",
        "前端显示：",
        "参数：",
        "字段3：",
        "2023新增，",
    ],
)
def test_what_a_comment_says_of_the_column_first_hides_nothing(begins: str) -> None:
    judged = found("t_user", "", "user_id:用户ID", f"f1:{begins} 身份证号", f"f2:{begins} 手机号", "status:状态")
    assert (judged["f1"], judged["f2"]) == (("cn_resident_id", "personal"), ("phone", "personal"))


def test_an_identifier_that_is_said_to_be_a_resident_number_is_one() -> None:
    told = "identity_no:PK，平台内个人信息唯一标识，采用18位居民本人身份证号码"
    assert found("person_index", "个人主索引", "name:姓名", told)["identity_no"][0] == "cn_resident_id"


def test_orders_of_a_firm_to_its_suppliers_are_nobodys_purchases() -> None:
    judged = found("purchase_orders", "", "po_id:", "supplier_id:", "total_amount:", "requested_by:")
    assert (judged["total_amount"][1], judged["requested_by"][1]) == ("none", "personal")
    assert found("purchase_orders", "", "id:", "customer_id:", "total_amount:")["total_amount"][1] == "personal"


OWNERS = ("收货人", "监护人", "司机", "学生", "患者", "访客", "投诉人", "客户", "会员", "受试者")
THEIRS = ("姓名", "手机号", "身份证号", "地址", "出生日期", "邮箱")
ELSEWHERE = {
    ("company_info", "企业信息"): ("credit_code:统一社会信用代码", "company_name:企业名称"),
    ("t_product", "商品"): ("sku:SKU", "price:价格", "stock:库存"),
    ("dict_item", "字典"): ("code:编码", "label:名称", "sort:排序"),
    ("charging_station", "充电站"): ("station_name:站名", "lat:纬度", "lng:经度"),
    ("flight", "航班"): ("flight_no:航班号", "tail_no:机号", "dep_airport:起飞机场"),
}


@pytest.mark.parametrize("table", ELSEWHERE)
def test_what_is_said_to_be_somebodys_is_theirs_in_any_table(table: tuple[str, str]) -> None:
    for owner in OWNERS:
        named = {f"f{at}": f"{owner}{what}" for at, what in enumerate(THEIRS)}
        for name, said in named.items():
            judged = found(*table, "id:主键", *ELSEWHERE[table], f"{name}:{said}", "create_time:创建时间")
            assert judged[name][1] != "none", said
