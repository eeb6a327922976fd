"""The datasets: one or two for each sector of the list, and tables that only look as if they held persons.

A column is a name in four spellings (Chinese, English, pinyin, abbreviated), a comment, and a function of the index.
`person` columns get the person's index, `event` columns the row's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from . import numbers, people, words
from .numbers import Index, text

STYLES = ("zh", "en", "pinyin", "abbr")


@dataclass(frozen=True)
class Column:
    """A column: its four spellings, what fills it, whether the row or the person decides, how dirty it may get."""

    zh: str
    en: str
    pinyin: str
    abbr: str
    cells: Callable[[Index], pa.Array]
    of: str = "person"
    dirty: bool = False
    gaps: float = 0.0

    def header(self, style: str) -> str:
        """Return the column's name in one of `STYLES`."""
        return str(getattr(self, style))


@dataclass(frozen=True)
class TableOf:
    """A dataset: what it is, how many rows one person has, its columns; where it belongs in the list, if anywhere."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    sector: str = ""
    scenario: str = ""
    rows_per_person: int = 1
    identity: dict[str, str] = field(default_factory=dict)


def _ids(index: Index) -> pa.Array:
    return text(numbers.resident_ids(index))


def _mobiles(index: Index) -> pa.Array:
    return text(numbers.mobiles(index))


def _diagnosis(index: Index, part: int) -> pa.Array:
    return people.one_of(index, 32, tuple(pair[part] for pair in words.DIAGNOSES))


def _degrees(index: Index, salt: int, origin: float) -> pa.Array:
    return pa.array((origin + numbers.drawn(index, salt, 600_000) / 1_000_000).round(6))


def _initials(index: Index) -> pa.Array:
    letters = tuple("ABCDEFGHJKLMNPQRSTWXYZ")
    return pc.binary_join_element_wise(people.one_of(index, 37, letters), people.one_of(index, 38, letters), "")


def _reaction(index: Index) -> pa.Array:
    return people.one_of(index, 41, words.REACTIONS)


NAME = Column("姓名", "full_name", "xingming", "xm", people.names)
RESIDENT_ID = Column("身份证号", "id_card_no", "shenfenzheng", "sfzh", _ids, dirty=True)
MOBILE = Column("手机号", "mobile", "shouji", "sjh", _mobiles, dirty=True)
EMAIL = Column("电子邮箱", "email", "youxiang", "dzyx", people.emails, gaps=0.1)
GENDER = Column("性别", "gender", "xingbie", "xb", people.genders)
BIRTH = Column("出生日期", "birth_date", "chushengriqi", "csrq", people.births)
ADDRESS = Column("联系地址", "address", "dizhi", "lxdz", people.addresses, gaps=0.2)
MEMBER = Column("会员编号", "member_id", "huiyuanhao", "hybh", lambda i: people.coded(i, "M"))

MEMBERS = TableOf(
    "retail_members",
    "零售会员主表",
    (
        MEMBER, NAME, GENDER, BIRTH, MOBILE, EMAIL, ADDRESS,
        Column("会员等级", "level", "dengji", "hydj", lambda i: people.one_of(i, 20, words.LEVELS)),
        Column("积分", "points", "jifen", "jf", lambda i: people.counted(i, 21, 0, 50_000)),
        Column("注册日期", "registered_on", "zhuceriqi", "zcrq", lambda i: people.days(i, 22, "2019-01-01", 2500)),
        Column("渠道", "channel", "qudao", "qd", lambda i: people.one_of(i, 23, words.CHANNELS)),
    ),
    "retail", "membership", identity={"member_id": "member_id", "phone": "mobile", "email": "email"},
)  # fmt: skip

CARDS = TableOf(
    "retail_payment_cards",
    "会员绑定支付卡",
    (
        MEMBER, RESIDENT_ID, MOBILE,
        Column("银行卡号", "card_no", "yinhangka", "yhkh", lambda i: text(numbers.cards(i)), gaps=0.3),
        Column("年收入", "annual_income", "nianshouru", "nsr", lambda i: people.amounts(i, 24, 900_000), gaps=0.5),
    ),
    "retail", "membership", identity={"cn_resident_id": "id_card_no", "member_id": "member_id", "phone": "mobile"},
)  # fmt: skip

TRIAL = TableOf(
    "trial_subjects",
    "临床试验受试者访视记录",
    (
        Column("受试者编号", "subject_id", "shoushizhe", "usubjid", lambda i: people.coded(i, "CN-", 7)),
        Column("姓名缩写", "initials", "suoxie", "xmsx", _initials),
        Column("研究中心", "site_id", "zhongxin", "siteid", lambda i: people.counted(i, 30, 1, 24)),
        Column("性别", "sex", "xingbie", "sex", lambda i: people.genders(i, "M", "F")),
        Column("出生日期", "birth_date", "chushengriqi", "brthdtc", people.births),
        Column("民族", "ethnicity", "minzu", "ethnic", lambda i: people.one_of(i, 31, words.ETHNICITIES)),
        Column("诊断编码", "icd10", "zhenduanbianma", "icd", lambda i: _diagnosis(i, 0)),
        Column("诊断", "diagnosis", "zhenduan", "zd", lambda i: _diagnosis(i, 1)),
        Column("合并用药", "concomitant_medication", "yongyao", "cmtrt", lambda i: people.one_of(i, 33, words.DRUGS)),
        Column("访视日期", "visit_date", "fangshi", "svstdtc", lambda i: people.days(i, 34), of="event"),
        Column("收缩压", "systolic_bp", "shousuoya", "sysbp", lambda i: people.counted(i, 35, 95, 175), of="event"),
        Column("丙氨酸氨基转移酶", "alt_u_l", "alt", "alt", lambda i: people.amounts(i, 36, 120), of="event"),
    ),
    "pharma", "clinical-trials", rows_per_person=4, identity={"subject_id": "subject_id"},
)  # fmt: skip

SAFETY = TableOf(
    "pharmacovigilance",
    "药品不良反应报告",
    (
        Column("报告编号", "case_id", "baogaohao", "bgbh", lambda i: people.coded(i, "AE", 8), of="event"),
        Column("患者姓名", "patient_name", "huanzhexingming", "hzxm", people.names),
        Column("联系电话", "phone", "dianhua", "lxdh", _mobiles, dirty=True),
        GENDER, BIRTH,
        Column("怀疑药品", "suspect_drug", "yaopin", "hyyp", lambda i: people.one_of(i, 40, words.DRUGS), of="event"),
        Column("不良反应", "reaction", "buliangfanying", "blfy", _reaction, of="event"),
        Column("原患疾病", "medical_history", "jibing", "yhjb", lambda i: _diagnosis(i, 1), gaps=0.4),
        Column("转归", "outcome", "zhuangui", "zg", lambda i: people.one_of(i, 42, words.OUTCOMES), of="event"),
        Column("发生日期", "onset_date", "fasheng", "fsrq", lambda i: people.days(i, 43), of="event"),
    ),
    "pharma", "pharmacovigilance", identity={"phone": "phone"},
)  # fmt: skip

TELEMATICS = TableOf(
    "telematics",
    "车联网行驶数据",
    (
        Column("车辆识别代号", "vin", "chejiahao", "vin", lambda i: text(numbers.vins(i))),
        Column("车牌号", "plate_no", "chepai", "cph", numbers.plates),
        Column("车主姓名", "owner_name", "chezhu", "czxm", people.names),
        Column("车主手机", "owner_mobile", "chezhushouji", "czsj", _mobiles, dirty=True),
        Column("采集时间", "collected_at", "shijian", "cjsj", lambda i: people.moments(i, 50), of="event"),
        Column("经度", "longitude", "jingdu", "lng", lambda i: _degrees(i, 51, 117.9), of="event"),
        Column("纬度", "latitude", "weidu", "lat", lambda i: _degrees(i, 52, 24.4), of="event"),
        Column("车速", "speed_kmh", "chesu", "spd", lambda i: people.counted(i, 53, 0, 130), of="event"),
        Column("急刹次数", "hard_brakes", "jisha", "jscs", lambda i: people.counted(i, 54, 0, 6), of="event"),
        Column("电池荷电状态", "soc_percent", "dianliang", "soc", lambda i: people.counted(i, 55, 5, 101), of="event"),
    ),
    "iov", "", rows_per_person=20, identity={"vehicle_vin": "vin", "phone": "owner_mobile"},
)  # fmt: skip

CONTACTS = TableOf(
    "aircraft_contacts",
    "航空器维修业务合作联系人",
    (
        Column("合作单位", "company", "danwei", "hzdw", lambda i: people.one_of(i, 60, words.EMPLOYERS)),
        Column("联系人", "contact_name", "lianxiren", "lxr", people.latin_names),
        Column("职务", "position", "zhiwu", "zw", lambda i: people.one_of(i, 61, words.POSITIONS)),
        Column("移动电话", "mobile", "yidongdianhua", "yddh", _mobiles, dirty=True),
        Column("电子邮箱", "email", "youxiang", "dzyx", people.emails),
        Column("护照号码", "passport_no", "huzhao", "hzhm", lambda i: people.coded(i, "E", 8), gaps=0.6),
        Column("最近联系", "last_contact_on", "zuijinlianxi", "zjlx", lambda i: people.days(i, 62)),
    ),
    "aircraft-maintenance", "business-cooperation", identity={"phone": "mobile", "email": "email"},
)  # fmt: skip

CATALOGUE = TableOf(
    "product_catalogue",
    "商品目录",
    (
        Column("商品编码", "sku", "shangpinbianma", "spbm", lambda i: people.coded(i, "SKU", 8)),
        Column("商品名称", "product_name", "shangpin", "spmc", lambda i: people.one_of(i, 80, words.PRODUCTS)),
        Column("品牌", "brand", "pinpai", "pp", lambda i: people.one_of(i, 81, ("岩韵", "海翼", "Lumen", "青禾"))),
        Column("条形码", "barcode", "tiaoma", "txm", lambda i: people.coded(i, "69", 11)),
        Column("标价", "list_price", "biaojia", "bj", lambda i: people.amounts(i, 82, 900)),
        Column("适用年龄", "age_range", "nianling", "synl", lambda i: people.one_of(i, 83, ("3-6岁", "成人", "不限"))),
    ),
)  # fmt: skip

INVENTORY = TableOf(
    "inventory",
    "库存",
    (
        Column("批次号", "batch_no", "pici", "pch", lambda i: people.coded(i, "B2026", 6)),
        Column("仓库", "warehouse", "cangku", "ck", lambda i: people.one_of(i, 84, ("厦门一仓", "福州仓", "平潭仓"))),
        Column("数量", "quantity", "shuliang", "sl", lambda i: people.counted(i, 85, 0, 9000)),
        Column("入库时间", "stored_at", "ruku", "rksj", lambda i: people.moments(i, 86)),
        Column("序列号", "serial_no", "xuliehao", "xlh", lambda i: people.coded(i, "1", 14)),
    ),
)  # fmt: skip

ORDERS = TableOf(
    "order_lines",
    "订单明细（无个人信息）",
    (
        Column("订单流水号", "order_id", "dingdanhao", "ddlsh", lambda i: text(numbers.snowflakes(i))),
        Column("订单号", "order_no", "danhao", "ddh", lambda i: people.coded(i, "1", 10)),
        Column("商品编码", "sku", "shangpinbianma", "spbm", lambda i: people.coded(i, "SKU", 8)),
        Column("数量", "quantity", "shuliang", "sl", lambda i: people.counted(i, 87, 1, 9)),
        Column("金额", "amount", "jine", "je", lambda i: people.amounts(i, 88, 3000)),
        Column("状态", "status", "zhuangtai", "zt", lambda i: people.one_of(i, 89, ("已发货", "已签收", "已取消"))),
    ),
)  # fmt: skip

TABLES = {
    table.name: table for table in (MEMBERS, CARDS, TRIAL, SAFETY, TELEMATICS, CONTACTS, CATALOGUE, INVENTORY, ORDERS)
}
