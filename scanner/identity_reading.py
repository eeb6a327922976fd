"""Read a column's identifiers: which cells identify somebody, their keyed hashes, and the births inside resident IDs.

Most cells of a clean column are in their one form already. They are found block by block (`identity_settled`) and
hashed where they lie in Arrow's memory; only the others are brought into form by `identity_values`. Both ways give the
same hashes, which `tests/ledger/test_identity.py` holds them to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ..recognizers import cells_arrow
from ..recognizers.cells_block import Block, Bools
from ..recognizers.cells_compiled import block_type
from . import identity_values
from .identity_hash import Digests, Hasher
from .identity_settled import may_say_nothing, settled

Days = npt.NDArray[np.int32]

NO_DAY = np.int32(-(2**31))
"""Stands in an array of days since 1970 where there is no date."""
_UUID = (8, 13, 18, 23)


@dataclass(frozen=True)
class Identified:
    """The identifiers of a column: the rows that hold one, and their hashes in row order.

    `births` are the days inside resident IDs, one per row of the column (None for every other kind).
    """

    valid: Bools
    keys: Digests
    births: Days | None = None


def identify(kind: str, column: Any, hasher: Hasher) -> Identified:
    """Read the identifiers of one kind in a column."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    texts = _texts(array)
    filled = texts.drop_null() if texts.null_count else texts
    births = np.full(len(filled), NO_DAY) if kind == "cn_resident_id" else None
    valid, keys, low = np.zeros(len(filled), bool), [], 0
    for block in cells_arrow.text_blocks(filled, kind=block_type()):
        part = slice(low, low + len(block))
        found, hashes, days = _of_block(kind, block, filled[part], hasher)
        valid[part] = found
        keys.append(hashes)
        if births is not None and days is not None:
            births[part] = days
        low += len(block)
    present = np.ones(len(texts), bool) if texts.null_count == 0 else cells_arrow.truth(texts.is_valid())
    return Identified(
        _spread(valid, present, False),
        np.concatenate(keys) if keys else np.zeros((0, 2), np.uint64),
        None if births is None else _spread(births, present, NO_DAY),
    )


def of_texts(texts: Any, hasher: Hasher) -> Identified:
    """Hash identifiers that are in their one form, null where there is none."""
    blocks = [hasher.cells(block) for block in cells_arrow.text_blocks(texts.drop_null(), kind=block_type())]
    return Identified(
        cells_arrow.truth(texts.is_valid()), np.concatenate(blocks) if blocks else np.zeros((0, 2), np.uint64)
    )


def _texts(array: Any) -> Any:
    """Return a column as text cells that a block can be made of."""
    kind = array.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return array
    return identity_values.as_text(identity_values.without_rounded(cells_arrow.plain(array)))


def _of_block(kind: str, block: Block, texts: Any, hasher: Hasher) -> tuple[Bools, Digests, Days | None]:
    if kind == "device_id":
        block = _without_hyphens(block)
    ready = settled(kind, block)
    births = _births(block, ready) if kind == "cn_resident_id" else None
    if ready.all():
        return ready, hasher.cells(block), births
    others = np.flatnonzero(~ready)
    mended = identity_values.normalise(kind, texts.take(cells_arrow.from_numpy(others)))
    valid = ready.copy()
    valid[others] = cells_arrow.truth(mended.is_valid())
    keys = np.empty((len(block), 2), np.uint64)
    if len(others) < len(block):
        keys[ready] = hasher.cells(block.take(np.flatnonzero(ready)))
    keys[others[valid[others]]] = of_texts(mended, hasher).keys
    if births is not None:
        births[others] = days_of(identity_values.resident_births(mended))
    return valid, keys[valid], births


def _without_hyphens(block: Block) -> Block:
    """Return UUIDs as their 32 capital digits; any other block as it is."""
    if block.uniform != 36:
        return block
    matrix = block.data[block.starts[0] : block.ends[-1]].reshape(-1, 36)
    if not (matrix[:, _UUID] == 45).all():
        return block
    kept = np.delete(matrix, _UUID, axis=1)
    kept = np.where((kept - np.uint8(97)) < 26, kept - np.uint8(32), kept)
    return type(block).of(np.ascontiguousarray(kept).reshape(-1), np.arange(len(kept) + 1, dtype=np.int64) * 32)


def _spread(values: Any, present: Bools, missing: Any) -> Any:
    if len(values) == len(present):
        return values
    found = np.full(len(present), missing, values.dtype)
    found[present] = values
    return found


# -- days ------------------------------------------------------------------------------------------------------------


@cache
def _calendar() -> Days:
    """Return the day since 1970 of every yyyymmdd from 1900 to 2100, at place yyyymmdd - 19000000."""
    days = np.arange("1900-01-01", "2100-01-01", dtype="datetime64[D]")
    months = days.astype("datetime64[M]")
    month = months.astype(np.int64) % 12 + 1
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    places = ((year - 1900) * 100 + month) * 100 + (days - months).astype(np.int64) + 1
    found = np.full(2_010_000, NO_DAY)
    found[places] = days.astype(np.int32)
    return found


def _births(block: Block, chosen: Bools) -> Days:
    """Return the births inside the chosen cells, resident IDs of 18 characters."""
    cells = np.flatnonzero(chosen)
    found = np.full(len(block), NO_DAY)
    found[cells] = _days_at(block, block.starts[cells] + 6, (0, 1, 2, 3, 4, 5, 6, 7))
    return found


def _days_at(block: Block, start: Any, places: tuple[int, ...]) -> Days:
    number: Days = np.zeros(len(start), np.int32)
    for place in places:
        number *= np.int32(10)
        number += block.data[start + place] - np.uint8(48)
    number -= np.int32(19_000_000)
    inside = (number >= 0) & (number < 2_000_000)
    found: Days = np.where(inside, _calendar()[np.where(inside, number, 0)], NO_DAY)
    return found


def birth_days(column: Any) -> Days:
    """Return a column's dates as days since 1970, `NO_DAY` where a cell holds none."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        return days_of(identity_values.birth_days(cells_arrow.plain(array)))
    filled = array.drop_null()
    found, low = np.full(len(filled), NO_DAY), 0
    for block in cells_arrow.text_blocks(filled, kind=block_type()):
        days = found[low : low + len(block)]
        plain = (block.lengths == 10) & (block.data[block.starts + 4] == 45) & (block.data[block.starts + 7] == 45)
        for place in (0, 1, 2, 3, 5, 6, 8, 9):
            plain &= block.digit[block.starts + place]
        cells, others = np.flatnonzero(plain), np.flatnonzero(~plain)
        days[cells] = _days_at(block, block.starts[cells], (0, 1, 2, 3, 5, 6, 8, 9))
        if len(others):
            slow = filled[low : low + len(block)].take(cells_arrow.from_numpy(others))
            days[others] = days_of(identity_values.birth_days(slow))
        low += len(block)
    spread: Days = _spread(found, cells_arrow.truth(array.is_valid()), NO_DAY)
    return spread


def days_of(dates: Any) -> Days:
    """Return Arrow dates as days since 1970, `NO_DAY` for null."""
    return np.array(cells_arrow.to_numpy(dates.cast(pa.int32()).fill_null(int(NO_DAY))), np.int32)


# -- items -----------------------------------------------------------------------------------------------------------


def has_item(column: Any) -> Bools:
    """Tell which cells hold something: not null, not NaN, not an empty list, not a placeholder."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _in_dictionary(array)
    if kind == pa.string_view():
        array, kind = array.cast(pa.large_string()), pa.large_string()
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _texts_say(array)
    if pa.types.is_floating(kind):
        return _flags(pc.fill_null(pc.invert(pc.is_nan(array)), False))
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _flags(pc.fill_null(pc.greater(pc.list_value_length(array), 0), False))
    return _flags(pc.is_valid(array))


def _flags(array: Any) -> Bools:
    return np.asarray(cells_arrow.truth(array), bool)


def _in_dictionary(array: Any) -> Bools:
    """Judge each value once, and each cell by its value."""
    if len(array.dictionary) > len(array):
        return has_item(array.dictionary_decode())
    says = np.append(has_item(array.dictionary), False)
    if says[:-1].all():
        return _flags(array.is_valid())
    places = cells_arrow.to_numpy(array.indices.cast(pa.int32()).fill_null(len(array.dictionary)))
    return np.asarray(says[places], bool)


def _texts_say(array: Any) -> Bools:
    says: Bools = (
        np.asarray(cells_arrow.truth(array.is_valid()), bool) if array.null_count else np.ones(len(array), bool)
    )
    low = 0
    for block in cells_arrow.text_blocks(array, kind=block_type()):
        part = says[low : low + len(block)]
        doubtful = np.flatnonzero(may_say_nothing(block) & part)
        if len(doubtful):
            cells = array.take(cells_arrow.from_numpy(doubtful + low))
            part[doubtful] = ~cells_arrow.truth(
                identity_values.is_placeholder(identity_values.plain(identity_values.as_text(cells)))
            )
        low += len(block)
    return says
