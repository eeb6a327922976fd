"""Genes written down: variants (HGVS, rsID), genotypes, sequences.

* HGVS nomenclature (c. g. p. m. n. and what changed), dbSNP reference numbers (rs…), genotypes of VCF (0/1, A/G).
* Places in the genome as VCF and ClinVar write them (chr7:140753336A>T, chr17-43044295-G-A, 7:140753336:A:T).

>>> is_valid("NM_000546.6:c.215C>G"), is_valid("rs1042522"), is_valid("c.abc")
(True, True, False)
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np

from .cells_block import DIGIT, LETTERS, LOWER, NUMERIC_MARK, OTHER, UPPER, Block, Bools
from .cells_face import Face, Match, flags, from_cells
from .check_digits import all_digits
from .errors import InvalidFormat
from .presidio_form import Form, passes

_BASE_CODES = "[ACGTUNRYSWKMBDHVacgtun]"  # of nucleic acids, with those of IUPAC for what is not certain
_PLACE = r"(?:\?|[*-]?[0-9]+(?:[+-](?:[0-9]+|\?))?)"
_EDGE = rf"(?:{_PLACE}|\({_PLACE}_{_PLACE}\))"
_INSERTED = (
    rf"ins(?:{_BASE_CODES}{{1,200}}(?:\[[0-9]+\])?|[0-9]+(?:_[0-9]+(?:inv)?)?"
    r"|\([0-9]+(?:_[0-9]+)?\)|\[[^\]\s]{1,60}\])"
)
_CHANGE = (
    rf"(?:{_BASE_CODES}{{1,200}}(?:>{_BASE_CODES}|=|(?:\[[0-9]+\])+)|=(?://?{_BASE_CODES}>{_BASE_CODES})?"
    rf"|del(?:{_BASE_CODES}{{1,200}}|[0-9]+)?(?:{_INSERTED})?|dup(?:{_BASE_CODES}{{1,200}}|[0-9]+)?|{_INSERTED}|inv"
    r"|copy[0-9]+|(?:\[[0-9]+\])+|\|(?:gom|lom|met=))"
)
_EDIT = rf"{_EDGE}(?:_{_EDGE})?{_CHANGE}"
_NUCLEIC = (
    rf"(?:[cgmnr]\.(?:{_EDIT}(?:\(;\){_EDIT})*|\({_EDIT}\)|\({_PLACE}_{_PLACE}\){_CHANGE}"
    rf"|\[(?:{_EDIT}|=)(?:;{_EDIT})*\](?:;\[(?:{_EDIT}|=|\?|0)(?:;{_EDIT})*\])?)|r\.(?:spl|0|\?))"
)
_THREE = "Ala|Arg|Asn|Asp|Asx|Cys|Gln|Glu|Glx|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Sec|Ser|Ter|Thr|Trp|Tyr|Val|Xaa"
_RESIDUE = rf"(?:{_THREE}|[ACDEFGHIKLMNPQRSTVWXY*])"
_STOP = r"(?:(?:\*|Ter|X)(?:[0-9]+|\?)?)"
_PROTEIN_CHANGE = (
    rf"(?:{_RESIDUE}?fs{_STOP}?|{_RESIDUE}?ext(?:-[0-9]+|(?:{_THREE}){{0,20}}{_STOP})|delins(?:{_RESIDUE}){{1,60}}"
    rf"|ins(?:(?:{_RESIDUE}){{1,60}}|[0-9]+)|del|dup|=(?://?{_RESIDUE})?|\?|(?:\[[0-9]+\])(?:;\[[0-9]+\])?"
    rf"|{_RESIDUE}(?:\^{_RESIDUE})*)"
)
_SUBSTITUTION = rf"{_RESIDUE}[0-9]+(?:_{_RESIDUE}[0-9]+)?{_PROTEIN_CHANGE}"
_SURE = rf"(?:\({_SUBSTITUTION}\)|{_SUBSTITUTION})"
_PROTEIN = (
    rf"p\.(?:{_SURE}|\({_RESIDUE}[0-9]+\)\[[0-9]+\]|\[{_SURE}(?:;{_SURE})*\](?:;\[{_SURE}(?:;{_SURE})*\])?"
    r"|\(=\)|=|0\??(?![.0-9]))"
)
_SEQUENCE = (  # accession numbers of RefSeq, Ensembl, LRG and GenBank, a chromosome, or the symbol of a gene
    r"(?:[A-Z]{2}_[0-9]{3,}(?:\.[0-9]+)?|LRG_[0-9]+(?:[tp][0-9]+)?|ENS[A-Z]{0,4}[0-9]{6,}(?:\.[0-9]+)?"
    r"|chr[0-9XYMT]{1,2}|[0-9]{1,2}|[A-Z][A-Z0-9-]{1,11}(?:\.[0-9]+)?)"
)
_HGVS = rf"(?:{_SEQUENCE}(?:\([0-9A-Za-z_.-]{{1,40}}\))?:)?(?:{_NUCLEIC}(?:\({_PROTEIN}\))?|{_PROTEIN})"
_GENOMIC = r"(?:chr)?(?:[0-9]{1,2}|X|Y|MT?)[:-][0-9]{3,9}(?:[ACGT]+>[ACGT]+|[:-][ACGT]+[:>/-][ACGT]+)(?![A-Za-z-])"
_ALLELES = (  # of enzymes (PharmVar) and tissue types (IPD-IMGT/HLA); places in introns as once written
    r"(?:(?:CYP[0-9][A-Z][0-9]{1,2}|UGT1A1|TPMT|NUDT15|SLCO1B1|DPYD|NAT2)\*[0-9]{1,3}[A-Z]?(?:/\*[0-9]{1,3}[A-Z]?)?"
    r"|HLA-(?:D[PQR][AB][0-9]?|[ABCEFG])\*[0-9]{2,3}(?::[0-9]{2,3}){0,3}[NLSCAQ]?"
    r"|(?:[A-Z][A-Z0-9]{1,9}:)?IVS[0-9]{1,3}[+-][0-9]{1,4}[ACGT]>[ACGT])(?![0-9A-Za-z])"
)
_GENES = (
    "ABL1|AKT1|ALK|APC|AR|ATM|BRAF|BRCA1|BRCA2|CDH1|CDKN2A|CTNNB1|DDR2|DNMT3A|EGFR|ERBB2|ERBB3|ESR1|EZH2|FBXW7|FGFR1|FGFR2|FGFR3"
    "|FLT3|GNA11|GNAQ|GNAS|HER2|HNF1A|HRAS|IDH1|IDH2|JAK2|JAK3|KDR|KIT|KRAS|MAP2K1|MET|MLH1|MPL|MTHFR|MYD88|NOTCH1|NPM1|NRAS"
    "|PDGFRA|PIK3CA|PTEN|PTPN11|RB1|RET|ROS1|SMAD4|SMARCB1|SMO|SRC|STK11|TERT|TP53|VHL|CFTR|HBB|LDLR|APOE|SCN1A|LRRK2|GBA|PCSK9"
    "|FBN1|MYH7|F5|F2|HFE|G6PD|CYP2C9|CYP2C19|CYP2D6|VKORC1|SLCO1B1|DPYD|TPMT|UGT1A1|NUDT15|BCR-ABL1?"
)  # symbols of genes as reports name them (HGNC), from general knowledge
_SPOKEN = (
    rf"(?:{_GENES})[ :_-]{{1,2}}(?:exon ?[0-9]{{1,2}} )?"
    r"[ACDEFGHIKLMNPQRSTVWY][0-9]{1,4}(?:[ACDEFGHIKLMNPQRSTVWYX*]|fs|del|dup|ins)"
)
_FREE = r"(?<![0-9A-Za-z_.])"
_RS = r"rs[0-9]{2,12}"
_REFERENCE = r"rs[0-9]{3,12}(?![0-9A-Za-z])"  # inside longer text; RS485 is a plug


@cache
def _form() -> re.Pattern[str]:
    """Return the whole grammar; made when the first cell asks, since making it takes longer than most files."""
    return re.compile(rf"{_HGVS}|{_GENOMIC}|{_RS}|{_SPOKEN}|{_ALLELES}")


def compact(value: str) -> str:
    """Trim."""
    return unicodedata.normalize("NFKC", value).strip()


def validate(value: str) -> str:
    """Return the variant, or raise a `ValidationError`."""
    value = compact(value)
    if not _form().fullmatch(value):
        raise InvalidFormat
    return value


def is_valid(value: str) -> bool:
    """Say whether `validate` would accept the variant."""
    return passes(validate, value)


def match(cells: Block) -> Match | None:
    """Find cells that are variants."""
    likely = _named_genes(cells) | _pointed(cells) | _further_forms(cells)
    likely &= cells.lengths >= 3
    shape, inside = [], []
    for cell in np.flatnonzero(likely).tolist():
        text = cells.value(cell).decode("utf-8", "replace")
        if _form().fullmatch(text):
            shape.append(cell)
        elif _inside().search(text):
            inside.append(cell)
    if not shape and not inside:
        return None
    whole, part = flags(cells, np.array(shape, np.int64)), flags(cells, np.array(inside, np.int64))
    return Match(whole, whole, part, part)


_LEAD = np.zeros(256, bool)
_LEAD[list(b"cgmnrp")] = True


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(rf"{_FREE}(?:{_HGVS}|{_GENOMIC}|{_SPOKEN}(?![0-9A-Za-z])|{_ALLELES}|{_REFERENCE})")


def _pointed(cells: Block) -> Bools:
    """Which cells hold the letter of a sequence before a point."""
    if not cells.union & NUMERIC_MARK:
        return flags(cells)
    point = np.flatnonzero(cells.data[1:-1] == 46)
    point = point[_LEAD[cells.data[point]]]
    near = cells.cells_at(point + 1) if len(point) else point
    return flags(cells, near[near >= 0])


def _further_forms(cells: Block) -> Bools:
    """Which cells hold a star before a digit, a base behind a hyphen or colon, the name of an intron or a reference."""
    data = cells.data
    places = []
    if cells.union & OTHER:
        places.append(np.flatnonzero((data[1:-1] == 42) & cells.digit[2:] & cells.alnum[:-2]) + 1)
    if cells.union & NUMERIC_MARK:
        mark = (data[1:-1] == 45) | (data[1:-1] == 58)
        places.append(np.flatnonzero(mark & cells.digit[:-2] & _PLAIN_BASE[data[2:]]) + 1)
    if cells.union & UPPER:
        intron = np.flatnonzero((data[:-3] == 73) & (data[1:-2] == 86) & (data[2:-1] == 83))
        places.append(intron[(data[intron + 3] - np.uint8(48)) < 10])
    if cells.union & LOWER:
        reference = np.flatnonzero((data[:-2] == 114) & (data[1:-1] == 115))
        places.append(reference[(data[reference + 2] - np.uint8(48)) < 10])
        places.append(np.flatnonzero((data[:-3] == 99) & (data[1:-2] == 104) & (data[2:-1] == 114)))
    found = np.concatenate(places) if places else cells.starts[:0]
    near = cells.cells_at(found) if len(found) else found
    return flags(cells, near[near >= 0])


_PLAIN_BASE = np.zeros(256, bool)
_PLAIN_BASE[list(b"ACGT")] = True


def _named_genes(cells: Block) -> Bools:
    """Which cells hold a capital, digits and a capital in a token of four to seven: ``V600E``, ``L858R``."""
    found = np.zeros(len(cells), bool)
    for length in _RESIDUES & cells.token_lengths:
        tokens = cells.tokens(length)
        first, last = tokens.at[0], tokens.at[-1]
        fits = ((first - np.uint8(65)) < 26) & ((last - np.uint8(65)) < 26) & all_digits(tokens.at[1:-1])
        found[tokens.cell[fits & ~tokens.whole]] = True
    return found


_RESIDUES = frozenset({3, 4, 5, 6})


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
    Face("GENETIC_VARIANT", match, needs=(DIGIT, LETTERS), shortest_cell=3),
    Face("NUCLEOTIDE_SEQUENCE", match_sequence, needs=(LETTERS,), shortest_cell=20),
)
FORMS = (
    Form(
        "GeneticVariantRecognizer",
        "GENETIC_VARIANT",
        (
            ("HGVS", rf"{_FREE}(?-i:{_HGVS})", 0.7),
            ("place in the genome", rf"{_FREE}(?-i:{_GENOMIC})", 0.7),
            ("gene and residue", rf"{_FREE}(?-i:{_SPOKEN})(?![0-9A-Za-z])", 0.6),
            ("allele", rf"{_FREE}(?-i:{_ALLELES})", 0.7),
            ("dbSNP", rf"{_FREE}(?-i:{_REFERENCE})", 0.5),
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
