"""What a dataset says about people, column by column: everything is a function of the person's index."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from . import numbers, words
from .numbers import Index, choose, drawn, spread, text


def names(index: Index) -> pa.Array:
    """Return Chinese names of two or three characters."""
    family = choose(words.SURNAMES, drawn(index, 10, len(words.SURNAMES)))
    women = np.flatnonzero([sign in words.GIVEN_WOMAN for sign in words.GIVEN])
    first = np.where(numbers.is_woman(index), women[drawn(index, 11, len(women))], drawn(index, 12, len(words.GIVEN)))
    second = choose([*words.GIVEN, *[""] * (len(words.GIVEN) // 3)], drawn(index, 13, len(words.GIVEN) * 4 // 3))
    return pc.binary_join_element_wise(family, choose(words.GIVEN, first), second, "")


def latin_names(index: Index) -> pa.Array:
    """Return names in pinyin, given name first."""
    family = choose([word.title() for word in words.SURNAMES_PINYIN], drawn(index, 10, len(words.SURNAMES)))
    given = choose([word.title() for word in words.GIVEN_PINYIN], drawn(index, 12, len(words.GIVEN)))
    return pc.binary_join_element_wise(given, family, " ")


def emails(index: Index) -> pa.Array:
    """Return mail addresses under a domain reserved for examples."""
    family = choose(words.SURNAMES_PINYIN, drawn(index, 10, len(words.SURNAMES)))
    given = choose(words.GIVEN_PINYIN, drawn(index, 12, len(words.GIVEN)))
    number = text(numbers.digits(spread(index, 99_999_989, 57_721_567), 8))
    host = choose(["@mail.example.com", "@xm.example.cn", "@corp.example.net"], drawn(index, 14, 3))
    return pc.binary_join_element_wise(family, ".", given, number, host, "")


def genders(index: Index, man: str = "男", woman: str = "女") -> pa.Array:
    """Return the word for each person's gender."""
    return choose([man, woman], numbers.is_woman(index).astype(np.int64))


def births(index: Index, minors: float = 0.0) -> pa.Array:
    """Return birth dates as text, year first."""
    return pa.array(numbers.birth_days(index, minors).astype("datetime64[D]")).cast(pa.string())


def addresses(index: Index) -> pa.Array:
    """Return addresses down to the room."""
    place = choose([name for _, name in words.DISTRICTS], drawn(index, 15, len(words.DISTRICTS)))
    street = choose(words.STREETS, drawn(index, 16, len(words.STREETS)))
    house = _number(drawn(index, 17, 400) + 1)
    room = _number(drawn(index, 18, 30) * 100 + drawn(index, 19, 8) + 101)
    return pc.binary_join_element_wise(place, street, house, "号", room, "室", "")


def coded(index: Index, head: str, width: int = 9) -> pa.Array:
    """Return a code of a letter or two and digits, different for each index."""
    size = 10**width
    return text(head, numbers.digits(spread(index, size, 982_451_653 if width > 5 else 61_803), width))


def amounts(index: Index, salt: int, most: int) -> pa.Array:
    """Return amounts with two decimals."""
    return pa.array(drawn(index, salt, most * 100) / 100)


def moments(index: Index, salt: int, first: str = "2026-01-01", days: int = 300) -> pa.Array:
    """Return moments as text."""
    moment = np.datetime64(first, "s") + drawn(index, salt, days * 86_400)
    return pc.strftime(pa.array(moment), "%Y-%m-%d %H:%M:%S")


def days(index: Index, salt: int, first: str = "2026-01-01", span: int = 300) -> pa.Array:
    """Return dates as text."""
    return pa.array(np.datetime64(first, "D") + drawn(index, salt, span)).cast(pa.string())


def one_of(index: Index, salt: int, options: tuple[str, ...]) -> pa.Array:
    """Return one of the options for each index."""
    return choose(options, drawn(index, salt, len(options)))


def counted(index: Index, salt: int, low: int, high: int) -> pa.Array:
    """Return whole numbers from `low` up to, not including, `high`."""
    return pa.array(drawn(index, salt, high - low) + low)


def _number(value: npt.NDArray[np.int64]) -> pa.Array:
    return pa.array(value).cast(pa.string())
