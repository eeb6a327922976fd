"""The vectorised face and the Presidio face of an identifier say the same of every cell."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportgate.recognizers import pack, planted, presidio
from exportgate.recognizers.cells import Block

BARE = {entity: cells[0] for entity, cells in planted.planted().items()} | {
    "CN_RESIDENT_ID_15": "110105491231002",
    "IMEI": "490154203237518",
    "IMSI": "460001234567890",
    "ICCID": "89860012345678901237",
    "MAC_ADDRESS": "00:1b:44:11:3a:b7",
    "ICD10_CODE": "I10.x00x002",
    "CN_LANDLINE": "0592-2345678",
    "HASHED_ID": "d41d8cd98f00b204e9800998ecf8427e",
    "UUID": "123e4567-e89b-12d3-a456-426614174000",
    "CN_TRAVEL_PERMIT": "H1234567801",
    "IBAN": "GB82WEST12345698765432",
    "GENETIC_VARIANT": "c.215C>G",
    "TW_NATIONAL_ID": "A123456789",
    "HK_IDENTITY_CARD": "A123456(3)",
    "COORDINATE_PAIR": "118.08954,24.47951",
    "MO_IDENTITY_CARD": "5123456(7)",
    "HK_PHONE": "+85261234567",
    "PASSPORT_MRZ": "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "TW_PHONE": "0912-345-678",
    "MASKED_PHONE": "138****8000",
    "CN_FOREIGNER_ID": "911156199003070017",
    "MASKED_RESIDENT_ID": "350203********0016",
    "MASKED_EMAIL": "z***n@example.com",
    "MASKED_NAME": "张**",
    "WECHAT_OPEN_ID": "oLVPpjqs9BhvzwPj5A-vTYAX3GLc",
}
ALSO = [  # other forms of the same
    "00:1b:44:ff:fe:11:3a:b7",
    "001b.44ff.fe11.3ab7",
    "(0592)2345678",
    "(852) 6123 4567",
    "+886223456789",
    "049-2345678",
    "898602B12616C0123456",
    "8986 0012 3456 7890 1237",
    "U07.100x002",
    "M80000/3",
    "GB82 WEST 1234 5698 7654 32",
    "7:140753336:A:T",
    "闽20401领",
    "MB1234567",
    "3782 822463 10005",
    "3502 0319 9003 0700 16",
    "39°54′57″N 116°23′26E",
    "1HG CM8263 3A004352",
]
BEFORE = ["", "登记", "号：", "x", "1", " ", "(", "A", "，", "-", "tel:", "+86 ", ".", "姓名"]
AFTER = ["", "备注", "。", "x", "9", " ", ")", "Z", "，", "-", ".", "号"]
FACES = {face.entity: face for face in pack.faces()}
RECOGNIZERS = {  # those that read the number itself, not the label before it
    one.FORM.entity: one
    for one in presidio.recognizers()
    if isinstance(one, presidio.FormRecognizer) and "Labelled" not in one.name
}
CERTAIN = 0.1  # below, a pattern says that it is weak: three characters that could be the category of a diagnosis


def corpus() -> list[str]:
    rng = random.Random(3)
    cells = {before + value + after for value in [*BARE.values(), *ALSO] for before in BEFORE for after in AFTER}
    for value in [*BARE.values(), *ALSO]:
        cells |= {f"{value}，{value}", f"{value} {value}", value.lower(), value.upper(), value * 2}
        for _ in range(40):
            place = rng.randrange(len(value))
            cells.add(value[:place] + rng.choice("0123456789Xx -") + value[place + rng.randrange(2) :])
    return sorted(cells)


def vectorised(entity: str, cells: list[str]) -> list[bool]:
    found = FACES[entity].match(Block.of_values([cell.encode() for cell in cells]))
    if found is None:
        return [False] * len(cells)
    valid = found.valid if found.inside_valid is None else found.valid | found.inside_valid
    return list(valid.tolist())


def by_presidio(entity: str, cells: list[str]) -> list[bool]:
    recognizer = RECOGNIZERS[entity]
    check = recognizer.FORM.check
    return [
        any(
            result.score >= CERTAIN and (check is None or check(cell[result.start : result.end]) is not False)
            for result in recognizer.analyze(cell, [entity])
        )
        for cell in cells
    ]


CORPUS = corpus()


@pytest.mark.parametrize("entity", BARE)
def test_faces_agree_on_hostile_neighbours(entity: str) -> None:
    one, other = vectorised(entity, CORPUS), by_presidio(entity, CORPUS)
    assert [cell for cell, a, b in zip(CORPUS, one, other, strict=True) if a != b] == []
    assert 10 < sum(one) < len(CORPUS)


@pytest.mark.parametrize("entity", BARE)
def test_order_and_company_of_cells_make_no_difference(entity: str) -> None:
    cells = CORPUS.copy()
    random.Random(8).shuffle(cells)
    one = dict(zip(cells, vectorised(entity, cells), strict=True))
    alone = {cell: vectorised(entity, [cell])[0] for cell in CORPUS[::17]}
    assert alone == {cell: one[cell] for cell in alone}


ALPHABET = st.text("0123456789Xx ABEa-+.@:京闽号，中Ｘ１é", max_size=24)


@settings(max_examples=150, deadline=None)
@given(st.lists(ALPHABET, min_size=1, max_size=12))
def test_no_face_ever_raises_and_all_stay_in_their_cells(cells: list[str]) -> None:
    block = [cell.encode() for cell in cells]
    for face in pack.faces():
        whole = Block.of_values(block)
        found = face.match(whole) if face.may_match(whole) else None
        if found is not None:
            assert len(found.shape) == len(cells)
            assert not (found.valid & ~found.shape).any()
            assert not found.shape[np.flatnonzero(whole.lengths == 0)].any()
