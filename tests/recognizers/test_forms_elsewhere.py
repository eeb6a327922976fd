"""Forms that other validators know, found alike in a column, in its text and by Presidio; and what only looks so."""

import pyarrow as pa
import pytest

from exportgate.recognizers import (
    analyzer,
    bank_account,
    bank_card,
    cells,
    cells_compiled,
    device_id,
    genetic_variant,
    greater_china_phone,
    icd10,
    landline,
    licence_plate,
    network_address,
    position,
    postal_address,
    resident_id,
    travel_document,
    vin,
)

ENGINE = analyzer.build()


def with_luhn(bare: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(bare)):
        doubled = int(digit) * 2
        total += (doubled - 9 if doubled > 9 else doubled) if place % 2 == 0 else int(digit)
    return bare + str(-total % 10)


def card(opening: str, length: int) -> str:
    """A made-up card number of an issuer."""
    return with_luhn((opening + "7310294650182736459")[: length - 1])


RESIDENT = "35020319900307001" + resident_id.check_character("35020319900307001")
FOREIGNER = "91115619900307001" + resident_id.check_character("91115619900307001")
AMEX = card("37", 15)
MINE, THEIRS = card("898600", 19), card("898521", 19)


def in_groups(number: str, *sizes: int, mark: str = " ") -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return mark.join(parts)


FORMS = [
    *(
        ("BANK_CARD", card(opening, length), bank_card.is_valid)
        for opening, length in [
            ("103", 19), ("1039", 19), ("4055", 17), ("4385", 18), ("5049", 16), ("5899", 19), ("6858", 19),
            ("6886", 18), ("6907", 15), ("6943", 18), ("8433", 16), ("8705", 16), ("888", 16), ("9098", 18),
            ("9111", 19), ("9200", 16), ("9400", 17), ("9400", 18), ("9666", 18), ("9682", 16), ("9900", 18),
        ]
    ),
    ("BANK_CARD", in_groups(AMEX, 4, 6, 5), bank_card.is_valid),
    ("BANK_CARD", in_groups(card("62", 19), 6, 13), bank_card.is_valid),
    ("BANK_CARD", in_groups(card("62", 19), 4, 4, 4, 7), bank_card.is_valid),
    ("CN_RESIDENT_ID", in_groups(RESIDENT, 4, 4, 4, 4, 2), resident_id.is_valid),
    ("CN_RESIDENT_ID", in_groups(RESIDENT, 3, 3, 4, 4, 4), resident_id.is_valid),
    ("CN_RESIDENT_ID", in_groups(RESIDENT, 3, 3, 8, 4, mark="-"), resident_id.is_valid),
    ("CN_FOREIGNER_ID", in_groups(FOREIGNER, 6, 8, 4), resident_id.is_valid),
    ("CN_PASSPORT", "MB0123456", travel_document.is_valid),
    ("CN_LICENCE_PLATE", "闽20401领", licence_plate.is_valid),
    ("CN_LANDLINE", "(0592)2345678", landline.is_valid),
    ("CN_LANDLINE", "(010)-62345678", landline.is_valid),
    ("CN_LANDLINE", "020 234 5678", landline.is_valid),
    ("HK_PHONE", "(852) 6123 4567", greater_china_phone.is_valid),
    ("HK_PHONE", "(+853)28123456", greater_china_phone.is_valid),
    ("TW_PHONE", "+886223456789", greater_china_phone.is_valid),
    ("TW_PHONE", "+88637234567", greater_china_phone.is_valid),
    ("TW_PHONE", "0088649-2345678", greater_china_phone.is_valid),
    ("TW_PHONE", "049-2345678", greater_china_phone.is_valid),
    ("TW_PHONE", "(049) 234-5678", greater_china_phone.is_valid),
    ("TW_PHONE", "037-234567", greater_china_phone.is_valid),
    ("TW_PHONE", "0836-23456", greater_china_phone.is_valid),
    ("ICCID", "898602B12616C0123456", device_id.is_valid_iccid),
    ("ICCID", "89860A1234567890123", device_id.is_valid_iccid),
    ("ICCID", in_groups(MINE, 4, 4, 4, 4, 3), device_id.is_valid_iccid),
    ("ICCID", in_groups(THEIRS + "F", 5, 5, 5, 5), device_id.is_valid_iccid),
    ("MAC_ADDRESS", "00:1b:44:ff:fe:11:3a:b7", network_address.is_valid_mac),
    ("MAC_ADDRESS", "00-1B-44-FF-FE-11-3A-B7", network_address.is_valid_mac),
    ("MAC_ADDRESS", "001b.44ff.fe11.3ab7", network_address.is_valid_mac),
    ("MAC_ADDRESS", "ab:cd:ef:fe:dc:ba", network_address.is_valid_mac),
    ("ICD10_CODE", "U07.1", icd10.is_valid),
    ("ICD10_CODE", "U07.100x002", icd10.is_valid),
    ("ICD10_CODE", "M80000/3", icd10.is_valid),
    ("ICD10_CODE", "M8140/3", icd10.is_valid),
    ("IBAN", "GB82 WEST 1234 5698 7654 32", bank_account.is_valid),
    ("IBAN", "NO93 8601 1117 947", bank_account.is_valid),
    ("GENETIC_VARIANT", "7:140753336:A:T", genetic_variant.is_valid),
    ("COORDINATE_PAIR", "lat=24.479510&lng=118.089540", position.is_valid),
    ("COORDINATE_PAIR", "东经118°05′22″ 北纬24°28′46″", position.is_valid),
    ("CN_ADDRESS", "臺北市信義區光明路五段7號3樓", postal_address.is_valid),
    ("CN_ADDRESS", "南投縣埔里鎮和平街12號之3", postal_address.is_valid),
    ("VEHICLE_VIN", "1HG CM8263 3A004352", vin.is_valid),
    ("VEHICLE_VIN", "1HG-CM8263-3A004352", vin.is_valid),
    ("IP_ADDRESS", "2001:0db8:0:1:0:0:0:1a", network_address.is_valid),
]  # fmt: skip


def hits(entity: str, *values: str) -> list[int]:
    """How many cells are one and how many hold one, with the kernel and without."""
    found = []
    for kernel in (True, False):
        cells_compiled.use(kernel)
        hit = cells.read(pa.array(values)).hit(entity)
        found += [hit.valid, hit.embedded_valid]
    cells_compiled.use(True)
    return found


def spans(entity: str, text: str) -> list[str]:
    results = ENGINE.analyze(text, "zh", entities=[entity])
    return [text[one.start : one.end] for one in sorted(results, key=lambda one: one.start)]


@pytest.mark.parametrize(("entity", "value", "accepts"), FORMS, ids=[f"{form[0]} {form[1]}" for form in FORMS])
def test_a_form_is_found_by_every_face(entity: str, value: str, accepts) -> None:
    assert accepts(value)
    whole, *_ = found = hits(entity, value)
    assert found == [whole, 1 - whole] * 2  # a whole cell, or one with a mark around the number
    assert hits(entity, f"核对：{value}，完") == [0, 1, 0, 1]
    assert spans(entity, f"核对：{value}，完") == [value]


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ("BANK_CARD", card("104", 19)),
        ("BANK_CARD", card("9112", 19)),
        ("BANK_CARD", card("6944", 18)),
        ("CN_LICENCE_PLATE", "到南京20401领取"),
        ("CN_LICENCE_PLATE", "北20401领"),
        ("CN_LANDLINE", "见附表(0592)及2345678号"),
        ("CN_LANDLINE", "(0592)2-345678"),
        ("HK_PHONE", "(852) 1123 4567"),
        ("TW_PHONE", "037-123456"),
        ("TW_PHONE", "88637234567"),
        ("ICCID", "898602B1261AC0123456"),
        ("ICCID", in_groups(MINE[:-1] + str((int(MINE[-1]) + 1) % 10), 4, 4, 4, 4, 3)),
        ("MAC_ADDRESS", "01:02:03:04:05:06:07"),
        ("MAC_ADDRESS", "指纹" + ":".join(["AB"] * 20)),
        ("MAC_ADDRESS", "01:02:03:04:05:06::ab"),
        ("MAC_ADDRESS", "01-02-03-04-05-06-07-08-09"),
        ("ICD10_CODE", "M80/3"),
        ("ICD10_CODE", "规格M8000/300"),
        ("IBAN", "GB82 WEST 1234 5698 7654 33"),
        ("IBAN", "GB82 WEST 1234 5698 7654 321"),
        ("GENETIC_VARIANT", "7:14:A:T"),
        ("COORDINATE_PAIR", "体温37°，室温26°"),
        ("VEHICLE_VIN", "看1hg cm8263 3a004352"),
        ("VEHICLE_VIN", "看1HG CM8263 3A004353"),
    ],
)
def test_what_only_looks_so_is_not_taken(entity: str, text: str) -> None:
    assert hits(entity, text, f"核对：{text}，完") == [0] * 4
    sure = [one for one in ENGINE.analyze(f"核对：{text}，完", "zh", entities=[entity]) if one.score > 0.3]
    assert sure == []


@pytest.mark.parametrize(
    ("value", "compact"),
    [("H12345678(01)", "H1234567801"), ("h12345678 01", "H1234567801"), ("H12345678", "H12345678")],
)
def test_a_home_return_permit_shows_its_reissue_apart(value: str, compact: str) -> None:
    assert travel_document.validate(value) == compact
    assert travel_document.kind_of(value) == "home-return-permit"
    assert spans("CN_TRAVEL_PERMIT", "回乡证H12345678(01)，有效") == ["H12345678(01)"]


@pytest.mark.parametrize("module", [landline, greater_china_phone])
def test_a_telephone_link_is_a_telephone_number(module) -> None:
    number = {landline: "+86-10-5930-7034", greater_china_phone: "+852-5121-3854"}[module]
    assert module.validate(f"tel:{number}") == module.validate(number)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("登记凯文·杜兰特备注", "凯文·杜兰特"),
        ("患者买买提·艾力来诊", "买买提·艾力"),
        ("护士古丽娜尔·阿布都热依木负责", "古丽娜尔·阿布都热依木"),
        ("，德克·维尔纳·诺维茨基，", "德克·维尔纳·诺维茨基"),
        ("经理理查德·米尔到访", "理查德·米尔"),
        ("联系阿依古丽•买合木提，谢谢", "阿依古丽•买合木提"),
        ("收件人：扎西旺堆·次仁", "扎西旺堆·次仁"),
    ],
)
def test_a_name_around_dots_ends_where_it_ends(text: str, name: str) -> None:
    assert spans("CN_PERSON_NAME", text) == [name]


@pytest.mark.parametrize("number", ["武字第12345678号", "士字第1234567号", "军字第1234567号"])
def test_cards_of_the_armed_forces(number: str) -> None:
    assert spans("CN_ID_DOCUMENT", f"核对：{number}，完") == [number]
    assert spans("CN_ID_DOCUMENT", f"武警证号：{number}，完") == [number]


@pytest.mark.parametrize(
    ("address", "span"),
    [
        ("住香港九龍彌敦道123號，完", "香港九龍彌敦道123號"),
        ("寄到上海市浦东新区世纪大道100号环球大厦50层，完", "上海市浦东新区世纪大道100号环球大厦50层"),
        ("家住台北市信義區光明路7號之2，完", "台北市信義區光明路7號之2"),
    ],
)
def test_addresses_of_hong_kong_and_taiwan_and_of_buildings(address: str, span: str) -> None:
    assert spans("CN_ADDRESS", address) == [span]


BAIT = {
    "digits": "1", "groups": "1234 ", "brackets": "(0592)", "codes": "(852) ", "colons": "a:", "pairs": "ab:",
    "noughts": "\0", "unseen": "1\u200b", "backwards": "\u202e1", "chinese": "一二三", "circled": "①②③", "dots": "买·",
    "streets": "路1号", "degrees": "1°1′", "accounts": "GB82 WEST ", "cards": "8986 ", "tumours": "M8000/",
    "halves": "\ud800", "changes": "insACGT", "labels": "密码：", "plates": "京A1", "wide": "１２３",
}  # fmt: skip


@pytest.mark.parametrize("name", BAIT)
def test_a_hostile_cell_is_read_in_one_go(name: str) -> None:
    """A million characters that begin something a million times; what is not linear does not end."""
    text = BAIT[name] * (1_000_000 // len(BAIT[name]))
    for kernel in (True, False):
        cells_compiled.use(kernel)
        assert cells.read(cells.cells_arrow.of_strings([text.encode("utf-8", "surrogatepass")])).rows == 1
    cells_compiled.use(True)
    assert isinstance(ENGINE.analyze(text[:20_000], "zh"), list)
