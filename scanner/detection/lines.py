"""Lines that are of one patient, or of nobody, by the names of several columns together: cases, claims, prescriptions.

A medicine beside how much of it is taken for how many days was prescribed to somebody, also where it has a price; one
that a supplier delivers is nobody's yet. Patterns are those of `data/rules.yaml`, ``content``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...recognizers.data_files import words_of
from .table import TableInput

_SEVERAL = 2
_SOMEBODY = frozenset(
    {"member_id", "subject_id", "medical_record_no", "owned_patient", "owned_person", "person_name", "named_person",
     "age", "birth_date", "gender", "phone", "clinician"}
)  # fmt: skip


def is_line_of_care(table: TableInput) -> bool:
    """Whether several columns together say that rows are lines of a case, a claim or a prescription."""
    return is_of_case(table) or is_of_claim(table) or is_prescribed(table)


def is_of_case(table: TableInput) -> bool:
    """Whether drugs are those of cases: what came of giving them stands there, which no catalogue of drugs says."""
    return (
        sum(words_of("came_of").search(f"{column.name} {column.comment}") is not None for column in table.columns)
        >= _SEVERAL
    )


def is_of_claim(table: TableInput) -> bool:
    """Whether lines of a claim tell by codes of diagnoses and procedures what was paid for: of one patient's care.

    >>> from exportgate.scanner.detection.table import ColumnInput
    >>> line, codes = ColumnInput("claim_id"), ColumnInput("HCPCS_CD")
    >>> is_of_claim(TableInput("lines", "", (line, codes))), is_of_claim(TableInput("codes", "", (codes,)))
    (True, False)
    """
    names = [column.name for column in table.columns]
    return any(map(words_of("claimed").search, names)) and any(map(words_of("classed").search, names))


def is_prescribed(table: TableInput) -> bool:
    """Whether a medicine stands beside what only one patient is told: for how many days, or on which prescription.

    A list of medicines may say how each is taken, and has a stock, a maker or a date of expiry.

    >>> from exportgate.scanner.detection.table import ColumnInput
    >>> drug, dose, days, stock = map(ColumnInput, ("drug_name", "dosage", "days", "stock"))
    >>> is_prescribed(TableInput("lines", "", (drug, dose, days)))
    True
    >>> is_prescribed(TableInput("lines", "", (drug, dose, days, stock)))
    False
    """
    called = f"{table.name} {table.comment}"
    if words_of("prescribed_never").search(called) or _count(table, "stocked"):
        return False
    named = words_of("prescribed_named").search(called) is not None
    drug = _count(table, "prescribed_drug") or (named and any(one.name.lower() == "name" for one in table.columns))
    lasting = bool(_count(table, "prescribed_days"))
    keyed = bool(_count(table, "prescribed_key"))
    taken = _count(table, "prescribed_dose")
    return bool(drug) and taken > 0 and (lasting or keyed or (named and taken >= _SEVERAL))


def is_bought_in(said: Sequence[str], seen: Mapping[str, int], table: TableInput) -> bool:
    """Whether an order of medicines is one to a supplier: priced, and of nobody who takes them."""
    priced = "priced" in seen and "medical:medication" in seen and set(said) <= {"order", "log", "company", "reference"}
    if not priced or not _SOMEBODY.isdisjoint(seen):
        return False
    return words_of("bought_in").search(table.name) is not None or _count(table, "bought_in") > 0


def _count(table: TableInput, part: str) -> int:
    pattern = words_of(part)
    return sum(bool(pattern.search(one.comment or one.name) or pattern.search(one.name)) for one in table.columns)
