"""Which cells are in their one form already, judged for a block of cells at once and on the safe side.

`identity_values` is the rule; these tests only save it work. A cell that `settled` chooses comes out of `normalise` as
it went in, and a cell that `may_say_nothing` leaves out is no placeholder. Every other cell takes the plain way, so a
test that chooses too few costs time and nothing else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import numpy as np

from ..recognizers.cells_block import PAD, Block, Words
from ..recognizers.cells_compiled import CompiledBlock
from . import compiled
from .identity_values import _LOWER, _SEPARATORS, PLACEHOLDERS

Flags = Any
"""One truth value per cell (numpy types what is computed from words as anything)."""
_LOW = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)
_ONES, _CASE = np.uint64(0x0101010101010101), np.uint64(0x2020202020202020)
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(50)
_HALF, _ZERO, _SIX = np.uint64(0xF0F0F0F0F0F0F0F0), np.uint64(0x3030303030303030), np.uint64(0x0606060606060606)
_LONGEST = max(len(word) for word in PLACEHOLDERS)
_RUN = "0123456789xX"


def may_say_nothing(block: Block) -> Flags:
    """Tell which cells may be a placeholder or a run of one character, of whatever length counts as a run."""
    fast = compiled.kernel()
    if fast and isinstance(block, CompiledBlock):
        return fast.silence(block, _placeholder_slots(), _suspicious(), _LONGEST)
    return may_say_nothing_in_numpy(block)


def may_say_nothing_in_numpy(block: Block) -> Flags:
    """Do what `may_say_nothing` does where nothing is compiled."""
    lengths, first = block.lengths, word_at(block, 0) & _LOW[np.minimum(block.lengths, 8)]
    known = _placeholder_slots()[((first | _CASE) * _MIX >> _SHIFT).view(np.int64)]
    found = known & (lengths <= _LONGEST)
    same = first == (first & np.uint64(255)) * _ONES & _LOW[np.minimum(lengths, 8)]
    found |= same & (lengths > 1)
    head, tail = block.data[block.starts], block.data[block.ends - 1]
    found |= (head <= 32) | (tail <= 32) | (lengths == 0)
    if block.has_high:
        found |= _may_start_so(block, head)
    return found


def _may_start_so(block: Block, head: Any) -> Flags:
    """Tell which cells with characters outside ASCII begin, once normalised, as something that says nothing may."""
    wide = np.flatnonzero(head >= 128)
    found = np.zeros(len(block), bool)
    found[wide] = _suspicious()[_points(block, wide)]
    narrow = np.flatnonzero((head < 128) & _suspicious()[head])
    if len(narrow):
        found[narrow] |= block.any_of(block.high.view(np.uint8))[narrow] > 0
    return found


def _points(block: Block, cells: Any) -> Any:
    """Return the first code point of cells that begin outside ASCII; 0 (suspicious) where it has not 2 or 3 bytes."""
    start = block.starts[cells]
    one, two = block.data[start], block.data[start + 1]
    short = ((one.astype(np.int64) & 31) << 6) | (two & np.uint8(63))
    return np.where((one & 0xE0) == 0xC0, short, block.points(start))


@cache
def _placeholder_slots() -> Any:
    slots = np.zeros(1 << 14, bool)
    for word in PLACEHOLDERS:
        first = np.frombuffer(word.encode()[:8].ljust(8, b"\0"), "<u8") | _CASE
        slots[(first * _MIX >> _SHIFT).astype(np.int64)] = True
    return slots


@cache
def _suspicious() -> Any:
    """Return, for each code point of the basic plane, whether a cell that says nothing may begin with it."""
    starts = {word[0] for word in PLACEHOLDERS if word} | set(_RUN)
    found = np.zeros(1 << 16, bool)
    found[0xD800:0xF900] = True  # surrogates and private use
    found[[ord(mark) for mark in starts]] = True
    for first, last in _OTHERS:
        for point in range(first, last):
            mark = chr(point)
            form = unicodedata.normalize("NFKC", mark).strip().lower()
            found[point] = not form or form[0] in starts or unicodedata.category(mark)[0] in "CZ"
    return found


_OTHERS: Final = ((0, 0x3400), (0x4DC0, 0x4E00), (0xA000, 0xAC00), (0xD7A4, 0xD800), (0xF900, 0x10000))
"""Between these stand Chinese characters and Korean syllables, which are their own form, and what is no character."""


def word_at(block: Block, place: int) -> Words:
    """Return the eight bytes at a place of each cell, counted from its end when negative."""
    if block.uniform:
        first = PAD + place + (block.uniform if place < 0 else 0)
        return np.ndarray((len(block),), np.dtype("<u8"), block.data.data, first, (block.uniform,))
    return block.words[(block.ends if place < 0 else block.starts) + place]


def settled(kind: str, block: Block) -> Flags:
    """Tell which cells are identifiers of a kind in their one form."""
    found = _FORMS.get(kind, _as_written)(kind, block)
    masks = _masks(block.data)
    return found & (block.any_of(masks.view(np.uint8)) == 0) if masks.any() else found


def _masks(data: Any) -> Any:
    """Tell which bytes mask what stands there: stars, hash marks, an ``x`` beside another (of the next cell, maybe)."""
    cross = (data | np.uint8(32)) == 120
    found = (data == 42) | (data == 35)
    found[:-1] |= cross[:-1] & cross[1:]
    return found


def _word(text: str) -> Any:
    return np.frombuffer(text.encode()[:8], "<u8")[0]


def _all_digits(word: Words) -> Flags:
    return (word & _HALF == _ZERO) & ((word + _SIX) & _HALF == _ZERO)


def _is_digit(byte: Any) -> Flags:
    return (byte - np.uint8(48)) < 10


def _is_upper(byte: Any) -> Flags:
    return (byte - np.uint8(65)) < 26


def _none_of(word: Words, *dummies: str) -> Flags:
    """Tell which words are neither one character eight times nor the beginning of a dummy."""
    found = word != (word & np.uint64(255)) * _ONES
    for dummy in dummies:
        found &= word != _word(dummy)
    return found


def _resident(kind: str, block: Block) -> Flags:
    first = word_at(block, 0)
    found = (block.lengths == 18) & _all_digits(first) & _all_digits(word_at(block, 8))
    found &= _none_of(first, "12345678", "11010119")
    last = word_at(block, -8)
    check = (last >> np.uint64(56)).astype(np.uint8)
    return found & _is_digit((last >> np.uint64(48)).astype(np.uint8)) & (_is_digit(check) | (check == 88))


def _phone(kind: str, block: Block) -> Flags:
    first, last = word_at(block, 0), word_at(block, -8)
    second = (first >> np.uint64(8)).astype(np.uint8)
    found = (block.lengths == 11) & _all_digits(first) & _all_digits(last)
    found &= (first.astype(np.uint8) == 49) & (second >= 51) & (first != _word("13800138"))
    return found & (last != _ZERO)


def _account(kind: str, block: Block) -> Flags:
    lengths, first = block.lengths, word_at(block, 0)
    found = (lengths >= 8) & (lengths <= 24) & _all_digits(first) & _all_digits(word_at(block, -8))
    found &= _none_of(first, "12345678", "41111111", "62220000")
    return found & ((lengths <= 16) | _all_digits(word_at(block, 8)))


def _document(kind: str, block: Block) -> Flags:
    number = word_at(block, -8)
    found = (block.lengths == 9) & _is_upper(block.data[block.starts]) & _all_digits(number)
    return found & (number != _word("12345678")) & (number != _ZERO)


def _upper_code(block: Block) -> Flags:
    """Tell which cells are written with capital letters and digits only."""
    other = ~((block.digit) | ((block.data - np.uint8(65)) < 26))
    return block.any_of(other.view(np.uint8)) == 0


def _vin(kind: str, block: Block) -> Flags:
    return (block.lengths == 17) & _upper_code(block) & _none_of(word_at(block, 0), "12345678")


def _plate(kind: str, block: Block) -> Flags:
    lengths, start = block.lengths, block.starts
    found = ((lengths == 9) | (lengths == 10)) & (block.data[start] >= 0xE4) & (block.data[start] <= 0xE9)
    found &= ~may_say_nothing(block) & _is_upper(block.data[start + 3])
    for place in range(3, 10):
        byte = block.data[start + place]
        found &= (place >= lengths) | _is_upper(byte) | _is_digit(byte)
    return found & (block.points(start) >= 0x4E00)


def _device(kind: str, block: Block) -> Flags:
    dummies = ("02000000", "12345678", "9774D56D")
    found = (block.lengths >= 8) & _upper_code(block) & ~may_say_nothing(block)
    return found & _none_of(word_at(block, 0), *dummies)


_LOCALS: tuple[str, ...] = (
    "test",
    "noreply",
    "no-reply",
    "donotreply",
    "none",
    "null",
    "na@",
    "n/a@",
    "nomail",
    "noemail",
    "unknown",
)
_LOCALS += ("anonymous", "user", "example", "abc@", "aaa@", "xxx@", "123@", "1234")
_DOMAINS = ("example.com", "example.org", "example.net", "example.cn", "@test.com", "@test.cn", "@localhost")


def _email(kind: str, block: Block) -> Flags:
    found = _as_written(kind, block) & (block.lengths >= 8)
    first, last = word_at(block, 0), word_at(block, -8)
    four = first & _LOW[4]
    for local in _LOCALS:
        word = np.frombuffer(local.encode()[:4].ljust(4, b"\0"), "<u4")[0]
        found &= four != np.uint64(word) if len(local) > 3 else (first & _LOW[3]) != np.uint64(word)
    for domain in _DOMAINS:
        found &= last != np.frombuffer(domain.encode()[-8:], "<u8")[0]
    five = last >> np.uint64(24)
    for ending in (b"@none", b"@null"):
        found &= five != np.uint64(int.from_bytes(ending, "little"))
    return found


def _as_written(kind: str, block: Block) -> Flags:
    """Tell which cells of a kind without separators say something, in ASCII and in the kind's case."""
    if kind in _SEPARATORS:
        return np.zeros(len(block), bool)
    found, data = ~may_say_nothing(block), block.data
    odd = data == 43  # a plus stands in a number that was rounded
    if kind in _LOWER:
        odd |= (data - np.uint8(65)) < 26
    if block.has_high:
        odd |= block.high
    if odd.any():
        found &= block.any_of(odd.view(np.uint8)) == 0
    return found


_FORMS: Final[dict[str, Callable[[str, Block], Flags]]] = {
    "cn_resident_id": _resident,
    "phone": _phone,
    "payment_card": _account,
    "bank_account": _account,
    "passport": _document,
    "other_id_document": _document,
    "vehicle_vin": _vin,
    "licence_plate": _plate,
    "device_id": _device,
    "email": _email,
}
