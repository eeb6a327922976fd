"""Identifiers against python-stdnum: the same answer for made numbers and for ones with a digit changed.

Where the two differ on purpose, the reason stands beside it.
"""

import random
import re
from collections.abc import Callable

import pytest
from stdnum import bic, iban, imei, imsi, luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent

from exportgate.recognizers import bank_account, bank_card, credit_code, device_id, resident_id
from exportgate.recognizers.data_files import read_yaml

RNG = random.Random(11)
DIGITS = "0123456789"


def digits(count: int) -> str:
    return "".join(RNG.choices(DIGITS, k=count))


def resident() -> str:
    area = RNG.choice(["110105", "350203", "440305", "310115", "510107", "650102"])
    born = f"{RNG.randint(1930, 2015)}{RNG.randint(1, 12):02}{RNG.randint(1, 28):02}"
    bare = area + born + digits(3)
    return bare + resident_id.check_character(bare)


def company() -> str:
    bare = RNG.choice(["91", "52", "12"]) + "350203" + "".join(RNG.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=9))
    return bare + credit_code.check_character(bare)


def with_luhn(bare: str) -> str:
    return bare + luhn.calc_check_digit(bare)


IBAN_FORMS = re.findall(r"([A-Z]{2})([0-9nac]+)", read_yaml("countries.yaml")["iban"])
OUTSIDE_THE_REGISTRY = re.compile("AO|BF|BJ|CF|CG|CI|CM|CV|DZ|GA|GQ|GW|IR|KM|MA|MG|ML|MZ|NE|SN|TD|TG")


def account() -> str:
    country, form = RNG.choice([pair for pair in IBAN_FORMS if not OUTSIDE_THE_REGISTRY.match(pair[0])])
    signs = {"n": DIGITS, "a": "ABCXYZ", "c": "ABC" + DIGITS}
    bare = "".join(
        RNG.choice(signs[kind]) for count, kind in re.findall("([0-9]+)([nac])", form) for _ in range(int(count))
    )
    return country + iban.calc_check_digits(f"{country}00{bare}") + bare


def changed(number: str) -> str:
    place = RNG.randrange(len(number))
    other = RNG.choice([one for one in DIGITS if one != number[place]])
    return number[:place] + other + number[place + 1 :]


MAKERS: dict[str, tuple[Callable[[], str], Callable[[str], bool], Callable[[str], bool]]] = {
    "cn.ric": (resident, resident_id.is_valid, ric.is_valid),
    "cn.uscc": (company, credit_code.is_valid, uscc.is_valid),
    "luhn": (lambda: with_luhn("62" + digits(16)), bank_card.is_valid, luhn.is_valid),
    "imei": (lambda: with_luhn("86" + digits(12)), device_id.is_valid, lambda n: len(n) == 15 and imei.is_valid(n)),
    "iban": (account, bank_account.is_valid, lambda number: iban.is_valid(number, check_country=False)),
    "imsi": (lambda: "46000" + digits(10), device_id.is_valid_imsi, imsi.is_valid),
}


@pytest.mark.parametrize("name", MAKERS)
def test_numbers_as_made_and_with_a_digit_changed(name: str) -> None:
    make, ours, theirs = MAKERS[name]
    made = [make() for _ in range(400)]
    assert [number for number in made if not ours(number)] == []
    assert [number for number in made if not theirs(number) and not _on_purpose(name, number)] == []
    differ = [number for number in map(changed, made) if ours(number) != theirs(number)]
    assert [number for number in differ if not _on_purpose(name, number)] == []


def _on_purpose(name: str, number: str) -> bool:
    """Why the two may differ: each line is a choice of ours."""
    if (
        name == "cn.ric"
    ):  # an area that was renamed or is typed wrong never refuses a person; theirs must be in its table
        return resident_id.is_valid(number) and _area_is_unknown(number)
    if name == "luhn":  # a card begins with the number of an issuer; any digits may pass Luhn
        return not number.startswith("62")
    if name == "imei":  # the first two digits are those of a body that reports, which theirs does not ask
        return not number.startswith("86")
    if name == "iban":  # theirs also asks the check digits that some countries have inside
        return bank_account.is_valid(number) and iban.is_valid(number, check_country=False)
    return name == "imsi" and not device_id.is_valid_imsi(number)  # ours is of the mainland's networks in use


def _area_is_unknown(number: str) -> bool:
    try:
        ric.get_birth_place(number)
    except InvalidComponent:
        return True
    return False


@pytest.mark.parametrize(
    "code",
    ["DEUTDEFF", "DEUTDEFF500", "BKCHCNBJ", "ICBKCNBJXXX", "AAAA1111", "DEUTDE", "DEUTXXFF", "deutdeff", "12345678"],
)
def test_bic(code: str) -> None:
    assert bank_account.is_valid_bic(code) == bic.is_valid(code)
