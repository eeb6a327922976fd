"""Names that no dictionary has: slips of the pen, letters of a table before them, two languages in one word."""

import pytest

from exportgate import field_maps
from exportgate.field_maps.model import Edition
from exportgate.scanner.mapping import map_columns
from exportgate.scanner.mapping.words import parts_of, read
from exportgate.scanner.mapping.words_near import near
from exportgate.scanner.results import ColumnVerdict


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


def concepts(text: str) -> set[str]:
    return {concept for word in read(text) for concept in word.concepts}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("milage", {"mileage"}),
        ("odometter", {"mileage"}),
        ("recievers", {"recipient"}),
        ("passwrod", {"password"}),
        ("S_Phone", {"phone"}),
        ("szEmail", {"email"}),
        ("mphone", {"phone"}),
        ("coaddress", set()),
        ("medyongfa", {"medication", "dose"}),
        ("carname", {"vehicle", "name"}),
        ("paiName", {"name"}),
        ("jieshushijian", {"end", "time"}),
    ],
)
def test_what_was_meant_is_read(name: str, says: set[str]) -> None:
    assert says <= concepts(name)


@pytest.mark.parametrize("name", ["personal", "packing", "seating", "grace", "decode", "airline", "milag"])
def test_another_word_is_not_taken_for_a_slip(name: str) -> None:
    assert near(name) is None
    assert concepts(name) == set()


def test_letters_of_a_table_do_not_hide_a_word(edition: Edition) -> None:
    plain, lettered = (
        map_columns(
            [ColumnVerdict(name, "string", kind="phone", pi="personal", confidence=0.9, decided_by="name")],
            edition,
            "iov",
            "after-sales",
            "workshop_owner",
        )
        for name in ("Phone", "w_Phone")
    )
    assert [match.id for match in plain[0].fields] == [match.id for match in lettered[0].fields]


def test_an_id_behind_letters_is_an_id() -> None:
    assert "payment" not in concepts("paID")
    assert concepts("openID") == {"wechat"}


def test_parts_keep_the_words_that_say_nothing_alone() -> None:
    assert parts_of("closedBy") == ("closed", "by")
    assert parts_of("is_usable") == ("is", "usable")
    assert parts_of("") == ()
