"""The column types of the detection benchmark: the right kind, a Chinese and an English header, a maker of values.

``shown`` tells whether the values alone can show the kind: a bare ``72`` is a heart rate only under its header. Types
whose kind is `none` are hard negatives: numbers, codes and words that look like somebody's.
"""

from dataclasses import dataclass
from itertools import count

from . import detection_values as v
from .detection_values import Maker, day, digits, luhn, number, pattern, pick, prose

_SERIAL = count(4211)


@dataclass(frozen=True)
class ColumnType:
    """One type: `kind` is right, `table` is where its headers stand, `shown` whether values alone can tell."""

    kind: str
    zh: str
    en: str
    make: Maker
    shown: bool = True
    table: str = "member"


def _of(kind: str, *rows: tuple[str, str, Maker], shown: bool = True, table: str = "member") -> list[ColumnType]:
    return [ColumnType(kind, zh, en, make, shown, table) for zh, en, make in rows]


TYPES: list[ColumnType] = [
    *_of(
        "person_name",
        ("姓名", "full_name", v.name),
        ("收货人", "receiver_name", v.name),
        ("联系人", "contact_name", v.name),
        ("英文名", "english_name", pick(*v.ENGLISH)),
        ("拼音姓名", "name_pinyin", pick(*v.PINYIN)),
        ("车主姓名", "owner_name", v.name),
        ("患者姓名", "patient_name", v.name),
    ),
    *_of("person_name", ("昵称", "nickname", pick("小鱼儿", "happy_day", "风继续吹", "Momo", "山野")), shown=False),
    *_of(
        "cn_resident_id",
        ("身份证号", "id_card_no", v.resident_id),
        ("公民身份号码", "citizen_id", lambda: v.resident_id().lower()),
        ("证件号码(身份证)", "identity_no", v.resident_id),
    ),
    *_of(
        "passport",
        ("护照号", "passport_no", pattern("E99999999")),
        ("护照号码", "passport", pattern("EA9999999")),
        shown=False,
    ),
    *_of(
        "other_id_document",
        ("港澳通行证号", "permit_no", pattern("C99999999")),
        ("回乡证", "home_return_permit", pattern("H99999999")),
        ("驾驶证号", "driver_license_no", v.resident_id),
        ("军官证", "officer_card", pattern("99999999")),
        shown=False,
    ),
    *_of(
        "phone",
        ("手机号", "mobile", v.mobile),
        ("联系电话", "contact_phone", lambda: "+86 " + v.mobile()),
        ("固定电话", "landline", lambda: f"0592-{digits(7)}"),
        ("收货电话", "receiver_phone", v.mobile),
        ("紧急联系人电话", "emergency_phone", v.mobile),
        ("司机手机", "driver_mobile", v.mobile),
    ),
    *_of(
        "email",
        ("邮箱", "email", v.mail),
        ("电子邮件", "mail_address", lambda: v.mail().upper()),
        ("联系邮箱", "contact_email", v.mail),
    ),
    *_of(
        "postal_address",
        ("家庭住址", "home_address", v.address),
        ("收货地址", "shipping_address", v.address),
        ("通讯地址", "mailing_address", v.address),
        ("户籍地址", "registered_residence", v.address),
    ),
    *_of(
        "postal_address",
        ("英文地址", "street_address", v.english_address),
        ("邮编", "postcode", pattern("361999")),
        ("所在城市", "city", pick("厦门", "广州", "苏州", "青岛")),
        shown=False,
    ),
    *_of(
        "precise_location",
        ("经纬度", "lnglat", lambda: f"{number(100, 122, 6)()},{number(22, 42, 6)()}"),
    ),
    *_of(
        "precise_location",
        ("纬度", "latitude", number(22, 42, 6)),
        ("经度", "longitude", number(100, 122, 6)),
        shown=False,
    ),
    *_of(
        "birth_date",
        ("出生日期", "birth_date", day(1945, 2015)),
        ("生日", "birthday", day(1945, 2015, "%Y/%m/%d")),
        ("出生年月", "dob", day(1945, 2015, "%Y%m%d")),
        shown=False,
    ),
    *_of("age", ("年龄", "age", number(1, 90)), shown=False),
    *_of("gender", ("性别", "gender", pick("男", "女")), ("性别(英)", "sex", pick("Male", "Female"))),
    *_of("gender", ("性别代码", "sex_code", pick("0", "1", "2")), shown=False),
    *_of(
        "ethnicity_race",
        ("民族", "ethnic_group", pick("汉族", "回族", "畲族", "满族", "壮族")),
    ),
    *_of("ethnicity_race", ("国籍", "nationality", pick("中国", "日本", "美国", "新加坡")), shown=False),
    *_of(
        "religion",
        ("宗教信仰", "religion", pick("佛教", "基督教", "无宗教信仰", "伊斯兰教")),
    ),
    *_of(
        "marital_status",
        ("婚姻状况", "marital_status", pick("已婚", "未婚", "离异", "丧偶")),
    ),
    *_of(
        "occupation_employer",
        ("职业", "occupation", pick("教师", "医生", "工程师", "会计", "退休", "公务员")),
    ),
    *_of(
        "occupation_employer",
        ("工作单位", "employer", pick("厦门海沧某机械有限公司", "某市第三中学", "自由职业")),
        ("入职日期", "hire_date", day(2005, 2025)),
        ("职务", "job_title", pick("经理", "专员", "主管")),
        shown=False,
    ),
    *_of(
        "education",
        ("学历", "education_level", pick("本科", "大专", "硕士", "高中", "博士")),
    ),
    *_of("education", ("毕业院校", "graduate_school", pick("某理工大学", "某师范学院", "某职业技术学院")), shown=False),
    *_of(
        "bank_account",
        ("IBAN", "iban", v.iban),
    ),
    *_of(
        "bank_account",
        ("银行账号", "bank_account_no", pattern("35101599999999999")),
        ("开户行", "bank_branch", pick("工商银行湖里支行", "建设银行")),
        shown=False,
    ),
    *_of(
        "payment_card",
        ("银行卡号", "bank_card_no", lambda: luhn("622848" + digits(12))),
        ("信用卡号", "credit_card", lambda: luhn("4392" + digits(11))),
        ("储蓄卡", "debit_card", lambda: luhn("621700" + digits(12))),
    ),
    *_of(
        "financial_account_other",
        ("支付宝账号", "alipay_account", v.mobile),
        ("钱包余额", "wallet_balance", number(0, 9000, 2)),
        ("公积金账号", "provident_fund_no", pattern("999999999999")),
        ("征信评分", "credit_score", number(300, 900)),
        shown=False,
    ),
    *_of(
        "income_assets",
        ("月薪", "monthly_salary", number(3000, 60000, 2)),
        ("年收入", "annual_income", number(40000, 900000)),
        ("奖金", "bonus", number(0, 50000, 2)),
        shown=False,
    ),
    *_of(
        "insurance_account",
        ("保单号", "policy_no", pattern("PDAA2025999999999999")),
        ("理赔金额", "claim_amount", number(100, 90000, 2)),
        shown=False,
    ),
    *_of(
        "social_security_no",
        ("社保卡号", "social_security_no", pattern("A99999999")),
        ("医保号", "medical_insurance_no", pattern("9999999999")),
        shown=False,
    ),
    *_of(
        "medical_record_no",
        ("住院号", "inpatient_no", pattern("ZY999999")),
        ("病历号", "medical_record_no", pattern("99999999")),
        ("门诊号", "outpatient_no", pattern("MZ9999999")),
        shown=False,
        table="patient",
    ),
    *_of(
        "diagnosis",
        ("诊断", "diagnosis", pick("高血压2级", "2型糖尿病", "急性阑尾炎", "支气管肺炎", "腰椎间盘突出")),
        ("诊断编码", "icd10_code", pick("I10.x02", "E11.900", "K35.800", "J18.000", "M51.202")),
        ("主诉", "chief_complaint", pick("反复咳嗽3天", "腹痛伴呕吐", "头晕1周", "胸闷气促")),
        ("英文诊断", "diagnosis_text", pick("asthma", "breast cancer", "pneumonia", "atrial fibrillation")),
        table="patient",
    ),
    *_of(
        "medication",
        ("用药名称", "drug_name", pick("阿莫西林胶囊", "二甲双胍片", "阿托伐他汀钙片", "布洛芬缓释胶囊")),
        ("英文药名", "medication", pick("metformin", "ibuprofen", "atorvastatin")),
        table="patient",
    ),
    *_of(
        "medication",
        ("单次剂量", "single_dose", pick("0.5g", "10mg", "1片")),
        ("疫苗名称", "vaccine_name", pick("水痘疫苗", "流感疫苗")),
        shown=False,
        table="patient",
    ),
    *_of("lab_or_vital_sign", ("血型", "blood_type", pick("A型", "B型", "O型", "AB型")), table="patient"),
    *_of(
        "lab_or_vital_sign",
        ("收缩压", "systolic_bp", number(90, 180)),
        ("体温", "body_temperature", number(35, 41, 1)),
        ("血糖", "blood_glucose", number(3, 18, 1)),
        ("身高", "height_cm", number(50, 195)),
        ("心率", "heart_rate", number(45, 140)),
        ("白细胞", "wbc", number(2, 20, 2)),
        ("检查所见", "exam_findings", pick("未见异常", "双肺纹理增粗", "肝内回声均匀")),
        shown=False,
        table="patient",
    ),
    *_of(
        "medical_history_other",
        ("过敏史", "allergy_history", pick("青霉素过敏", "否认", "海鲜过敏")),
        ("手术史", "surgical_history", pick("阑尾切除术后", "无")),
        ("护理级别", "nursing_level", pick("一级", "二级")),
        ("吸烟史", "smoking_history", pick("20年", "无")),
        ("残疾等级", "disability_level", pick("二级", "三级")),
        ("孕产史", "obstetric_history", pick("G2P1", "G1P0")),
        shown=False,
        table="patient",
    ),
    *_of(
        "genetic",
        ("变异位点", "hgvs", lambda: f"NM_007294.4:c.{digits(4)}G>A"),
        ("SNP", "rs_id", lambda: "rs" + digits(8)),
        ("序列", "dna_sequence", lambda: "".join(v.LUCK.choices("ACGT", k=60))),
        table="patient",
    ),
    *_of(
        "biometric",
        ("指纹特征", "fingerprint_template", pattern("x" * 64)),
        ("声纹", "voiceprint", pattern("x" * 64)),
        shown=False,
    ),
    *_of(
        "face_image",
        ("人脸照片", "face_image_url", lambda: f"/face/{digits(8)}.jpg"),
        ("身份证正面照", "id_card_front", lambda: f"/id/{digits(8)}.png"),
        shown=False,
    ),
    *_of("photo_avatar", ("头像", "avatar_url", lambda: f"https://img.example.com/{digits(9)}.png"), shown=False),
    *_of(
        "account_login_id",
        ("微信OpenID", "openid", lambda: "o" + "".join(v.LUCK.choices("abcdefghjkXYZ0123456789_-", k=27))),
    ),
    *_of(
        "account_login_id",
        ("用户名", "username", lambda: "u_" + digits(5)),
        ("工号", "employee_no", pattern("A99999")),
        ("QQ号", "qq", pattern("9999999999")),
        shown=False,
    ),
    *_of(
        "password_or_secret",
        ("密码", "password", pattern("$2a$10$" + "x" * 40)),
        ("访问令牌", "access_token", pattern("x" * 48)),
        shown=False,
    ),
    *_of(
        "device_id",
        ("MAC地址", "mac_address", pattern("99:9x:xx:xx:xx:xx")),
        ("IMEI", "imei", lambda: luhn("86" + digits(12))),
        ("ICCID", "iccid", lambda: luhn("898600" + digits(13))),
    ),
    *_of(
        "device_id",
        ("设备号", "device_id", pattern("TB99999999")),
        ("终端手机号", "terminal_phone", pattern("0149999999999")),
        shown=False,
    ),
    *_of("ip_address", ("登录IP", "login_ip", v.ip), ("IPv6", "client_ip", pattern("2408:8xxx:xxxx:xxxx::xxxx"))),
    *_of("vehicle_vin", ("车架号", "vin", v.vin), ("车辆识别代号", "vehicle_identification_number", v.vin)),
    *_of(
        "licence_plate", ("车牌号", "plate_no", pattern("闽D99999")), ("新能源车牌", "ev_plate", pattern("粤BD99999"))
    ),
    *_of(
        "driving_behaviour",
        ("车速", "vehicle_speed", number(0, 140)),
        ("急刹车次数", "harsh_braking", number(0, 9)),
        shown=False,
        table="vehicle_track",
    ),
    *_of("minor_flag", ("是否未成年", "is_minor", pick("0", "1")), shown=False),
    *_of(
        "member_id",
        ("会员号", "member_no", pattern("M99999999")),
        ("会员卡号", "membership_card_no", pattern("8888999999999")),
        shown=False,
    ),
    *_of(
        "subject_id",
        ("受试者编号", "usubjid", pattern("ABC-301-99-9999")),
        ("筛选号", "screening_no", pattern("S99999")),
        shown=False,
        table="patient",
    ),
    *_of(
        "pseudonymous_id",
        ("手机号MD5", "phone_md5", pattern("x" * 32)),
        ("身份证哈希", "id_card_sha256", pattern("x" * 64)),
        ("手机号", "mobile", pattern("x" * 32)),
        shown=False,
    ),
    *_of(
        "order_or_consumption_record",
        ("订单号", "order_no", pattern("2025999999999999999")),
        ("消费金额", "consume_amount", number(1, 3000, 2)),
        ("积分", "points", number(0, 9000)),
        ("最近消费时间", "last_purchase_time", v.moment),
        shown=False,
    ),
    *_of(
        "free_text", ("备注", "remark", prose(v.mobile)), ("客户留言", "customer_message", prose(v.mail)), shown=False
    ),
    *_of(
        "none",
        ("公司电话", "company_phone", lambda: f"0592-{digits(7)}"),
        ("供应商手机", "supplier_mobile", v.mobile),
        ("门店地址", "store_address", v.address),
        ("药品目录", "catalogue_drug", pick("阿莫西林胶囊", "二甲双胍片", "布洛芬缓释胶囊")),
        shown=False,
        table="product_catalogue",
    ),
    *_of(
        "none",
        ("雪花主键", "row_key", pattern("1999999999999999999")),
        ("交易流水", "batch_seq", lambda: luhn("2025" + digits(12))),
        ("十一位编号", "serial", lambda: str(13500000000 + next(_SERIAL))),
        ("物料编码", "material_code", pattern("MC-99999")),
        ("件号", "part_no", pattern("99A9999-9")),
        ("航班号", "flight_no", pattern("MF9999")),
        ("机号", "tail_no", pattern("B-99AA")),
        ("商品名称", "product_name", pick("不锈钢保温杯", "儿童雨衣", "王小卤凤爪", "李宁跑鞋", "张飞牛肉")),
        ("品牌", "brand_name", pick("王老吉", "李锦记", "周黑鸭", "马应龙", "陈克明")),
        ("供应商名称", "supplier_name", pick("厦门某某贸易有限公司", "苏州某某电子股份有限公司")),
        ("信用代码", "uscc", v.credit_code),
        ("地名", "place_name_ref", pick("鼓浪屿", "观音山", "曾厝垵")),
        ("仓库", "warehouse", pick("一号仓", "湖里仓", "保税仓")),
        ("软件版本", "firmware_version", pattern("9.9.9.9")),
        ("UUID主键", "uuid", pattern("xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx")),
        ("文件校验和", "file_checksum", pattern("x" * 32)),
        ("提交哈希", "commit_hash", pattern("x" * 40)),
        ("创建时间", "created_at", v.moment),
        ("生产日期", "production_date", day(2022, 2026)),
        ("单价", "unit_price", number(1, 999, 2)),
        ("库存", "stock_qty", number(0, 500)),
        ("状态", "status", pick("0", "1", "2")),
        ("币种", "currency", pick("CNY", "USD", "SGD")),
        ("部门编码", "dept_code", pattern("D9999")),
        ("税号", "tax_no_company", v.credit_code),
        ("条码", "barcode", pattern("6901234999999")),
        ("ISBN", "isbn", pattern("9787999999999")),
        ("车型", "vehicle_model", pick("海豚", "汉EV", "Model Y")),
        ("总电压", "pack_voltage", number(300, 420, 1)),
        ("ATA章节", "ata_chapter", pattern("32-99-99")),
        ("菜单名称", "menu_name", pick("用户管理", "角色管理", "系统设置")),
        ("错误信息", "error_message", pick("timeout", "连接被拒绝", "null pointer")),
        ("网址", "homepage_url", lambda: f"https://www.example.com/{digits(5)}"),
        ("座位号", "seat_no", pattern("99A")),
        ("比例", "ratio", number(0, 1, 4)),
        ("快递公司", "express_company", pick("顺丰", "中通", "圆通")),
        ("行业分类", "industry_code", pattern("C9999")),
        ("飞机机龄", "aircraft_age", number(1, 25)),
        ("引擎序列号", "engine_sn", pattern("CF999999")),
        ("工单号", "work_order_no", pattern("WO2025999999")),
        ("优先级", "priority", pick("高", "中", "低")),
        table="product_catalogue",
    ),
]
