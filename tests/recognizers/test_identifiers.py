"""Each identifier module: what it accepts, refuses and why, one table per identifier."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportgate.recognizers import (
    bank_account,
    bank_card,
    credit_code,
    dates,
    device_id,
    email_address,
    errors,
    genetic_variant,
    greater_china_id,
    greater_china_phone,
    hashed_id,
    icd10,
    landline,
    licence_plate,
    machine_readable_zone,
    mobile,
    network_address,
    pack,
    person_name,
    position,
    postal_address,
    resident_id,
    travel_document,
    vin,
)
from exportgate.recognizers.kinds import KINDS

SOURCES = "".join(path.read_text(encoding="utf-8") for path in Path(errors.__file__).parent.glob("*.py"))
MODULES = [module for module in pack.modules() if hasattr(module, "validate")]


def name_of(module: object) -> str:
    return module.__name__.rpartition(".")[2]


@pytest.mark.parametrize("module", MODULES, ids=name_of)
@given(text=st.text(max_size=40) | st.from_regex(r"[0-9A-Z]{8,20}", fullmatch=True))
def test_never_raises_anything_but_its_own_errors(module, text: str) -> None:
    assert module.is_valid(text) in (True, False)
    try:
        module.validate(text)
    except errors.ValidationError as error:
        written = str(error) in SOURCES  # so it holds no value, though ``writ`` is a part of it
        assert text.strip() == "" or len(text) < 4 or text not in str(error) or written


@pytest.mark.parametrize("module", MODULES, ids=name_of)
@given(text=st.text("0123456789ABXx -.·（）()：:@京", max_size=24))
def test_compact_is_idempotent(module, text: str) -> None:
    once = module.compact(text)
    assert module.compact(once) == once


@given(st.integers(0, 10**17 - 1))
def test_one_changed_digit_of_a_resident_number_is_noticed(seed: int) -> None:
    rng = random.Random(seed)
    body = f"{rng.randint(110000, 659999)}{rng.randint(1900, 2020)}0{rng.randint(1, 9)}{rng.randint(10, 28)}"
    body += f"{rng.randint(0, 999):03d}"
    number = body + resident_id.check_character(body)
    assert resident_id.is_valid(number)
    place = rng.randrange(17)
    changed = number[:place] + str((int(number[place]) + rng.randint(1, 9)) % 10) + number[place + 1 :]
    assert not resident_id.is_valid(changed)


RESIDENT = "11010519491231002X"


@pytest.mark.parametrize(
    ("module", "text", "expected"),
    [
        (resident_id, RESIDENT, RESIDENT),
        (resident_id, "110105 19491231 002x", RESIDENT),
        (resident_id, "１１０１０５１９４９１２３１００２Ｘ", RESIDENT),
        (resident_id, "81000019900307001" + resident_id.check_character("81000019900307001"), None),
        (resident_id, "110105194912310021", errors.InvalidChecksum),
        (resident_id, "110105194913310021", errors.InvalidComponent),
        (resident_id, "11010519491231002", errors.InvalidLength),
        (resident_id, "1101051949123100²X", RESIDENT),
        (resident_id, "110105A9491231002X", errors.InvalidFormat),
        (mobile, "0086-139 1234 5678", "13912345678"),
        (mobile, "12345678901", errors.InvalidComponent),
        (mobile, "1391234567", errors.InvalidLength),
        (mobile, "139123456¹8", None),
        (bank_card, "4111 1111 1111 1112", errors.InvalidChecksum),
        (bank_card, "1111111111111111", errors.InvalidComponent),
        (credit_code, RESIDENT, errors.InvalidFormat),
        (vin, "1HGCM82633A004353", errors.InvalidChecksum),
        (vin, "1HGCM82633I004352", errors.InvalidFormat),
        (licence_plate, "闽A·D12345", "闽AD12345"),
        (licence_plate, "闽AI2345", errors.InvalidFormat),
        (licence_plate, "粤Z1234港", None),
        (email_address, "zhang@example", errors.InvalidFormat),
        (email_address, "ＺＨＡＮＧ＠example.com", "zhang@example.com"),
        (landline, "400-810-8888", "4008108888"),
        (landline, "2024-01-31", errors.InvalidFormat),
        (landline, "+1 415 555 2671", "+14155552671"),
        (device_id, "490154203237519", errors.InvalidChecksum),
        (icd10, "J18.9", "J18.9"),
        (icd10, "3.14", errors.InvalidFormat),
        (dates, "2023-02-29", errors.InvalidComponent),
        (dates, "20240229", "2024-02-29"),
        (greater_china_id, "A123456(4)", errors.InvalidChecksum),
        (greater_china_id, "OV290326[A]", "OV290326A"),
        (greater_china_id, "5/123456/7", "51234567"),
        (greater_china_id, "5123456（7）", "51234567"),
        (greater_china_id, "51234567", errors.InvalidFormat),
        (greater_china_id, "FC12345678", errors.InvalidChecksum),
        (greater_china_phone, "+852 6123 4567", "+85261234567"),
        (greater_china_phone, "00853-66123456", "+85366123456"),
        (greater_china_phone, "０９１２３４５６７８", "+886912345678"),
        (greater_china_phone, "+852 0123 4567", errors.InvalidFormat),
        (mobile, "013812345678", "13812345678"),
        (mobile, "（+86）138 1234 5678", "13812345678"),
        (mobile, "15412345678", errors.InvalidComponent),
        (landline, "+86-592-2345678", "05922345678"),
        (licence_plate, "京X·1234应急", "京X1234应急"),
        (licence_plate, "014578使", "014578使"),
        (licence_plate, "WJ闽1234X", "WJ闽1234X"),
        (licence_plate, "民航AA234", errors.InvalidFormat),
        (
            hashed_id,
            "ｄ４１ｄ８ｃｄ９８ｆ００ｂ２０４ｅ９８００９９８ｅｃｆ８４２７ｅ",
            "d41d8cd98f00b204e9800998ecf8427e",
        ),
        (travel_document, "EA1234567", None),
        (position, "24°28'46.2\"N, 118°5'22.3\"E", "24.47950,118.08953"),
        (position, '{"lat":24.47951,"lng":118.08954}', "24.47951,118.08954"),
        (position, "24°28' 2024", errors.InvalidFormat),
        (position, "东经218.08954 北纬94.47951", errors.InvalidComponent),
        (machine_readable_zone, "L898902C36UTO7408122F1204159ZE184226B<<<<<10", None),
        (machine_readable_zone, "L898902C36UTO7408122F1204159ZE184226B<<<<<11", errors.InvalidChecksum),
        (machine_readable_zone, "L898902C36UTO7408122F1204159ZE184226B<<<<<1", errors.InvalidLength),
        (genetic_variant, "NG_012232.1(NM_004006.2):c.93+1G>T", None),
        (genetic_variant, "LRG_199t1:c.79_80delinsTT", None),
        (genetic_variant, "p.Lys2_Gly3insGlnSerLys", None),
        (genetic_variant, "r.76a>u", None),
        (genetic_variant, "chr17-43044295-G-A", None),
        (genetic_variant, "chr7:12", errors.InvalidFormat),
        (travel_document, "EI1234567", errors.InvalidFormat),
        (person_name, "张伟", "张伟"),
        (person_name, "买买提·艾力", "买买提·艾力"),
        (person_name, "高血压", errors.InvalidComponent),
        (postal_address, "泉州市丰泽区东海街道通港西街156号3栋801室", None),
        (postal_address, "厦门市", errors.InvalidFormat),
        (network_address, "256.1.1.1", errors.InvalidFormat),
        (bank_account, "GB82WEST12345698765433", errors.InvalidChecksum),
        (bank_account, "GB82WEST123456987654", errors.InvalidLength),
        (bank_account, "GB821234W5T698765432AB", errors.InvalidFormat),
        (bank_account, "XX82WEST12345698765432", errors.InvalidLength),
        (bank_account, "de89-3704-0044-0532-0130-00", "DE89370400440532013000"),
        (bank_card, "5020 0000 0000 0010", errors.InvalidChecksum),
        (bank_card, "2204 1201 0000 0002", errors.InvalidChecksum),
        (mobile, "tel:+86-139-1234-5678", "13912345678"),
        (mobile, "139.1234.5678", "13912345678"),
        (mobile, "+86 (0)139 1234 5678", "13912345678"),
        (mobile, "[86]13912345678", "13912345678"),
        (email_address, "o'neil@example.com", "o'neil@example.com"),
        (landline, "+861062345678", "01062345678"),
        (landline, "+86 (0)592 2345678", "05922345678"),
        (landline, "0086-400-810-1234", "4008101234"),
        (landline, "+86 010 6234 5678", "01062345678"),
        (landline, "+1 (425) 882-9090", "+14258829090"),
        (position, "E118.089540, N24.479510", "118.08954,24.47951"),
        (position, "24.479510°N 118.089540°E", "24.47951,118.08954"),
        (position, "经度118.089540，纬度24.479510", "118.08954,24.47951"),
        (email_address, "müller.ö@example.de", "müller.ö@example.de"),
        (network_address, "fe80::1%eth0", "fe80::1%eth0"),
    ],
)
def test_tables(module, text: str, expected: object) -> None:
    if isinstance(expected, type):
        with pytest.raises(expected):
            module.validate(text)
    else:
        assert module.validate(text) == (expected if expected is not None else module.compact(text))


@pytest.mark.parametrize(
    ("accepts", "text", "expected"),
    [
        (network_address.is_valid_mac, "0102.0304.05ab", True),
        (network_address.is_valid_mac, "D0F2E3A1B4C5", True),
        (network_address.is_valid_mac, "01-02:03:04:05:ab", False),
        (bank_account.is_valid_bic, "DEUTDEFFXXX", True),
        (bank_account.is_valid_bic, "SBICKENXX", False),
        (bank_account.is_valid_bic, "SBICXXNX", False),
        (device_id.is_valid_imsi, "454001234567890", True),
        (device_id.is_valid_imsi, "999991234567890", False),
        (device_id.is_valid_imeisv, "35686800-004141-20", True),
        (device_id.is_valid_imeisv, "0035686800004141", False),
        (device_id.is_valid_iccid, "89860A0123456789012", True),
        (device_id.is_valid_iccid, "8986001234567890123", False),
        (device_id.is_valid_iccid, "8985212345678901231F", False),
        (device_id.is_valid_iccid, "8985212345678901239F", True),
        (resident_id.is_valid_15, "350203800307123", True),
        (resident_id.is_valid_15, "350203801307123", False),
        (hashed_id.is_valid_open_id, "o6_bmjrPTlm6_2sgVt7hMZOPfL2M", True),
        (hashed_id.is_valid_open_id, "o6", False),
        (credit_code.is_valid_organisation, "D2143569-X", True),
        (credit_code.is_valid_organisation, "D2143569-1", False),
    ],
)
def test_tables_of_further_identifiers(accepts, text: str, expected: bool) -> None:
    assert accepts(text) is expected


def test_every_entity_names_a_kind_of_the_contract_and_a_module_that_exists() -> None:
    assert {entity.kind for entity in pack.entities().values()} <= set(KINDS)
    seen = {face.entity for face in pack.faces()}
    assert seen <= set(pack.entities())
    assert {form.entity for module in pack.modules() for form in getattr(module, "FORMS", ())} <= set(pack.entities())
