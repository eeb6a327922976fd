"""International bank account number (IBAN) and business identifier code (BIC, SWIFT).

* ISO 13616 (IBAN, MOD 97-10 of ISO 7064; length and make-up by country, from the registry), ISO 9362 (BIC, its country
  from ISO 3166-1). Mainland account numbers have no common form: header decides.

>>> validate("GB82 WEST 1234 5698 7654 32")
'GB82WEST12345698765432'
>>> is_valid("GB82 WEST 1234 5698 7654 33")
False
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np

from .cells_block import DIGIT, LETTERS, UPPER, UPPER_HEX, Block, Bools, Bytes, Index
from .cells_face import Face, Match, flags, from_cells, join
from .data_files import read_yaml
from .errors import InvalidChecksum, InvalidFormat, InvalidLength
from .presidio_form import ALONE, Form, passes

_SIZES, _LONGEST = range(15, 34), 42  # characters of an IBAN, and of one in groups


def _of_size(size: int) -> str:
    """Return the pattern of an IBAN of so many characters, together or in groups of four."""
    fours, rest = divmod(size - 4, 4)
    return rf"[A-Z]{{2}}[0-9]{{2}}(?: ?[0-9A-Z]{{4}}){{{fours}}}" + (rf" ?[0-9A-Z]{{{rest}}}" if rest else "")


def compact(value: str) -> str:
    """Strip separators and raise to upper case."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", value)).upper()


_PARTS = re.compile(r"([0-9]+)([nac])")
_CLASSES = {"n": 1, "a": 2, "c": 3}


@cache
def countries() -> frozenset[str]:
    """Return the codes of countries of ISO 3166-1."""
    return frozenset(read_yaml("countries.yaml")["iso_3166_1"].split())


@cache
def forms() -> Bytes:
    """Return for each two letters what may stand at each place behind the check digits, and last the whole length.

    1 is a digit, 2 a letter, 3 either, 0 nothing.
    """
    table = np.zeros((26 * 26, 32), np.uint8)
    for form in read_yaml("countries.yaml")["iban"].split():
        row = [_CLASSES[sign] for count, sign in _PARTS.findall(form) for _ in range(int(count))]
        place = 26 * (ord(form[0]) - 65) + ord(form[1]) - 65
        table[place, : len(row)] = row
        table[place, 31] = len(row) + 4
    return table


def validate(value: str) -> str:
    """Return the compact IBAN, or raise a `ValidationError`."""
    value = compact(value)
    if not 15 <= len(value) <= 34:
        raise InvalidLength
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", value):
        raise InvalidFormat
    form = forms()[26 * (ord(value[0]) - 65) + ord(value[1]) - 65]
    if form[31] != len(value):
        raise InvalidLength
    if not all(form[place] & (1 if sign.isdigit() else 2) for place, sign in enumerate(value[4:])):
        raise InvalidFormat
    if int("".join(str(int(character, 36)) for character in value[4:] + value[:4])) % 97 != 1:
        raise InvalidChecksum
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the IBAN."""
    return passes(validate, value)


def validate_bic(value: str) -> str:
    """Return a BIC (SWIFT code) in upper case, or raise a `ValidationError`.

    >>> validate_bic("bkchcnbj300")
    'BKCHCNBJ300'
    """
    value = compact(value)
    if not re.fullmatch(r"[A-Z]{4}[A-Z]{2}[0-9A-Z]{2}(?:[0-9A-Z]{3})?", value) or value[4:6] not in countries():
        raise InvalidFormat
    return value


def is_valid_bic(value: str) -> bool:
    """Say whether `validate_bic` would accept the code."""
    return passes(validate_bic, value)


def match(cells: Block) -> Match | None:
    """Find IBANs in a block of cells."""
    return join(cells, (_unbroken(cells), None if cells.tokens_are_cells else _in_groups(cells)))


def _unbroken(cells: Block) -> Match | None:
    """Find IBANs written without spaces, whole or in longer text."""
    runs, size = cells.runs, cells.run_lengths
    near = np.flatnonzero((size >= 15) & (size <= 34))
    start, size = runs.start[near], size[near]
    for place in (0, 1):
        near = np.flatnonzero(((cells.data[start + place] | np.uint8(32)) - np.uint8(97)) < 26)
        start, size = start[near], size[near]
    near = np.flatnonzero(cells.digit[start + 2] & cells.digit[start + 3] & (_form_of(cells, start)[:, 31] == size))
    start, size = start[near], size[near]
    fits = _fit_country(cells, start, size)
    start, size = start[fits], size[fits]
    if not len(start):
        return None
    right = _remainder(cells.columns(start, int(size.max())), size) == 1
    cell = cells.cells_at(start)
    whole = size == cells.lengths[cell]
    valid = flags(cells, cell[whole & right])
    inside = flags(cells, cell[~whole & right])
    return Match(flags(cells, cell[whole]), valid, inside, inside)


def _form_of(cells: Block, start: Index) -> Bytes:
    """Return how account numbers of the country are written of which the two letters stand there."""
    one, two = ((cells.data[start + place] & np.uint8(223)).astype(np.int64) - 65 for place in (0, 1))
    form: Bytes = forms()[26 * one + two]
    return form


def _fit_country(cells: Block, start: Index, size: Index) -> Bools:
    """Say which are as long, and of letters and digits at such places, as account numbers of their country."""
    rows = cells.columns(start, 34)
    form = _form_of(cells, start)
    found = form[:, 31] == size
    for place in range(4, 34):
        kind = np.where((rows[place] - np.uint8(48)) < 10, np.uint8(1), np.uint8(2))
        found &= ((form[:, place - 4] & kind) > 0) | (place >= size)
    return np.asarray(found, bool)


def _remainder(rows: Bytes, size: Index) -> Index:
    """Return the rest of each IBAN by 97, its first four characters moved to the end."""
    rest = np.zeros(rows.shape[1], np.int64)
    for step, place in enumerate((*range(4, len(rows)), 0, 1, 2, 3), 1):
        digit = rows[place] - np.uint8(48)
        letter = (rows[place] & np.uint8(223)) - np.uint8(55)
        longer = np.where(digit < 10, rest * 10 + digit, rest * 100 + letter)
        rest = np.where(place < size, longer, rest)
        if step % _STEPS == 0:
            rest %= 97
    return rest % 97


_STEPS = 8
"""A rest below 97 may grow by so many characters, each up to hundredfold, and still fit into 63 bits."""


def _in_groups(cells: Block) -> Match | None:
    """Find IBANs in groups of four, whole or in longer text."""
    start = cells.runs.start[cells.run_lengths == 4]
    fits = cells.letter[start] & cells.letter[start + 1] & cells.digit[start + 2] & cells.digit[start + 3]
    start = start[fits & (cells.data[start + 4] == 32)]
    found: tuple[list[int], ...] = ([], [], [])
    for place, one in zip(start.tolist(), cells.cells_at(start).tolist(), strict=True):
        behind = bytes(cells.data[place : min(place + _LONGEST, int(cells.ends[one]))]).decode("ascii", "replace")
        text = _as_its_country_writes(behind)
        if text and len(text) == cells.lengths[one]:
            found[0].append(one)
            found[1].extend([one] if is_valid(text) else [])
        elif text and is_valid(text):
            found[2].append(one)
    shape, valid, inside = (flags(cells, np.array(chosen, np.int64)) for chosen in found)
    return Match(shape, valid, inside, inside) if shape.any() or inside.any() else None


def _as_its_country_writes(behind: str) -> str | None:
    """Return what begins a text when it is as long as account numbers of the country are; else None."""
    one, two = (ord(letter.upper()) - 65 for letter in behind[:2])
    size = int(forms()[26 * one + two][31])
    found = re.match(rf"{_of_size(size)}(?![0-9A-Z])", behind, re.IGNORECASE) if size else None
    return found[0] if found else None


def match_bic(cells: Block) -> Match | None:
    """Find cells that have the form of a BIC with a Chinese or Hong Kong country code."""
    cell = np.flatnonzero((cells.lengths == 8) | (cells.lengths == 11))
    if not len(cell):
        return None
    rows = cells.columns(cells.starts[cell], 8)
    fits = ((rows[4] == 67) & (rows[5] == 78)) | ((rows[4] == 72) & (rows[5] == 75))
    for row in rows[:4]:
        fits &= (row - np.uint8(65)) < 26
    fits &= cells.alnum[cells.starts[cell] + 6] & cells.alnum[cells.starts[cell] + 7]
    return from_cells(cells, cell[fits])


FACES = (
    Face("IBAN", match, needs=(DIGIT, LETTERS), shortest_cell=15),
    Face("SWIFT_BIC", match_bic, needs=(UPPER | UPPER_HEX,), shortest_cell=8),
)
FORMS = (
    Form(
        "IbanRecognizer",
        "IBAN",
        tuple((f"{size} characters", ALONE.format(_of_size(size)), 0.3) for size in _SIZES),
        ("iban", "账号", "账户", "account"),
        is_valid,
    ),
    Form(
        "SwiftBicRecognizer",
        "SWIFT_BIC",
        (("China or Hong Kong", ALONE.format(r"[A-Z]{4}(?:CN|HK)[0-9A-Z]{2}(?:[0-9A-Z]{3})?"), 0.3),),
        ("swift", "bic", "银行"),
    ),
)
