"""Genes written down: variants (HGVS, rsID), genotypes, sequences.

* HGVS nomenclature (c. g. p. m. n. and what changed), dbSNP reference numbers (rs…), genotypes of VCF (0/1, A/G).

>>> is_valid("NM_000546.6:c.215C>G"), is_valid("rs1042522"), is_valid("c.abc")
(True, True, False)
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from .cells_block import DIGIT, LETTERS, Block
from .cells_face import Face, Match, flags, from_cells
from .errors import InvalidFormat
from .presidio_form import Form, passes

_HGVS = (
    r"(?:(?:N[CGMPRTW]|X[MPR]|LRG|ENS[TPG])[_0-9.]+(?:\([0-9A-Za-z-]+\))?:)?"
    r"(?:[cgmnr]\.[*-]?[0-9]+(?:[+-][0-9]+)?(?:_[*-]?[0-9]+(?:[+-][0-9]+)?)?(?:[ACGT]>[ACGT]|del[ACGT]*|dup[ACGT]*|ins[ACGT]+|delins[ACGT]+|inv|=)"
    r"|p\.\(?(?:[A-Z][a-z]{2}|[A-Z])[0-9]+(?:[A-Z][a-z]{2}|[A-Z*=]|fs|del|dup)(?:[A-Za-z0-9*]*)\)?)"
)
_RS = r"rs[0-9]{2,12}"
_FORM = re.compile(rf"{_HGVS}|{_RS}")


def compact(value: str) -> str:
    """Trim."""
    return unicodedata.normalize("NFKC", value).strip()


def validate(value: str) -> str:
    """Return the variant, or raise a `ValidationError`."""
    value = compact(value)
    if not _FORM.fullmatch(value):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the variant."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find cells that are variants."""
    data, start = cells.data, cells.starts
    likely = (data[start] == 114) & (data[start + 1] == 115) & ((data[start + 2] - np.uint8(48)) < 10)
    point = np.flatnonzero(data[1:-1] == 46)
    point = point[_LEAD[data[point]]]
    if len(point):
        near = cells.cells_at(point + 1)
        likely |= flags(cells, near[near >= 0])
    likely &= (cells.lengths >= 4) & (cells.lengths <= 120)
    shape, inside = [], []
    for cell in np.flatnonzero(likely).tolist():
        text = cells.value(cell).decode("utf-8", "replace")
        if _FORM.fullmatch(text):
            shape.append(cell)
        elif _INSIDE.search(text):
            inside.append(cell)
    if not shape and not inside:
        return None
    whole, part = flags(cells, np.array(shape, np.int64)), flags(cells, np.array(inside, np.int64))
    return Match(whole, whole, part, part)


_LEAD = np.zeros(256, bool)
_LEAD[list(b"cgmnrp")] = True
_INSIDE = re.compile(rf"(?<![0-9A-Za-z_.])(?:{_HGVS})")


def match_sequence(cells: Block) -> Match | None:
    """Find cells that are sequences of nucleotides, at least twenty of them."""
    cell = np.flatnonzero((cells.lengths >= 20) & ((cells.mask & ~np.uint8(_BASES)) == 0))
    if not len(cell):
        return None
    other = np.zeros(len(cells.data), np.uint8)
    other[~np.take(_BASE, cells.data, mode="clip")] = 1
    found = cell[cells.any_of(other)[cell] == 0]
    return from_cells(cells, found)


_BASES = LETTERS
_BASE = np.zeros(256, bool)
_BASE[list(b"ACGTUNacgtun")] = True

FACES = (
    Face("GENETIC_VARIANT", match, needs=(DIGIT, LETTERS), shortest_cell=4),
    Face("NUCLEOTIDE_SEQUENCE", match_sequence, needs=(LETTERS,), shortest_cell=20),
)
FORMS = (
    Form(
        "GeneticVariantRecognizer",
        "GENETIC_VARIANT",
        (
            ("HGVS", rf"(?<![0-9A-Za-z_.])(?-i:{_HGVS})", 0.7),
            ("dbSNP", r"(?<![0-9A-Za-z])rs[0-9]{3,12}(?![0-9A-Za-z])", 0.5),
        ),
        ("基因", "突变", "变异", "位点", "gene", "variant", "snp"),
    ),
    Form(
        "NucleotideSequenceRecognizer",
        "NUCLEOTIDE_SEQUENCE",
        (("bases", r"(?<![0-9A-Za-z])[ACGT]{20,}(?![0-9A-Za-z])", 0.6),),
        ("序列", "sequence", "dna", "rna"),
    ),
)
