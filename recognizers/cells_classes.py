"""What bytes are: the class of each as one bit, and the types of the arrays that hold them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Index = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]

PAD = 64  # zero bytes before and after the cells: neighbours can be read without asking for the edge

# What bytes a cell holds, as bits. Hexadecimal letters have their own bit, so hex text is told by the mask alone.
DIGIT, UPPER_HEX, UPPER, LOWER_HEX, LOWER, HIGH, NUMERIC_MARK, OTHER = (1 << bit for bit in range(8))
LETTERS = UPPER_HEX | UPPER | LOWER_HEX | LOWER
ALNUM = DIGIT | LETTERS

CLASS_OF_BYTE = np.full(256, OTHER, np.uint8)
CLASS_OF_BYTE[128:] = HIGH
CLASS_OF_BYTE[48:58] = DIGIT
CLASS_OF_BYTE[65:71], CLASS_OF_BYTE[71:91] = UPPER_HEX, UPPER
CLASS_OF_BYTE[97:103], CLASS_OF_BYTE[103:123] = LOWER_HEX, LOWER
CLASS_OF_BYTE[[43, 44, 45, 46, 47, 58]] = NUMERIC_MARK
COARSE_CLASS = np.where(CLASS_OF_BYTE & LETTERS, LOWER, CLASS_OF_BYTE).astype(np.uint8)
COARSE_CLASS[CLASS_OF_BYTE == NUMERIC_MARK] = OTHER
_CLASS_TABLE = CLASS_OF_BYTE.tobytes()


def classes_of(data: Bytes) -> Bytes:
    """Return the class bit of each byte of an array of any shape."""
    return np.frombuffer(data.tobytes().translate(_CLASS_TABLE), np.uint8).reshape(data.shape)
