"""Diagnosis code of the International Classification of Diseases, tenth revision (ICD-10, 疾病编码).

A letter (U for what is new and provisional: U07.1), two digits, a point, then up to four characters; the Chinese
clinical edition adds ``x`` and up to five digits. Tumour morphology is written ``M80000/3``.

* ICD-10 (WHO); GB/T 14396-2016; Classification and codes of diseases, national clinical edition 2.0

>>> validate("i10.x00x002")
'I10.x00x002'
>>> validate("E11.900")
'E11.900'
>>> is_valid("A4.5")
False
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, LETTERS, NUMERIC_MARK, OTHER, Block, Bools, Bytes, Index
from .cells_face import Face, Match, flags, from_cells, join
from .errors import InvalidFormat
from .presidio_form import Form

_FORM = re.compile(
    r"[A-Z][0-9][0-9A-Z](?:\.[0-9X][0-9A-Z]{0,3}(?:X[0-9]{1,5})?(?:\+[A-Z][0-9]{2}\.?[0-9]?\*)?)?[*+†]?|M[0-9]{4,5}/[0-9]{1,2}"
)


def compact(value: str) -> str:
    """Trim; upper case but for the x of the Chinese extension."""
    value = unicodedata.normalize("NFKC", value).strip().upper()
    return value[:3] + value[3:].replace("X", "x")


def validate(value: str) -> str:
    """Return the code, or raise a `ValidationError`."""
    value = compact(value)
    if not _FORM.fullmatch(value.upper()):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the code."""
    return bool(_FORM.fullmatch(compact(value).upper()))


def match(cells: Block) -> Match | None:
    """Find diagnosis codes; without a point (three characters, whole cells only) the shape is there but not certain."""
    return join(cells, (_whole(cells), *(() if cells.tokens_are_cells else (_inside(cells), _morphology(cells)))))


def _inside(cells: Block) -> Match | None:
    """Find codes with a point in longer text."""
    runs, size, data = cells.runs, cells.run_lengths, cells.data
    first = np.flatnonzero((size[:-1] == 3) & (size[1:] <= 10) & (data[runs.end[:-1]] == 46))
    first = first[runs.start[first + 1] == runs.end[first] + 1]
    rows = cells.columns(runs.start[first], 14)
    fits = (((rows[0] | 32) - np.uint8(97)) < 26) & ((rows[1] - np.uint8(48)) < 10)
    first, rows = first[fits], rows[:, fits]
    if not len(first):
        return None
    tail = size[first + 1]
    good = _tail_fits(rows, tail + 4)
    first = first[good]
    start, end = runs.start[first], runs.end[first + 1]
    cell = cells.cells_at(start)
    inside = (end <= cells.ends[cell]) & ((start > cells.starts[cell]) | (end < cells.ends[cell]))
    inside &= (data[start - 1] != 46) | (start == cells.starts[cell])
    found = flags(cells, cell[inside])
    return Match(flags(cells), flags(cells), found, found)


def _morphology(cells: Block) -> Match | None:
    """Find morphologies of tumours: M, four or five digits, a stroke and one digit or two."""
    runs, size, data = cells.runs, cells.run_lengths, cells.data
    first = np.flatnonzero(((size[:-1] == 5) | (size[:-1] == 6)) & (size[1:] <= 2) & (data[runs.end[:-1]] == 47))
    first = first[((data[runs.start[first]] | 32) == 109) & (runs.start[first + 1] == runs.end[first] + 1)]
    rows, behind = cells.columns(runs.start[first] + 1, 5), cells.columns(runs.start[first + 1], 2)
    fits = _digit(behind[0]) & (_digit(behind[1]) | (size[first + 1] == 1))
    for place, row in enumerate(rows):
        fits &= _digit(row) | (place + 1 >= size[first])
    start, end = runs.start[first[fits]], runs.end[first[fits] + 1]
    cell = cells.cells_at(start)
    kept = (end <= cells.ends[cell]) & ~((data[start - 1] == 46) & (start > cells.starts[cell]))
    start, end, cell = start[kept], end[kept], cell[kept]
    whole = (start == cells.starts[cell]) & (end == cells.ends[cell])
    return Match(*[flags(cells, cell[whole])] * 2, *[flags(cells, cell[~whole])] * 2) if len(cell) else None


def _tail_fits(rows: Bytes, size: Index) -> Bools:
    """Say which codes go on after the point as a code does."""
    first_digit = _digit(rows[4]) | ((rows[4] | 32) == 120)
    plain = size <= 8
    for place in range(4, 8):
        plain &= _alnum(rows[place]) | (place >= size)
    found: Bools = first_digit & (plain | _extended(rows, size))
    return found


_CATEGORY = 3  # characters of a code without a point


def _whole(cells: Block) -> Match | None:
    lengths = cells.lengths
    if cells.min_length > _CATEGORY and not cells.union & NUMERIC_MARK:
        return None
    cell = np.flatnonzero((lengths >= 3) & (lengths <= 14) & ((cells.mask & OTHER) == 0))
    size = lengths[cell]
    some = np.flatnonzero((size == 3) | (cells.data[cells.starts[cell] + 3] == 46))
    if not len(some):
        return None
    cell, size = cell[some], size[some]
    rows = cells.columns(cells.starts[cell], 14)
    fits = (((rows[0] | 32) - np.uint8(97)) < 26) & ((rows[1] - np.uint8(48)) < 10) & _alnum(rows[2])
    if not fits.any():
        return None
    some = np.flatnonzero(fits)
    cell, rows, size = cell[some], rows[:, some], size[some]
    pointed = (rows[3] == 46) & (size > 4)
    dotted = pointed & _tail_fits(rows, size)
    return from_cells(cells, cell[dotted | (size == 3)], cell[dotted])


def _alnum(row: Bytes) -> Bools:
    found: Bools = ((row - np.uint8(48)) < 10) | (((row | 32) - np.uint8(97)) < 26)
    return found


def _digit(row: Bytes) -> Bools:
    found: Bools = (row - np.uint8(48)) < 10
    return found


def _extended(rows: Bytes, size: Index) -> Bools:
    """Say which codes carry the extension of the Chinese edition: an x after at most four characters, then digits."""
    found = np.zeros(rows.shape[1], bool)
    for mark in range(5, 9):
        here = ((rows[mark] | 32) == 120) & (size > mark + 1) & (size <= mark + 6)
        for place in range(4, 14):
            if place < mark:
                here &= _alnum(rows[place])
            elif place > mark:
                here &= _digit(rows[place]) | (place >= size)
        found |= here
    return found


FACES = (Face("ICD10_CODE", match, needs=(DIGIT, LETTERS), shortest_cell=3),)
FORMS = (
    Form(
        "Icd10CodeRecognizer",
        "ICD10_CODE",
        (
            (
                "with subdivision",
                r"(?<![0-9A-Za-z.])[A-Z][0-9][0-9A-Z]\.[0-9xX][0-9A-Z]{0,3}(?:x[0-9]{1,5})?(?![0-9A-Za-z])",
                0.4,
            ),
            ("morphology", r"(?<![0-9A-Za-z.])M[0-9]{4,5}/[0-9]{1,2}(?![0-9A-Za-z])", 0.4),
            ("category", r"(?<![0-9A-Za-z.])[A-Z][0-9]{2}(?![0-9A-Za-z.])", 0.05),
        ),
        ("icd", "诊断", "疾病编码", "疾病代码", "diagnosis"),
    ),
)
