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
        ("PersonMobile__c", {"phone"}),
        ("HbA1c", {"lab"}),
        ("N11", {"n1n2"}),
        ("yinhangzhanghao", {"bank_account"}),
    ],
)
def test_one_meaning_in_every_spelling(name: str, says: set[str]) -> None:
    assert says <= concepts(name)


@pytest.mark.parametrize(
    "name", ["主键ID", "审核状态", "gmt_create", "etl_batch_id", "推送状态", "lock_version", "凭证号"]
)
def test_what_a_system_says_of_itself_says_nothing_else(name: str) -> None:
    words = read(name)
    assert any(word.is_foreign for word in words)
    assert all(word.weight < 0.45 for word in words)


def test_unknown_words_stay_words() -> None:
    assert next((word.text, word.concepts) for word in read("zorblax_flag")) == ("zorblax", frozenset())


def test_codes_are_compared_without_punctuation() -> None:
    assert squash("G.k.9.i.CN.1") == squash("gk9iCN1")
