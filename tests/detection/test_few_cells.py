"""Few rows, and few identifiers among much else: what is there is said, and numbers that only look like it are not."""

import random

import pyarrow as pa
import pytest

import exportgate
from exportgate.recognizers import resident_id

RNG = random.Random(12)


def digits(count: int) -> str:
    return str(RNG.randint(1, 9)) + "".join(RNG.choices("0123456789", k=count - 1))


def resident() -> str:
    body = f"35020{RNG.randint(1, 6)}{RNG.randint(1950, 2010)}{RNG.randint(1, 12):02}{RNG.randint(1, 28):02}"
    body += f"{RNG.randrange(1000):03}"
    return body + resident_id.check_character(body)


def mobile() -> str:
    return RNG.choice(["138", "139", "186", "199"]) + f"{RNG.randrange(10**8):08}"


MAKERS = {
    "cn_resident_id": resident,
    "phone": mobile,
    "email": lambda: f"u{RNG.randrange(10**6)}@example.com",
    "licence_plate": lambda: f"闽D{RNG.randrange(10**5):05}",
}


def column(values: list[object]) -> dict[str, object]:
    (found,) = exportgate.scan(pa.table({"c2": values})).to_dict()["columns"]
    return found


@pytest.mark.parametrize("kind", MAKERS)
def test_a_table_of_few_rows_is_never_silently_nothing(kind: str) -> None:
    alone = column([MAKERS[kind]()])
    assert alone["kind"] == kind or alone["undecided"]
    for count in (3, 5, 15):
        assert column([MAKERS[kind]() for _ in range(count)])["kind"] == kind


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("other", [lambda place: f"内部编号{place}", str], ids=["codes", "counts"])
def test_some_identifiers_among_much_else_are_told(kind: str, other) -> None:
    found = column([*(other(place) for place in range(380)), *(MAKERS[kind]() for _ in range(20))])
    assert (found["kind"], found["undecided"]) == ("free_text", False)
    assert found["pi"] != "none"
    assert found["evidence"]["embedded"] >= 20


def test_two_telephone_numbers_with_a_stroke_are_no_path() -> None:
    assert column([f"{mobile()}/{mobile()}" for _ in range(30)])["pi"] == "personal"
    assert column([f"images/{digits(11)}/{digits(18)}.png" for _ in range(30)])["pi"] == "none"


@pytest.mark.parametrize("length", range(8, 21))
@pytest.mark.parametrize("rows", [1, 4, 40, 400])
def test_random_digits_are_nobody(length: int, rows: int) -> None:
    values = [digits(length) for _ in range(rows)]
    assert column(values)["pi"] == "none"
    if length < 19:
        assert column([int(value) for value in values])["pi"] == "none"
