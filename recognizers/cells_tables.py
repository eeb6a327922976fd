"""The tables that the kernel's recognizers look into: the recognizers' own, handed over as they are."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

import numpy as np

from . import bank_account, bank_card, cells_text, licence_plate, mobile, person_name, postal_address, vin

_LAST = np.array([np.iinfo(np.int64).max])


class Tables(ctypes.Structure):
    """`tables` of `kernel/judge.h`."""

    _fields_ = (
        ("mobile", ctypes.c_void_p),
        ("card", ctypes.c_void_p),
        ("vin", ctypes.c_void_p),
        ("iban", ctypes.c_void_p),
        ("surname", ctypes.c_void_p),
        ("given", ctypes.c_void_p),
        ("compound_first", ctypes.c_void_p),
        ("compound", ctypes.c_void_p),
        ("compounds", ctypes.c_int64),
        ("word_prefix", ctypes.c_void_p),
        ("word", ctypes.c_void_p),
        ("words", ctypes.c_int64),
        ("address", ctypes.c_void_p),
        ("chinese_number", ctypes.c_void_p),
        ("province", ctypes.c_void_p),
        ("door", ctypes.c_void_p),
    )


@cache
def tables() -> tuple[Tables, list[Any]]:
    """Return the tables, and the arrays they point into: they must live as long."""
    surname, given, compound, words, compound_first, word_prefix = person_name.tables()
    arrays = {
        "mobile": mobile.IN_USE,
        "card": bank_card.ISSUED,
        "vin": vin.VALUES,
        "iban": bank_account.forms(),
        "surname": surname,
        "given": given,
        "compound_first": compound_first,
        "compound": np.concatenate((compound, _LAST)),
        "word_prefix": word_prefix,
        "word": np.concatenate((words, _LAST)),
        "address": postal_address.marks()[0],
        "chinese_number": postal_address.CHINESE_NUMBER,
        "province": licence_plate.PROVINCE,
        "door": cells_text.DOOR,
    }
    kept = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    found = Tables(**{name: array.ctypes.data for name, array in kept.items()})
    found.compounds, found.words = len(compound), len(words)
    return found, list(kept.values())
