"""Identifiers in one form, hashed exactly as hashlib would."""

from __future__ import annotations

import hashlib
import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportgate.scanner import identity_values
from exportgate.scanner.identity_hash import hash_column
from exportgate.scanner.identity_keys import Keys, encipher


@given(st.lists(st.binary(max_size=140), max_size=60), st.binary(min_size=32, max_size=32), st.integers(0, 5))
def test_column_hash_is_hashlibs_keyed_blake2s(values: list[bytes], key: bytes, start: int) -> None:
    array = pa.array(values, pa.large_binary()).slice(min(start, len(values)))
    ours = [digest.tobytes() for digest in hash_column(array, key)]
    assert ours == [hashlib.blake2s(value.as_py(), key=key, digest_size=16).digest() for value in array]


def test_every_length_is_hashed_alike_beside_every_other() -> None:
    """Cells are hashed several side by side where a kernel was built; long, empty and few ones are not."""
    chance, key = random.Random(2), bytes(range(32))
    for lengths in ((18,), (1, 3, 4, 5, 18, 63, 64), (0, 1, 18, 64, 65, 130)):
        values = [chance.randbytes(chance.choice(lengths)) for _ in range(1003)]
        ours = [row.tobytes() for row in hash_column(pa.array(values), key)]
        assert ours == [hashlib.blake2s(value, key=key, digest_size=16).digest() for value in values]


def test_year_form_is_reversible_and_unlike_in_other_years() -> None:
    hashes = np.arange(20, dtype=np.uint64).reshape(-1, 2)
    this, following = (Keys(year, bytes(32)).in_year(hashes) for year in (2026, 2027))
    assert np.array_equal(Keys(2026, bytes(32)).out_of_year(this), hashes)
    assert not np.any(this == following)
    assert np.array_equal(encipher(bytes(32), encipher(bytes(32), this), back=True).view("<u8").reshape(-1, 2), this)


CASES = [
    ("cn_resident_id", "１１０１０５19491231002x ", "11010519491231002X"),
    ("cn_resident_id", "110105491231002", "11010519491231002X"),
    ("cn_resident_id", "110105 1949 1231 002-X", "11010519491231002X"),
    ("cn_resident_id", "111111111111111111", None),
    ("phone", "+86 139-1234-5678", "13912345678"),
    ("phone", "008613912345678", "13912345678"),
    ("phone", "(86) 13912345678", "13912345678"),
    ("phone", "00852 9876 5432", "+85298765432"),
    ("phone", "13800000000", None),
    ("phone", "139****5678", None),
    ("email", "Li.Wei@Mail.CN", "li.wei@mail.cn"),
    ("email", "test@mail.cn", None),
    ("email", "N/A", None),
    ("other_id_document", "h12345678 01", "H12345678"),
    ("other_id_document", "H1234567802", "H12345678"),
    ("member_id", " M-001 ", "M-001"),
    ("member_id", "111", "111"),
    ("member_id", "00000000", None),
    ("member_id", "未知", None),
    ("licence_plate", "闽D·12345", "闽D12345"),
    ("device_id", "aa:bb:cc:11:22:33", "AABBCC112233"),
    ("passport", "e1234 5679", "E12345679"),
]


@pytest.mark.parametrize(("kind", "written", "one_form"), CASES)
def test_one_person_writes_one_number_in_many_ways(kind: str, written: str, one_form: str | None) -> None:
    assert identity_values.normalise(kind, pa.array([written])).to_pylist() == [one_form]


@pytest.mark.parametrize("kind", ["phone", "member_id"])
def test_numbers_stored_as_numbers_are_the_same_identifiers(kind: str) -> None:
    columns = [pa.array([13912345678]), pa.array([13912345678.0]), pa.array(["13912345678"]).dictionary_encode()]
    assert {identity_values.normalise(kind, column)[0].as_py() for column in columns} == {"13912345678"}


@pytest.mark.parametrize("written", ["2013-01-02", "20130102", "2013/1/2", "2013年1月2日", "2013-01-02 08:30:00"])
def test_birth_dates_are_read_as_people_write_them(written: str) -> None:
    assert str(identity_values.birth_days(pa.array([written]))[0]) == "2013-01-02"


@pytest.mark.parametrize("written", ["2013-02-30", "31/12", "", "unknown", "99999999"])
def test_what_is_no_date_is_unknown(written: str) -> None:
    assert identity_values.birth_days(pa.array([written]))[0].as_py() is None
