"""Landlords, banks, personnel, courts, workshops: whose a row is where names alone mislead. All tables are invented."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge


def judged(table: str, *columns: str) -> dict[str, str]:
    """Judge columns written `name:type:comment` (type and comment may be left out) of a table `name|comment`."""
    parts = [(column + "::").split(":")[:3] for column in columns]
    inputs = [ColumnInput(name, "string", said, declared) for name, declared, said in parts]
    name, _, comment = table.partition("|")
    return {verdict.name: verdict.kind for verdict in judge(TableInput(name, comment, tuple(inputs)))}


@pytest.mark.parametrize(
    ("table", "columns", "column", "kind"),
    [
        ("flat_tenants", ("id", "name", "mobile", "monthly_rent"), "name", "person_name"),
        ("flat_tenants", ("id", "name", "mobile", "monthly_rent"), "mobile", "phone"),
        ("tenants", ("id", "name", "email", "apartment_ref"), "email", "email"),
        ("lease_contract", ("id", "tenant_id", "tenant_name", "lease_start"), "tenant_name", "person_name"),
        ("lease_contract", ("id", "tenant_id", "tenant_name", "lease_start"), "tenant_id", "member_id"),
        ("t_zu|租户", ("xm::租户姓名", "dh::联系电话", "zj::月租金"), "dh", "phone"),
        ("tenants", ("id", "name", "phone", "domain", "package_id"), "phone", "none"),
        ("sys_tenant|租户表", ("id", "name::租户名称", "package_id::套餐编号"), "name", "none"),
        ("hotel_rooms", ("id", "tenant_id:uuid", "room_number", "rent_amount:int", "db_name"), "tenant_id", "none"),
    ],
)
def test_a_tenant_who_rents_a_flat_is_somebody(table: str, columns: tuple[str, ...], column: str, kind: str) -> None:
    assert judged(table, *columns)[column] == kind


@pytest.mark.parametrize(
    ("table", "columns", "column", "kind"),
    [
        ("debit_cards", ("customer_id", "card_no", "balance:decimal"), "card_no", "payment_card"),
        ("debit_cards", ("customer_id", "card_no", "balance:decimal"), "balance", "financial_account_other"),
        ("club_card", ("member_id", "card_no", "points:int"), "card_no", "member_id"),
        ("my_payees", ("payee_name", "account_number:bigint"), "account_number", "bank_account"),
        ("forum_users", ("nickname", "account_number:bigint"), "account_number", "account_login_id"),
        ("transactions", ("sender:int", "receiver:int", "amount:decimal"), "sender", "bank_account"),
        ("messages", ("sender:int", "receiver:int", "content:text"), "sender", "member_id"),
        ("user_points", ("user_id", "balance:int"), "balance", "order_or_consumption_record"),
        ("user_wallet", ("user_id", "balance:int"), "balance", "financial_account_other"),
    ],
)
def test_accounts_are_those_of_what_the_table_is(table: str, columns: tuple[str, ...], column: str, kind: str) -> None:
    assert judged(table, *columns)[column] == kind


def test_a_scheme_of_pay_is_nobodys_and_pay_is() -> None:
    amounts = ("basic_salary:int", "bonus:int", "pension_rate:float", "medical_rate:float")
    assert set(judged("salary", "id", "name", *amounts).values()) == {"none"}
    for own in ("emp_id:int", "emp_name", "month"):
        assert judged("salary", "id", "name", own, *amounts)["basic_salary"] == "income_assets"
    assert judged("salary", "id", *amounts)["bonus"] == "income_assets"


def test_blocks_of_a_certificate_are_read_without_their_numbers() -> None:
    found = judged("arc_form", "item", "sign12b", "approval_ref_no12c", "name12d", "date12e")
    assert (found["name12d"], found["approval_ref_no12c"]) == ("person_name", "other_id_document")
    assert judged("seats", "name12d", "row")["name12d"] == "none"


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("aadhar_no", "other_id_document"),
        ("pan_card", "other_id_document"),
        ("numer_pesel", "social_security_no"),
        ("personnummer", "other_id_document"),
        ("ssn_last4", "social_security_no"),
        ("tlf", "phone"),
        ("urodzony", "birth_date"),
        ("time_of_birth", "birth_date"),
        ("firebase_uid", "account_login_id"),
        ("wa_id", "account_login_id"),
        ("h3_cell_res8", "precise_location"),
        ("last_hike", "income_assets"),
        ("dti_ratio:decimal", "financial_account_other"),
        ("exp_in_months:int", "occupation_employer"),
        ("bio::个人签名", "free_text"),
        ("wt::找回密码问题", "password_or_secret"),
        ("middle_init:char(1)", "person_name"),
        ("landlord", "person_name"),
        ("documento", "other_id_document"),
        ("known_traveler_number", "other_id_document"),
        ("vale_transporte:decimal", "income_assets"),
        ("konfession", "religion"),
        ("schwerbehindert:bool", "medical_history_other"),
        ("veteran_status", "occupation_employer"),
        ("claims_history", "insurance_account"),
        ("traffic_violations:int", "driving_behaviour"),
        ("promedio:decimal", "education"),
        ("toll_tag_id", "device_id"),
        ("plaintiff_lawyer::原告律师", "person_name"),
        ("victim", "person_name"),
    ],
)
def test_words_of_offices_and_other_countries(column: str, kind: str) -> None:
    assert judged("customers", "full_name", column)[column.partition(":")[0]] == kind


@pytest.mark.parametrize(
    ("table", "columns", "column"),
    [
        ("mail_box", ("subject", "body:text", "sent_to"), "subject"),
        ("orders", ("user_id", "charging_session_id:int"), "charging_session_id"),
        ("cart_items", ("order_id", "variant_id:bigint", "qty"), "variant_id"),
        ("flats", ("flat_status:int", "client_id"), "flat_status"),
        ("dorm_block|宿舍楼", ("id", "lou::楼栋", "num::宿舍间数"), "lou"),
        ("coupon", ("id", "limit_per_user:int"), "limit_per_user"),
        ("hostel", ("id", "rating_people:int"), "rating_people"),
        ("visits_log", ("id", "audience:enum('A','B')"), "audience"),
        ("users", ("name", "zt::管理员，普通用户", "status:int:管理员，普通用户"), "status"),
        ("allergy", ("id", "allergy"), "allergy"),
        ("room_change", ("account::账号", "bed_id:int", "to_bed_id:int", "state::申请状态"), "state"),
        ("buyers", ("gst_no", "contact_person_name", "ship_to_address"), "ship_to_address"),
        ("court_case|民事案件", ("id", "ay::案由"), "ay"),
        ("poi", ("id", "name", "lat:double", "lng:double"), "lat"),
        ("work_order", ("work_order_no", "part_number", "technician", "tail_number"), "work_order_no"),
        ("aircraft", ("tail_number", "hourly_rate:double"), "hourly_rate"),
        ("fee_policy", ("parking_fee_policy_id:int", "admin_id:int"), "parking_fee_policy_id"),
        ("settle_bill|结算单", ("bill_no", "commission_minor:bigint"), "commission_minor"),
        ("staff_pay|工资单", ("emp_id", "dhf::电话费"), "dhf"),
    ],
)
def test_what_only_sounds_like_somebodys(table: str, columns: tuple[str, ...], column: str) -> None:
    assert judged(table, *columns)[column] == "none"


@pytest.mark.parametrize(
    ("table", "columns", "column", "kind"),
    [
        ("trial_visit", ("subject", "visit_date", "systolic_bp:int"), "subject", "subject_id"),
        ("web_login", ("user_id", "session_id"), "session_id", "password_or_secret"),
        ("genotype", ("sample_id", "variant", "zygosity"), "variant", "genetic"),
        ("dorm_list|宿舍", ("student_name", "phone", "dorm_no::宿舍号"), "dorm_no", "postal_address"),
        ("inpatient", ("patient_name", "bed_no", "diagnosis", "apply_time::申请时间"), "diagnosis", "diagnosis"),
        ("patient_allergy", ("patient_id", "allergy"), "allergy", "medical_history_other"),
        ("buyers", ("first_name", "gender", "ship_to_address"), "ship_to_address", "postal_address"),
        ("riders", ("user_id", "lat:double", "lng:double"), "lat", "precise_location"),
        ("sales_staff|员工", ("name", "commission:decimal"), "commission", "income_assets"),
        ("referral_bonus|分销", ("user_id", "commission:decimal"), "commission", "income_assets"),
        ("riders", ("id:varchar(18)", "name"), "id", "cn_resident_id"),
        ("riders", ("id:varchar(32)", "name"), "id", "none"),
        ("items", ("id:varchar(18)", "price"), "id", "none"),
        ("taxis", ("license", "brand", "vin"), "license", "licence_plate"),
        ("taxi_drivers", ("license", "full_name"), "license", "other_id_document"),
        ("taxi_drivers", ("full_name", "policy_id"), "policy_id", "insurance_account"),
        ("shipping_address", ("name", "tel", "addr_detail:varchar:详细地址", "user_id"), "name", "person_name"),
        ("bookings", ("guest_no", "name", "check_in"), "name", "person_name"),
        ("kyc_documents", ("user_id", "document_url"), "document_url", "face_image"),
        ("marriage", ("marriage_status", "groom_name", "bride_name"), "marriage_status", "marital_status"),
        ("flat_application", ("applicant_name", "pets", "ssn", "monthly_income"), "ssn", "social_security_no"),
        ("accident_report", ("reporter_name", "witness", "injury"), "witness", "person_name"),
        ("members", ("full_name", "province:tinyint"), "province", "postal_address"),
        ("offenders|在押人员", ("xm::姓名", "ay::案由"), "ay", "occupation_employer"),
    ],
)
def test_what_is_somebodys_stays_so(table: str, columns: tuple[str, ...], column: str, kind: str) -> None:
    assert judged(table, *columns)[column] == kind
