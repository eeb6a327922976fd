"""Number plate of a motor vehicle (车牌号).

A character for the province, a letter for the issuing office, then five letters or digits without I and O (six for
new-energy vehicles, of which the first or the last is a letter). Police, trailer, learner, embassy, border and fire
brigade plates end in characters of their own; a dot may stand after the second place. Plates of the armed police begin
with WJ, of airports with 民航, of embassies with 使, which may also end them; of consulates five digits stand between
province and 领; the older ones of the army begin with its branch or region. The army's present plates (two letters,
five digits) are too plain to tell without a header.

* GA 36-2018; the forms of armed forces, airports and embassies from general knowledge

>>> validate("闽A·D12345")
'闽AD12345'
>>> validate("京a1234警"), validate("WJ闽1234X"), validate("使014·578")
('京A1234警', 'WJ闽1234X', '使014578')
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, HIGH, Block, Bools, Index
from .cells_face import Face, Match, flags
from .errors import InvalidFormat
from .presidio_form import Form, passes

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
ENDINGS = "警学挂港澳领试超"
FORCES = "军海空北沈兰济南广成"  # branches and regions of the army on its older plates
_BODY = (
    r"(?:[0-9A-HJ-NP-Z]{5}|[A-HJ-NP-Z][0-9A-HJ-NP-Z][0-9]{4}|[0-9]{5}[A-HJ-NP-Z]"
    r"|[0-9A-HJ-NP-Z]{4}(?:[警学挂港澳领试超]|应急))"
)
_POLICE = rf"WJ[{PROVINCES}][0-9]{{4}}[0-9A-HJ-NP-Z]"
_AIRPORT = "民航[A-Z][0-9]{4}"
_CONSULATE = rf"[{PROVINCES}][0-9]{{5}}领"
_WORD_GOES_ON = "取导用先域走回款料养"  # 领取, 领导: no consulate
_ARMY = rf"[{FORCES}][A-HJ-Z][0-9]{{5}}"
_PATTERN = rf"(?:[{PROVINCES}][A-HJ-Z]{_BODY}|使[0-9]{{6}}|[0-9]{{6}}使|{_CONSULATE}|{_POLICE}|{_AIRPORT}|{_ARMY})"
_LETTER = np.zeros(256, bool)
_LETTER[list(b"ABCDEFGHJKLMNOPQRSTUVWXYZabcdefghjklmnopqrstuvwxyz")] = True
_ANY_LETTER = _LETTER.copy()
_ANY_LETTER[list(b"Ii")] = True
_INNER = np.zeros(256, bool)
_INNER[list(b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjklmnpqrstuvwxyz")] = True


def _points(characters: str) -> Bools:
    table = np.zeros(1 << 16, bool)
    table[[ord(character) for character in characters]] = True
    return table


PROVINCE, _ENDING, _FORCE, _BEFORE = _points(PROVINCES), _points(ENDINGS), _points(FORCES), _points(FORCES + "使航")
_GOES_ON = _points(_WORD_GOES_ON)


def compact(value: str) -> str:
    """Strip separators and raise to upper case."""
    return re.sub(r"[\s\-·•.]", "", unicodedata.normalize("NFKC", value)).upper()


def validate(value: str) -> str:
    """Return the compact plate, or raise a `ValidationError`."""
    value = compact(value)
    if not re.fullmatch(_PATTERN, value):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the plate."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find plates in a block of cells."""
    runs, size = cells.runs, cells.run_lengths
    near = np.flatnonzero((size >= 5) & (size <= 7) & _LETTER[cells.data[runs.start]])
    start, end = runs.start[near], runs.end[near]
    first = start - 3
    dotted = np.flatnonzero(size == 1)
    dotted = dotted[_LETTER[cells.data[runs.start[dotted]]] & _dot_after(cells, runs.end[dotted])]
    dotted = dotted[dotted + 1 < len(size)]
    width = np.where(cells.data[runs.end[dotted]] == 0xC2, 2, 1)
    follows = (runs.start[dotted + 1] == runs.end[dotted] + width) & (size[dotted + 1] >= 4) & (size[dotted + 1] <= 6)
    dotted = dotted[follows]
    first = np.concatenate((first, runs.start[dotted] - 3))
    body = np.concatenate((start + 1, runs.start[dotted + 1]))
    end = np.concatenate((end, runs.end[dotted + 1]))
    ordinary, special = _judged(cells, first, body, end), _special(cells)
    return _matched(cells, np.concatenate((ordinary[0], special[0])), np.concatenate((ordinary[1], special[1])))


def _dot_after(cells: Block, end: Index) -> Bools:
    data = cells.data
    found: Bools = ((data[end] == 0xC2) & (data[end + 1] == 0xB7)) | np.isin(data[end], list(b" .-"))
    return found


def _judged(cells: Block, first: Index, body: Index, end: Index) -> tuple[Index, Index]:
    """Return where the ordinary plates among the candidates begin and end."""
    right = PROVINCE[cells.points(first)]
    first, body, end = first[right], body[right], end[right]
    if not len(first):
        return first, end
    size = end - body
    fire, ending = np.zeros(len(first), bool), np.zeros(len(first), bool)
    if len(four := np.flatnonzero(size == 4)):
        mark = cells.points(end[four])
        fire[four] = (mark == ord("应")) & (cells.points(end[four] + 3) == ord("急"))
        ending[four] = (_ENDING[mark] | fire[four]) & (end[four] < cells.ends[cells.cells_at(first[four])])
    rows = cells.columns(body, 6)
    fits = np.ones(len(first), bool)
    for place, row in enumerate(rows):
        fits &= np.take(_INNER, row, mode="clip") | (place >= size)
    number = [(row - np.uint8(48)) < 10 for row in rows]
    small = ~number[0] & number[2] & number[3] & number[4] & number[5]
    large = number[0] & number[1] & number[2] & number[3] & number[4] & ~number[5]
    energy = (size == 6) & (small | large)
    fits &= (size == 5) | energy | ((size == 4) & ending)
    digits = np.zeros(len(first), bool)
    for place, row in enumerate(number):
        digits |= row & (place < size)
    fits &= digits
    return first[fits], end[fits] + np.where((size == 4) & ending, np.where(fire, 6, 3), 0)[fits]


def _beside(cells: Block, start: Index, end: Index, size: Index) -> Bools:
    """Say beside which runs a character stands that such a plate cannot do without."""
    before, five = cells.points(start - 3), size == 5
    found: Bools = _BEFORE[before]
    if b"WJ" in cells.raw or "领".encode() in cells.raw:  # of the armed police, of consulates
        found |= PROVINCE[before] & five
    if "使".encode() in cells.raw:
        six = np.flatnonzero(~found & ~five)
        found[six] = cells.points(end[six]) == ord("使")
    return found


def _special(cells: Block) -> tuple[Index, Index]:
    """Find plates of embassies, the armed police, airports and the older ones of the army: first and end."""
    size = cells.run_lengths
    near = np.flatnonzero((size == 5) | (size == 6))
    near = near[_beside(cells, cells.runs.start[near], cells.runs.end[near], size[near])]
    start, end, size = cells.runs.start[near], cells.runs.end[near], size[near]
    rows = cells.columns(start, 6)
    digits = [(row - np.uint8(48)) < 10 for row in rows]
    four = digits[1] & digits[2] & digits[3]
    six = (size == 6) & four & digits[4] & digits[5]
    embassy = np.flatnonzero(six & digits[0])
    army = np.flatnonzero(six & np.take(_LETTER, rows[0], mode="clip"))
    police = np.flatnonzero((size == 5) & digits[0] & four & np.take(_INNER, rows[4], mode="clip"))
    airport = np.flatnonzero((size == 5) & np.take(_ANY_LETTER, rows[0], mode="clip") & four & digits[4])
    consulate = np.flatnonzero((size == 5) & digits[0] & four & digits[4])
    consulate = consulate[cells.points(end[consulate]) == ord("领")]
    consulate = consulate[PROVINCE[cells.points(start[consulate] - 3)]]
    last = end[consulate] + 3 == cells.ends[cells.cells_at(start[consulate])]
    consulate = consulate[last | ~_GOES_ON[cells.points(end[consulate] + 3)]]
    behind = embassy[cells.points(end[embassy]) == ord("使")]
    embassy = embassy[cells.points(start[embassy] - 3) == ord("使")]
    army = army[_FORCE[cells.points(start[army] - 3)]]
    police = police[PROVINCE[cells.points(start[police] - 3)]]
    police = police[(cells.data[start[police] - 5] == 87) & (cells.data[start[police] - 4] == 74)]
    airport = airport[cells.points(start[airport] - 3) == ord("航")]
    airport = airport[cells.points(start[airport] - 6) == ord("民")]
    chosen = ((embassy, 3, 0), (behind, 0, 3), (consulate, 3, 3), (police, 5, 0), (airport, 6, 0), (army, 3, 0))
    return (
        np.concatenate([start[found] - before for found, before, _ in chosen]),
        np.concatenate([end[found] + after for found, _, after in chosen]),
    )


def _matched(cells: Block, first: Index, end: Index) -> Match | None:
    cell = cells.cells_at(end - 1)
    kept = first >= cells.starts[cell]
    first, end, cell = first[kept], end[kept], cell[kept]
    whole = (first == cells.starts[cell]) & (end == cells.ends[cell])
    shape, inside = flags(cells, cell[whole]), flags(cells, cell[~whole])
    return Match(shape, shape, inside, inside) if len(cell) else None


FACES = (
    Face(
        "CN_LICENCE_PLATE",
        match,
        tokens=frozenset({1, 5, 6, 7}),
        needs=(HIGH, DIGIT),
        shortest_cell=8,
        early=True,
        settles=True,
    ),
)
FORMS = (
    Form(
        "CnLicencePlateRecognizer",
        "CN_LICENCE_PLATE",
        (
            ("plate", rf"[{PROVINCES}][A-HJ-Z][ ·.-]?{_BODY}(?![0-9A-Za-z])", 0.8),
            ("embassy", r"(?:使[0-9]{6}(?![0-9A-Za-z])|(?<![0-9A-Za-z])[0-9]{6}使)", 0.5),
            ("consulate", rf"{_CONSULATE}(?![{_WORD_GOES_ON}])", 0.7),
            ("armed police", rf"(?<![0-9A-Za-z]){_POLICE}(?![0-9A-Za-z])", 0.7),
            ("airport", _AIRPORT + "(?![0-9A-Za-z])", 0.5),
            ("army", _ARMY + "(?![0-9A-Za-z])", 0.4),
        ),
        ("车牌", "号牌", "車牌", "plate", "cph"),
        is_valid,
    ),
)
