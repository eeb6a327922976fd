"""Keyed BLAKE2s-128 (RFC 7693) of a whole column at once, bit-identical to ``hashlib.blake2s(key=…, digest_size=16)``.

Sixteen rows of uint32, one lane per value: every step of the compression function is a numpy operation over thousands
of values. The key block is compressed once, and message words that are zero for a length are skipped. Values longer
than one block are no identifiers anyone uses; hashlib takes them.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt

from ..recognizers import cells_arrow, cells_compiled
from ..recognizers.cells_block import Block

Words = npt.NDArray[np.uint32]
Digests = npt.NDArray[np.uint64]

BLOCK = 64
LANES = 16_384
_IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
_SIGMA = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    (14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3),
    (11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4),
    (7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8),
    (9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13),
    (2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9),
    (12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11),
    (13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10),
    (6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5),
    (10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0),
)
_COLUMNS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
_DIAGONALS = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))
_QUADS = (*_COLUMNS, *_DIAGONALS)


def _rotate(words: Words, bits: int, spare: Words) -> None:
    np.left_shift(words, np.uint32(32 - bits), out=spare)
    np.right_shift(words, np.uint32(bits), out=words)
    np.bitwise_or(words, spare, out=words)


def _mix(state: Words, quad: tuple[int, int, int, int], x: Words | None, y: Words | None, spare: Words) -> None:
    a, b, c, d = (state[i] for i in quad)
    for word, first, second in ((x, 16, 12), (y, 8, 7)):
        np.add(a, b, out=a)
        if word is not None:
            np.add(a, word, out=a)
        np.bitwise_xor(d, a, out=d)
        _rotate(d, first, spare)
        np.add(c, d, out=c)
        np.bitwise_xor(b, c, out=b)
        _rotate(b, second, spare)


def _compress(chain: Words, message: Words, used: int, length: Any, *, last: bool) -> Words:
    """Compress one block per lane: `message` is (16, n), of which the first `used` words are not all zero.

    `length` is the number of bytes so far, one number or one per lane.
    """
    lanes = message.shape[1]
    state = np.empty((16, lanes), np.uint32)
    state[:8] = chain[:, None]
    state[8:] = np.array(_IV, np.uint32)[:, None]
    state[12] ^= np.asarray(length, np.uint32)
    if last:
        state[14] ^= np.uint32(0xFFFFFFFF)
    spare = np.empty(lanes, np.uint32)
    for order in _SIGMA:
        for i, quad in enumerate(_QUADS):
            x, y = order[2 * i], order[2 * i + 1]
            _mix(state, quad, message[x] if x < used else None, message[y] if y < used else None, spare)
    state[:8] ^= state[8:]
    state[:8] ^= chain[:, None]
    return state[:8]


def _after_key(key: bytes) -> Words:
    chain = np.array(_IV, np.uint32)
    chain[0] ^= np.uint32(0x01010000 ^ (len(key) << 8) ^ 16)
    block = np.frombuffer(key.ljust(BLOCK, b"\0"), "<u4").astype(np.uint32)[:, None]
    return _compress(chain, block, 16, BLOCK, last=False)[:, 0]


class Hasher:
    """BLAKE2s-128 under one key, whose own block is compressed once.

    >>> import pyarrow as pa
    >>> hasher, cells = Hasher(bytes(32)), Block.of_values([b"13800138001", b"a@b.cn"])
    >>> hasher.cells(cells)[0].tobytes() == hashlib.blake2s(b"13800138001", key=bytes(32), digest_size=16).digest()
    True
    """

    def __init__(self, key: bytes) -> None:
        self.key, self._chain = key, _after_key(key)

    def cells(self, block: Block) -> Digests:
        """Hash the cells of a block; return (n, 2) uint64, the 16 digest bytes little-endian."""
        lengths = block.lengths
        if isinstance(block, cells_compiled.CompiledBlock):
            return self._by_kernel(block)
        if block.max_length <= BLOCK and block.min_length > 0:
            return self._short(block, slice(None))
        result = np.empty((len(block), 2), np.uint64)
        short = (lengths <= BLOCK) & (lengths > 0)
        result[short] = self._short(block, np.flatnonzero(short))
        return self._others(block, ~short, result)

    def _by_kernel(self, block: cells_compiled.CompiledBlock) -> Digests:
        result = block.digests(self._chain)
        if block.max_length <= BLOCK and block.min_length > 0:
            return result
        return self._others(block, (block.lengths > BLOCK) | (block.lengths == 0), result)

    def _others(self, block: Block, chosen: Any, result: Digests) -> Digests:
        values = [block.value(cell) for cell in np.flatnonzero(chosen).tolist()]
        digests = (hashlib.blake2s(value, key=self.key, digest_size=16).digest() for value in values)
        result[chosen] = np.frombuffer(b"".join(digests), "<u8").reshape(-1, 2)
        return result

    def _short(self, block: Block, chosen: Any) -> Digests:
        starts, lengths = block.starts[chosen], block.lengths[chosen]
        result = np.empty((len(starts), 2), np.uint64)
        for at in range(0, len(starts), LANES):
            result[at : at + LANES] = self._lanes(block, starts[at : at + LANES], lengths[at : at + LANES])
        return result

    def _lanes(self, block: Block, starts: Any, lengths: Any) -> Digests:
        used = -(-int(lengths.max()) // 4)
        message = np.zeros((BLOCK // 4, len(starts)), np.uint32)
        for place in range(0, used, 2):
            words = block.words[starts + 4 * place] & _KEPT[np.clip(lengths - 4 * place, 0, 8)]
            message[place] = words
            message[place + 1] = words >> np.uint64(32)
        digest = _compress(self._chain, message, used, BLOCK + lengths, last=True)[:4]
        return np.ascontiguousarray(digest.T).view("<u8")


_KEPT = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)


def hash_column(values: Any, key: bytes) -> Digests:
    """Hash a pyarrow string or binary array without nulls; return (n, 2) uint64, the 16 digest bytes little-endian."""
    hasher = Hasher(key)
    kind = cells_compiled.block_type()
    digests = [hasher.cells(block) for block in cells_arrow.text_blocks(cells_arrow.plain(values), kind=kind)]
    return np.concatenate(digests) if digests else np.zeros((0, 2), np.uint64)
