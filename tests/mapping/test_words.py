"""A name means the same whatever language and spelling it is written in."""

import pytest

from exportgate.scanner.mapping.words import read, squash


def concepts(text: str) -> set[str]:
    return {concept for word in read(text) for concept in word.concepts}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("cust_mobile_no", {"customer", "phone"}),
        ("custMobileNo", {"customer", "phone"}),
        ("CUSTMOBILE", {"customer", "phone"}),
        ("客户手机号码", {"customer", "phone"}),
        ("kehu_shoujihao", {"customer", "phone"}),
        ("khsjh", {"customer", "phone"}),
        ("车主姓名", {"owner", "person_name"}),
        ("czxm", {"owner", "person_name"}),
        ("dateOfBirth", {"birth"}),
        ("ｐａｓｓｐｏｒｔＮｏ", {"passport"}),
    ],
)
def test_one_meaning_in_every_spelling(name: str, says: set[str]) -> None:
    assert says <= concepts(name)


def test_unknown_words_stay_words() -> None:
    assert next((word.text, word.concepts) for word in read("zorblax_flag")) == ("zorblax", frozenset())


def test_codes_are_compared_without_punctuation() -> None:
    assert squash("G.k.9.i.CN.1") == squash("gk9iCN1")
