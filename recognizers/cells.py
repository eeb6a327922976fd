"""Read a column, every cell of it, and say what was seen.

A `ColumnReader` takes Arrow arrays of any type and gives `ColumnEvidence`. Use one reader per column and part (a row
group, a file, a thread) and `merge` the evidence: the result does not depend on the division.

>>> import pyarrow as pa
>>> reader = ColumnReader()
>>> reader.update(pa.array(["13800138001", None, "电话：13900139002。"]))
>>> evidence = reader.finish()
>>> evidence.rows, evidence.nulls, evidence.hit("CN_MOBILE")
(3, 1, Hit(matched=1, valid=1, embedded=1, embedded_valid=1))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from . import cells_arrow, cells_clean, cells_numbers, cells_text, medical_terms, vocabulary
from .cells_arrow import block_of
from .cells_block import Block
from .cells_compiled import block_type
from .cells_dictionary import Dictionaries, Weighed
from .cells_distinct import Distinct
from .cells_evidence import LONG_CELL, ColumnEvidence, Hit, Numbers, _top, add_numbers, merge
from .cells_face import Face, Match, ask
from .cells_joined import joined_blocks
from .cells_measure import class_of, counted, inside, measured
from .cells_numbers import NumberCells
from .cells_repeats import Repeats
from .pack import faces

__all__ = ["Block", "ColumnEvidence", "ColumnReader", "Hit", "Match", "Numbers", "block_of", "merge", "read"]

_ENOUGH_CELLS = 20_000
_LONGEST_NEED = max((face.shortest_cell for face in faces()), default=0)


def read(array: Any) -> ColumnEvidence:
    """Read one array and return its evidence."""
    reader = ColumnReader()
    reader.update(array)
    return reader.finish()


class ColumnReader:
    """Reads one column (or one part of it). Not shared between threads: one reader per part, then `merge`.

    `kinds` restricts the recognizers to some entities (all by default). `name_is_long` is for callers that know the
    column as prose: its cells then skip the path for columns with few values.
    """

    def __init__(self, name_is_long: bool = False, kinds: Collection[str] | None = None) -> None:
        self._faces = tuple(face for face in faces() if kinds is None or face.entity in kinds)
        self._asked: dict[tuple[int, int, int], tuple[list[Face], list[Face]]] = {}
        self._block = block_type()
        self._rows = self._nulls = self._placeholders = self._characters = 0
        self._type = "null"
        self._masks = np.zeros(256, np.int64)
        self._lengths = np.zeros(LONG_CELL + 2, np.int64)
        self._classes: Counter[str] = Counter()
        self._numbers: Numbers | None = None
        self._years: Counter[int] = Counter()
        self._hits: dict[str, Hit] = {}
        self._details: Counter[str] = Counter()
        self._distinct = Distinct()
        self._expected: str | None = None  # what all cells of the next block may be, as those of the last were
        self._dictionaries = Dictionaries()
        self._repeats = Repeats(active=not name_is_long)
        self._wants_terms = kinds is None or not {*medical_terms.ENTITIES}.isdisjoint(kinds)

    @property
    def recognizers(self) -> tuple[Face, ...]:
        """The recognizers that are asked."""
        return self._faces

    def update(self, array: Any) -> None:
        """Read the cells of an array, or of a chunked array or several arrays, one behind the other."""
        if isinstance(array, (pa.ChunkedArray, list)):
            self._update_all(array.chunks if isinstance(array, pa.ChunkedArray) else array)
            return
        array = cells_arrow.plain(array)
        self._rows += len(array)
        self._name_type(array.type)
        if pa.types.is_dictionary(array.type):
            self._read_dictionary(array)
            return
        self._nulls += array.null_count
        self._read(cells_arrow.without_nulls(array))

    def _update_all(self, arrays: Sequence[Any]) -> None:
        """Read several arrays; small ones of text are judged together, for every block has its price."""
        arrays = [cells_arrow.plain(array) for array in arrays]
        kind = arrays[0].type if arrays else pa.null()
        if len(arrays) < 2 or not cells_arrow.is_text(kind) or any(array.type != kind for array in arrays):
            for array in arrays:
                self.update(array)
            return
        self._rows += sum(map(len, arrays))
        self._nulls += sum(array.null_count for array in arrays)
        self._name_type(kind)
        self._read_blocks(joined_blocks(arrays, self._block))

    def finish(self) -> ColumnEvidence:
        """Return what was seen."""
        self._judge_weighed(self._dictionaries.taken())
        values, self._repeats = self._repeats.block(), Repeats(active=False)
        if values is not None:
            self._judge(values)
        written = self._rows - self._nulls
        found = np.flatnonzero(self._lengths).tolist()
        return ColumnEvidence(
            rows=self._rows,
            nulls=self._nulls,
            placeholders=self._placeholders,
            distinct=self._distinct.count,
            distinct_estimated=self._distinct.estimated,
            type=self._type,
            lengths=_top(Counter({length: int(self._lengths[length]) for length in found})),
            classes=self._all_classes(),
            numbers=self._numbers,
            years=dict(sorted(self._years.items())),
            hits=dict(sorted(self._hits.items())),
            details=dict(+self._details),
            sample=self._distinct.sample,
            avg_length=self._characters / written if written else 0.0,
            sketch=self._distinct,
        )

    # -- by type -----------------------------------------------------------------------------------------------------

    def _name_type(self, kind: Any) -> None:
        name = str(kind.value_type if pa.types.is_dictionary(kind) else kind)
        if self._type in ("null", name):
            self._type = name
        elif name != "null":
            self._type = "mixed"

    def _read_dictionary(self, array: Any) -> None:
        few = len(array.dictionary) <= len(array) or self._dictionaries.is_of(array)
        if few and cells_arrow.is_text(array.type.value_type):
            self._judge_weighed(self._dictionaries.count(array))
            return
        plain = cells_arrow.plain(array.dictionary_decode())
        self._nulls += plain.null_count
        self._read(plain.drop_null())

    def _judge_weighed(self, read: Weighed | None) -> None:
        if read is not None:
            self._nulls += read.nulls
            self._read_blocks(cells_arrow.text_blocks(read.values, read.weight, self._block))

    def _read(self, array: Any) -> None:
        kind, types = array.type, pa.types
        if not len(array) or types.is_null(kind):
            return
        if cells_arrow.is_text(kind):
            self._read_blocks(cells_arrow.text_blocks(array, kind=self._block))
        elif types.is_integer(kind):
            self._read_numbers(array, cells_numbers.whole)
        elif types.is_floating(kind):
            self._read_numbers(array, cells_numbers.real)
        elif types.is_decimal(kind):
            self._read_numbers(array, cells_numbers.decimal)
        elif types.is_boolean(kind):
            self._classes["boolean"] += len(array)
            self._count_distinct(array.cast(pa.uint8()).cast(pa.uint64()), lambda cell: str(array[cell]).encode())
        elif types.is_temporal(kind):
            self._read_moments(array)
        else:
            nested = cells_arrow.flattened(array)
            self._classes["nested"] += len(array)
            self._read_blocks(cells_arrow.text_blocks(nested.drop_null(), kind=self._block))

    def _read_blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            block.judged_soon = not self._repeats.active
            block.expected = self._expected
            left = self._repeats.absorb(block)
            cells = None if left is None or left.all() else np.flatnonzero(left)
            rest = block if cells is None else block.take(cells) if len(cells) else None
            new = block if self._repeats.learned else rest
            if new is not None:  # the others were counted when they were learned
                self._distinct.add(new.hashes, new.value)
            if rest is not None:
                self._judge(rest)
            self._expected = block.likely_type

    def _read_numbers(self, array: Any, how: Callable[[Any, Distinct], Iterator[NumberCells]]) -> None:
        for part in how(array, self._distinct):
            self._numbers = add_numbers(self._numbers, part.numbers)
            self._classes["number"] += part.small
            self._details["damaged_identifier"] += part.damaged
            for block in cells_arrow.text_blocks(part.texts, kind=self._block) if part.texts is not None else ():
                if not part.counted:
                    self._distinct.add(block.hashes, block.value)
                self._judge(block, numeric=True)
        self._details += Counter()  # drops zeros

    def _read_moments(self, array: Any) -> None:
        kind = array.type
        word = "date" if pa.types.is_date(kind) else "timestamp" if pa.types.is_timestamp(kind) else "time"
        self._classes[word] += len(array)
        if word != "time":
            self._years.update(cells_numbers.years(array))
            self._add("DATE_TIME", Hit(len(array), len(array)))
        keys = (
            array.cast(pa.int32()) if pa.types.is_date32(kind) or pa.types.is_time32(kind) else array.cast(pa.int64())
        )
        self._count_distinct(keys.cast(pa.int64()), lambda cell: str(array[cell]).encode())

    def _count_distinct(self, keys: Any, value: Callable[[int], bytes]) -> None:
        self._distinct.add_words(cells_arrow.to_numpy(keys).view(np.uint64), value)

    # -- judging -----------------------------------------------------------------------------------------------------

    def _judge(self, block: Block, numeric: bool = False) -> None:
        clean, mended = (block, None) if numeric else cells_clean.split(block)
        for part in (clean, mended):
            if part is not None:
                self._judge_clean(part, numeric)
        if mended is not None:
            self._details["cleaned"] += mended.total

    def _judge_clean(self, block: Block, numeric: bool) -> None:
        self._measure(block)
        if not numeric:
            self._numbers = add_numbers(self._numbers, cells_numbers.written(block))
        self._placeholders += vocabulary.look_up(block, self._add)
        if block.max_length == 0:
            return
        for face in self._able(block)[0]:
            self._ask(face, block)
        likely = left = cells_text.worth_reading(block)
        if left is not None:
            for face in self._able(left)[1]:
                if left is not None:
                    left = self._ask(face, left)
        self._find_terms(left if likely is block else block)

    def _able(self, block: Block) -> tuple[list[Face], list[Face]]:
        """Return the recognizers that may find something: those that see every long cell, and all others."""
        key = block.union, min(block.max_length, _LONGEST_NEED), block.signs
        if key not in self._asked:
            able = [face for face in self._faces if face.fits(*key[:2]) and block.may_hold(face.entity)]
            self._asked[key] = [face for face in able if face.long], [face for face in able if not face.long]
        return self._asked[key]

    def _find_terms(self, block: Block | None) -> None:
        """Look for medical terms, until so many cells hold one that the column is known to."""
        if block is None or not self._wants_terms or not medical_terms.may_match(block):
            return
        found = medical_terms.match(block)
        for entity, match in found.items():
            self._add(entity, counted(block, match))
        self._details["terms_checked"] += block.total
        self._details["terms_found"] += max((block.count(m.shape | inside(m)) for m in found.values()), default=0)
        seen, hits = self._details["terms_checked"], self._details["terms_found"]
        self._wants_terms = seen < _ENOUGH_CELLS or hits * 50 < seen

    def _ask(self, face: Face, block: Block) -> Block | None:
        """Ask one recognizer, and return what the next one still has to see."""
        match = ask(face, block)
        if match is None:
            return block
        if hit := counted(block, match):
            self._add(face.entity, hit)
        self._years.update(block.notes.pop("years", {}))
        valid = np.count_nonzero(match.valid)
        if not face.settles or 2 * valid < len(block):
            return block
        return block.take(np.flatnonzero(~match.valid)) if valid < len(block) else None

    def _measure(self, block: Block) -> None:
        characters, lengths, masks = measured(block)
        self._characters += characters
        self._lengths += lengths
        self._masks += masks

    def _add(self, entity: str, hit: Hit) -> None:
        self._hits[entity] = self._hits[entity] + hit if entity in self._hits else hit

    def _all_classes(self) -> dict[str, int]:
        found = Counter(self._classes)
        for mask in np.flatnonzero(self._masks).tolist():
            found[class_of(mask)] += int(self._masks[mask])
        return dict(sorted((+found).items()))
