"""Forms that are rarer than the first ones and still the same thing: days, addresses, e-mail, variants, zones."""

import numpy as np
import pyarrow as pa
import pytest

from exportgate.recognizers import dates, email_address, genetic_variant, machine_readable_zone, mobile, presidio
from exportgate.recognizers.cells import read

PACK = {one.FORM.name: one for one in presidio.recognizers() if isinstance(one, presidio.FormRecognizer)}


def hit(entity: str, *cells: str) -> tuple[int, int]:
    """How many cells are one as a whole, and how many hold one."""
    found = read(pa.array(cells)).hit(entity)
    return found.valid, found.embedded_valid


def spans(name: str, text: str) -> list[str]:
    """What a recognizer of Presidio finds."""
    one = PACK[name]
    return [text[found.start : found.end] for found in one.analyze(text, [one.FORM.entity])]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Mar 7, 1990", "1990-03-07"),
        ("March 7th 1990", "1990-03-07"),
        ("7 March 1990", "1990-03-07"),
        ("07MAR1990", "1990-03-07"),
        ("07-Mar-1990", "1990-03-07"),
        ("07.03.1990", "1990-03-07"),
        ("03/07/1990", "1990-03-07"),
        ("17/03/1990", "1990-03-17"),
        ("民国79年3月7日", "1990-03-07"),
        ("中华民国79年", "1990"),
        ("民国元年1月1日", "1912-01-01"),
    ],
)
def test_days_as_they_are_written_elsewhere(written: str, day: str) -> None:
    assert dates.validate(written) == day
    assert hit("DATE_TIME", written) == (1, 0)


@pytest.mark.parametrize(
    "written", ["31.02.1990", "Foo 7, 1990", "99/99/1990", "HT-20231990", "民国", "7.3.90", "V1.02.2020"]
)
def test_what_only_looks_like_a_day(written: str) -> None:
    assert not dates.is_valid(written)
    assert hit("DATE_TIME", written) == (0, 0)


@pytest.mark.parametrize("address", ["zhang@例子.公司", "张三@例子.中国", "info@münchen.de", "a@xn--fiqs8s.xn--fiqs8s"])
def test_international_email(address: str) -> None:
    assert email_address.is_valid(address)
    assert hit("EMAIL_ADDRESS", address, "x") == (1, 0)
    assert spans("EmailAddressRecognizer", f"mail {address} now") == [address]


def test_an_ascii_address_glued_to_chinese_stays_itself() -> None:
    assert hit("EMAIL_ADDRESS", "登记zhang.san@example.com备注") == (0, 1)
    assert not email_address.is_valid("登记zhang.san@example.com备注")


@pytest.mark.parametrize(
    "variant", ["BRAF V600E", "EGFR L858R", "KRAS-G12D", "TP53 R175H", "EGFR exon 20 T790M", "KIT:D816V"]
)
def test_variants_as_they_are_spoken(variant: str) -> None:
    assert genetic_variant.is_valid(variant)
    assert hit("GENETIC_VARIANT", variant) == (1, 0)
    assert hit("GENETIC_VARIANT", f"检出{variant}突变，建议靶向治疗") == (0, 1)
    assert spans("GeneticVariantRecognizer", f"检出{variant}突变") == [variant]


HGVS = [
    "AC_000111.2:g.7_8dupTG", "NM_000111.4:c.40_47del8", "NM_000111.4:c.[52C>T;61C>G]",
    "NM_000111.4:c.[52C>T];[61C>G]", "NM_000111.4:c.85=/T>C", "NM_000111.4:c.(52+1_53-1)_(90+1_91-1)del",
    "NM_000111.4:c.(?_-30)_(31+1_32-1)del", "NM_000111.4:c.41_42insN[10]", "NM_000111.4:c.41_42ins70_95inv",
    "NC_000011.10:g.500_540|gom", "NM_000111.4:c.900_938CAG[26]", "NM_000111.4:c.52G>C(;)61del",
    "AB123456.1:c.27G>T", "BRCA2:c.40del", "KIT:p.D816V", "MT:m.30A>G", "NM_000111.4(KIT):c.52T>A(p.Trp18Arg)",
    "LRG_7t1:r.spl", "r.30+3A>U", "r.(5g>u)", "p.0?", "p.(Ala12Thr)", "p.Met1ext-5", "p.*110Glnext*17",
    "p.Ter40TyrextTer?", "p.Ile32Argfs*?", "p.Ala2[10];[11]", "p.(Gly6Ala^Ser)", "p.[Ser6Arg;Asn9del]",
    "p.[(Ser6Arg)];[(Asn9del)]", "p.Cys8_Lys9delinsTrp", "p.Arg7_Gly8ins23", "17:g.40C>T", "CYP2C19*2",
    "CYP2D6*4/*10", "HLA-B*15:02", "HLA-DRB1*04:01", "IVS7-2A>G", "7-140753336-A-T", "chr7:140753336:A:T",
]  # fmt: skip


@pytest.mark.parametrize("variant", HGVS)
def test_variants_of_the_whole_grammar(variant: str) -> None:
    assert genetic_variant.is_valid(variant)
    assert hit("GENETIC_VARIANT", variant) == (1, 0)
    assert hit("GENETIC_VARIANT", f"检出{variant}，杂合") == (0, 1)
    assert spans("GeneticVariantRecognizer", f"检出（{variant}），杂合") == [variant]


@pytest.mark.parametrize(
    "other", ["c.27+?", "c.G>A", "p.12Val", "p.Val>Arg", "p.Zaa3Gly", "g.5T>Z", "c.123", "2024-12-AT-1"]
)
def test_what_is_no_variant_of_the_grammar(other: str) -> None:
    assert not genetic_variant.is_valid(other)
    assert hit("GENETIC_VARIANT", other) == (0, 0)


def test_numbers_of_dbsnp_in_text_and_plugs_that_look_like_them() -> None:
    assert hit("GENETIC_VARIANT", "检出rs1042522杂合", "接口RS485、rs485x") == (0, 1)
    assert spans("GeneticVariantRecognizer", "检出rs1042522，接口RS485") == ["rs1042522"]


@pytest.mark.parametrize("other", ["MODEL X5000M", "SET A100B", "BRAF gene", "V600E"])
def test_models_are_no_variants(other: str) -> None:
    assert not genetic_variant.is_valid(other)
    assert hit("GENETIC_VARIANT", other) == (0, 0)


def test_numbers_of_things() -> None:
    assert [mobile.is_valid_thing(number) for number in ("1064812345678", "1440012345678", "1640995200000")] == [
        True,
        True,
        False,
    ]
    assert hit("CN_IOT_NUMBER", "1064812345678", "终端1440012345678上线", "1640995200000") == (1, 1)


TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6"


def test_the_zone_of_a_card_in_two_lines() -> None:
    assert machine_readable_zone.document_number(TD2) == "D23145890"
    assert hit("IDENTITY_CARD_MRZ", TD2) == (1, 0)
    for place in (45, 55, 63, 71):
        wrong = TD2[:place] + str((int(TD2[place]) + 1) % 10) + TD2[place + 1 :]
        assert not machine_readable_zone.is_valid(wrong)


VISAS = (
    ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"),
    ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"),
)


@pytest.mark.parametrize("lines", VISAS)
def test_the_zone_of_a_visa_has_no_digit_over_all(lines: tuple[str, str]) -> None:
    zone, names = "".join(lines), len(lines[0])
    assert machine_readable_zone.document_number(zone) == "L8988901C"
    assert hit("IDENTITY_CARD_MRZ", zone, f"签证机读码：{lines[0]} {lines[1]}。") == (1, 1)
    assert hit("PASSPORT_MRZ", zone) == (0, 0)
    for place in (names + 9, names + 19, names + 27):
        wrong = zone[:place] + str((int(zone[place]) + 1) % 10) + zone[place + 1 :]
        assert not machine_readable_zone.is_valid(wrong)


def test_an_address_in_a_sentence_is_inside_it() -> None:
    address = "厦门市思明区湖滨南路100号5栋302室"
    prose = f"客户{'反复'}来电，家住{address}，要求上门维修。"
    assert hit("CN_ADDRESS", address, prose) == (1, 1)
    assert spans("CnAddressRecognizer", prose) == [address]
    assert spans("CnAddressRecognizer", "北京的客户说明天要到店里取3号机器") == []


def test_names_in_prose_end_where_they_end() -> None:
    assert spans("CnPersonNameRecognizer", "客户张伟来电反映问题，由王丽负责") == ["张伟", "王丽"]
    assert spans("CnPersonNameRecognizer", "黄金会员可以享受八折，高血压病史十年") == []


def test_dates_are_looked_for_among_few_cells() -> None:
    codes = [f"HT-{n:05d}-2023" for n in range(50)]
    assert read(pa.array(codes)).hit("DATE_TIME").matched == 0
    assert np.array([dates.is_valid(code) for code in codes]).sum() == 0
