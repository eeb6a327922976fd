"""What a table says about its columns before they are read: a dictionary holds nobody, a company is no person.

*Disease name* is a patient's diagnosis in a patient's table and a word of the language in a dictionary of diseases; an
address in a table of suppliers is the supplier's. Which tables those are is detection's reading of name and comment.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ...recognizers.cells_sorted import once
from ...recognizers.column_names_frames import frames
from ..results import ColumnVerdict
from .index import FieldIndex, Scores
from .scoring import ColumnScores
from .vocabulary import WEIGHTS, Word
from .words import read, squash
from .words_latin import is_variable

DICTIONARY = 0.4
"""What a row about persons keeps in a table that lists drugs, diseases, goods, levels or settings."""
COMPANY, COMPANY_OWN, ALIKE = 0.45, 0.75, 0.5
"""What a row keeps in a table of companies; more of it where the table's own words are that much like the row's."""
PERSONS, PERSONS_ALONE = 0.6, 0.7
"""From this share of rows that are first of all a person's, a scenario is about persons; about them and no stations."""
KEYS, OWN_KEY = ("id", "uid", "uuid", "key"), 0.55
"""How the key of a table ends, and what a row keeps for it."""
AUDIT, AUDITED = frozenset(("create", "update", "delete", "audit_trail")), 0.6
"""What is written of a record when it is made, changed or deleted, and what a row keeps for such a column."""
WHO = frozenset(("person_name", "account"))
"""What is kept of those who made or changed a record."""
LISTS_COMPANIES = 0.5
"""What speaks for a scenario of business contacts where the table is one of companies."""
RECORDS = frozenset(("record", "result_word"))
"""Words of a table of what was found or done, again and again."""
CODES = 3
"""So many columns that go by the codes of one scenario make a table of its standard."""
CODED = 0.5
"""What it speaks for a scenario that all columns are named in the variables of its standard."""
ANCHORS = frozenset(
    (
        "subject_id", "member_id", "medical_record_no", "cn_resident_id", "passport", "pseudonymous_id", "birth_date",
        "age", "gender", "licence_plate", "vehicle_vin",
    )
)  # fmt: skip
"""Kinds that tie each line to a person or to somebody's vehicle."""
NOBODYS = frozenset(
    (
        "none", "free_text", "diagnosis", "medication", "lab_or_vital_sign", "medical_history_other",
        "order_or_consumption_record", "genetic", "occupation_employer",
    )
)  # fmt: skip
"""Kinds that a name alone can give to a column about nobody."""


def standing(
    index: FieldIndex, columns: Sequence[ColumnVerdict], scores: Sequence[ColumnScores], table: str, comment: str
) -> list[Scores]:
    """Return for each column what every row keeps, in [0, 1], given what the table is about."""
    everything = np.ones(len(index.fields))
    said = frames(table, comment)
    lead = next(iter(said), "")
    if lead == "company" and "clinical" in said:
        lead = "clinical"
    tied = any(column.kind in ANCHORS for column in columns) or _of_standard(index, columns, scores)
    open_to = [
        decided(index, column)
        * (OWN_KEY if is_own_key(column, table) else 1.0)
        * (AUDITED if is_audited(column) else 1.0)
        for column in columns
    ]
    if tied or lead not in ("reference", "company") or (lead == "reference" and _is_kept(table, comment)):
        return open_to
    weak = _in_dictionary(index) if lead == "reference" else _of_company(index, (*read(table), *read(comment)))
    return [
        left * (weak if _is_nobodys(column, lead) else everything)
        for column, left in zip(columns, open_to, strict=True)
    ]


def _is_kept(table: str, comment: str) -> bool:
    """Whether a table says that it keeps records or results: an *index record* is of somebody, an *index* is not."""
    return any(word.concepts & RECORDS for word in (*read(table), *read(comment)))


def _of_standard(index: FieldIndex, columns: Sequence[ColumnVerdict], scores: Sequence[ColumnScores]) -> bool:
    """Whether several columns go by codes that one scenario's rows go by: no dictionary has a ``primaryid``."""
    codes = np.zeros(len(index.scenarios))
    for column, each in zip(columns, scores, strict=True):
        if any(not word.concepts or word.sureness < 1.0 for word in read(column.name)):
            codes[once(index.scenario_of[list(each.exact)])] += 1
    return bool(codes.max(initial=0.0) >= CODES)


def is_own_key(column: ColumnVerdict, table: str) -> bool:
    """Whether a column is its table's own key: the ``feedback_id`` of feedbacks numbers them and says no more."""
    name = squash(column.name)
    key = next((name.removesuffix(ending) for ending in KEYS if name.endswith(ending)), "")
    return column.kind == "none" and len(key) > 2 and squash(table).endswith(key)


def is_audited(column: ColumnVerdict) -> bool:
    """Whether a column keeps who made or changed a record, and when."""
    words = (*read(column.name), *read(column.comment))
    audit = any(word.concepts & AUDIT and word.is_plumbing for word in words)
    return audit and all(word.weight < WEIGHTS["content"] or word.concepts <= WHO for word in words)


def decided(index: FieldIndex, column: ColumnVerdict) -> Scores:
    """Return 0 for the rows that a person's decision about the column shuts: all but those that name its kind first.

    Where no row of a sector does, those that name it at all stay open.

    A column that a person declared to hold no personal information can still be important data, and nothing else.
    """
    if column.decided_by != "human":
        return np.ones(len(index.fields))
    if column.kind == "none":
        return np.array([float(field.category == "important") for field in index.fields])
    first = {field.sector for field in index.fields if field.kinds[:1] == (column.kind,)}
    names = [field.kinds[:1] if field.sector in first else field.kinds for field in index.fields]
    return np.array([float(column.kind in each) for each in names])


def _is_nobodys(column: ColumnVerdict, lead: str) -> bool:
    """Whether nothing but its name makes a column somebody's."""
    if lead == "company":
        return column.kind == "none"
    return column.kind in NOBODYS and "values" not in column.decided_by


def _about_persons(index: FieldIndex, least: float) -> npt.NDArray[np.bool_]:
    """Return which rows stand in a scenario about persons."""
    persons = np.array([bool(field.kinds) and field.kinds[0] != "none" for field in index.fields])
    size = len(index.scenarios)
    share = np.bincount(index.scenario_of, persons, size) / np.bincount(index.scenario_of, minlength=size)
    return share[index.scenario_of] >= least


def _in_dictionary(index: FieldIndex) -> Scores:
    return np.where(_about_persons(index, PERSONS), DICTIONARY, 1.0)


def of_companies(index: FieldIndex, table: str, comment: str) -> Scores:
    """Return for each scenario what speaks for it because it lists companies, as the table does."""
    said = frames(table, comment)
    speaks = "company" in said and "clinical" not in said
    return np.where(index.of_companies, LISTS_COMPANIES if speaks else 0.0, 0.0)


def _of_company(index: FieldIndex, table: Sequence[Word]) -> Scores:
    """A scenario that lists companies themselves keeps all its rows: there a supplier's phone is a contact's."""
    lists = index.of_companies
    own_words = [word for word in table if word.concepts and word.weight >= WEIGHTS["content"]]
    plain = np.array(["none" in field.kinds for field in index.fields])
    weak = np.where(plain & (index.likeness(own_words) >= ALIKE), COMPANY_OWN, COMPANY)
    kept: Scores = np.where(_about_persons(index, PERSONS_ALONE) & ~lists[index.scenario_of], weak, 1.0)
    return kept


def coded(index: FieldIndex, columns: Sequence[ColumnVerdict]) -> Scores:
    """Return for each scenario how far its rows go by the variable names of the columns, in [0, `CODED`]."""
    says = np.zeros(len(index.scenarios))
    for column in columns:
        at = index.exact.get(squash(column.name), ()) if is_variable(column.name) else ()
        says[once(index.scenario_of[list(at)])] += 1
    heard: Scores = CODED * says / max(1, len(columns))
    return heard
