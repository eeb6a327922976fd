"""One column against every row: what its name, comment, table and kind say together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..results import ColumnVerdict
from .index import FieldIndex, Scores
from .vocabulary import WEIGHTS, Word
from .words import read, squash

KIND_SAYS = 0.6
"""What a certain kind says about the rows that name it first, before any word is read."""
OTHER_KIND, OTHER_KIND_BY_NAME = 0.5, 0.8
"""What is left of a likeness in words when the values, or only other words, say another kind."""
NOT_A_THING, PERSONS_OWN = 0.4, frozenset(("cn_resident_id", "passport", "birth_date"))
"""What is left of a row about things for a column that only a person can have, and the kinds only a person has."""
NO_KIND, NO_TELLING_KIND = 0.9, 0.65
"""What is left when the row is about persons and the column was judged not to be; less where that is easy to judge."""
STRANGE_ROLE, UNSAID_ROLE, STRANGE_ROLE_IN_WORDS = 0.7, 0.88, 0.9
STRANGE_IN_TABLE = 0.85
"""What a row about other persons keeps of a column that leaves it to the table's name whose it is."""
FAMILIES = (
    frozenset(("patient", "subject")),
    frozenset(("member", "customer", "user", "guest", "owner", "recipient")),
    frozenset(("staff", "mechanic", "applicant", "crew", "trainee", "advisor")),
    frozenset(("doctor", "nurse")),
    frozenset(("supplier", "contact_person", "legal_rep")),
)
"""Words for the same persons."""
APART = 0.96
"""What a name is worth read word by word where its words also mean one thing together: ``frame_no``, ``user_name``."""
NAMED = 0.04
"""What being called exactly so adds, to tell rows apart that are otherwise alike."""
PROSE, PROSE_SAYS = "free_text", 0.25
"""Prose may be about anything: its kind says little."""
FOREIGN_COMMENT = 0.5
"""What a name is worth whose comment says that the column is there for the system."""
BESIDE_GENES = 0.6
"""What *genetic* says of a column for no better reason than that it stands beside genes: a sample's, a batch's."""
PLUMBING = 0.6
"""What a kind says of a column that is there for the system, as ``created_by`` is."""
KEYS = frozenset(("id", "pk", "uuid", "guid", "oid", "pid", "parent_id", "parentid", "rowid", "row_id", "zj", "bh"))
"""Names that say nothing but which line it is."""
_COMMENT_HEAD = re.compile(
    r"[:：;；,，。(（\[【|]|--|—|\s-\s|\s[0-9]|[0-9]+\s*[.、=-]|[0-9](?=[^0-9\s]{1,8}[ ,，、/]?[0-9])"
)
"""Where a comment turns from naming to explaining: punctuation, or the first of several numbered values."""
_PREFIX = re.compile(r"^(?:t|tb|tbl|tab|dim|dwd|dws|ods|fact|fct|stg|sys|v|vw|f|d)_(?=[a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class ColumnScores:
    """What speaks for each row: words alone, kind alone, and both together; `telling` if its own words name a thing."""

    words: Scores
    kind: Scores
    together: Scores
    exact: frozenset[int]
    telling: bool = False


def head_of(comment: str) -> str:
    """Return what a comment says before its explanations: ``性别：0 未知，1 男`` is about 性别.

    >>> head_of("性别：0->未知；1->男"), head_of("性别0男1女"), head_of("发动机1循环数")
    ('性别', '性别', '发动机1循环数')
    """
    head = _COMMENT_HEAD.split(comment, maxsplit=1)[0].strip()
    return head or comment.strip()


def bare(name: str) -> str:
    """Return a name without what says only which layer of a warehouse it is of: ``t_patient`` is about patients."""
    return _PREFIX.sub("", name)


def score_column(index: FieldIndex, verdict: ColumnVerdict, table: tuple[Word, ...]) -> ColumnScores:
    """Return the scores of every row for one column; `table` are the words of the table's name and comment."""
    name, comment = read(bare(verdict.name)), read(head_of(verdict.comment))
    words = _words(index, name, comment, table)
    apart = read(bare(verdict.name), apart=True)
    if apart != name:
        words = np.maximum(words, APART * _words(index, apart, comment, table))
    exact = frozenset(
        at
        for text in (verdict.name, verdict.comment, head_of(verdict.comment))
        for at in index.exact.get(squash(text), ())
    )
    words = words * _fits(index, (*name, *comment), STRANGE_ROLE_IN_WORDS, 1.0)
    whose = _of_table(index, (*name, *comment), table)
    if _is_key(verdict, name, comment):
        words, exact = np.zeros(len(index.fields)), frozenset()
    for at in exact:
        words[at] = max(words[at], 0.93 if words[at] > 0.7 or _is_code(name) else words[at])
    kind = _kind(index, verdict, (*name, *comment))
    together = _together(index, verdict, words, kind, exact) * whose
    for at in exact:
        together[at] += NAMED
    telling = any(word.concepts and word.weight >= WEIGHTS["content"] for word in (*name, *comment))
    return ColumnScores(words, kind, together, exact, telling)


def _is_key(verdict: ColumnVerdict, name: tuple[Word, ...], comment: tuple[Word, ...]) -> bool:
    """Whether a column only numbers the lines of its table, as a bare ``id`` does that nobody goes by."""
    bare = verdict.name.lower().strip("_") in KEYS
    return bare and verdict.kind == "none" and all(word.weight < WEIGHTS["role"] for word in comment)


def _is_code(name: tuple[Word, ...]) -> bool:
    """Whether a name holds a word no dictionary has: then an equal alias is no accident."""
    return any(not word.concepts for word in name)


def _words(index: FieldIndex, name: tuple[Word, ...], comment: tuple[Word, ...], table: tuple[Word, ...]) -> Scores:
    by_name = index.likeness(name)
    if table and sum(word.weight for word in name) < 0.8:
        by_name = np.maximum(by_name * 0.9, index.likeness(name, _telling(table)))
    if not comment:
        return by_name
    if _is_foreign(comment):
        by_name = by_name * FOREIGN_COMMENT
    by_comment = index.likeness(comment)
    if table and sum(word.weight for word in comment) < 0.8:
        by_comment = np.maximum(by_comment * 0.9, index.likeness(comment, _telling(table)))
    both = 0.55 * np.minimum(by_name, by_comment) + 0.6 * np.maximum(by_name, by_comment)
    best: Scores = np.minimum(1.0, np.maximum.reduce([0.95 * by_comment, 0.68 * by_name, both]))
    return best


def _is_foreign(words: tuple[Word, ...]) -> bool:
    """Whether words speak of a system's own or foreign business and of nothing else: ``主键``, ``审核状态``."""
    telling = any(word.weight >= WEIGHTS["role"] for word in words)
    return not telling and any(word.is_foreign for word in words)


def _telling(table: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words of a table's name that a short column name borrows: known ones, three at most."""
    return tuple(word for word in table if word.concepts and word.weight > 0.3)[:3]


def _kind(index: FieldIndex, verdict: ColumnVerdict, words: tuple[Word, ...]) -> Scores:
    points = index.kinds.get(verdict.kind)
    if points is None or verdict.kind == "none":
        return np.zeros(len(index.fields))
    says = PROSE_SAYS if verdict.kind == PROSE else KIND_SAYS
    scores = says * max(0.4, verdict.confidence) * points
    if any(word.is_plumbing for word in words):
        scores = scores * PLUMBING
    if verdict.decided_by == "neighbours" and verdict.kind == "genetic":
        scores = scores * BESIDE_GENES
    fitted: Scores = scores * _fits(index, words, STRANGE_ROLE, UNSAID_ROLE)
    return fitted


def alike(roles: Iterable[str]) -> frozenset[str]:
    """Return `roles` and the other words for the same persons."""
    said = frozenset(roles)
    return said.union(*(family for family in FAMILIES if said & family))


def _of_table(index: FieldIndex, words: tuple[Word, ...], table: tuple[Word, ...]) -> Scores:
    """Return what each row keeps of a column that does not say whose it is, in a table that does: a patient's city is
    no reporter's."""
    spoken = {concept for word in words for concept in word.concepts if index.is_role(concept)}
    owners = {
        concept for word in table if len(word.concepts) == 1 for concept in word.concepts if index.is_role(concept)
    }
    same = alike(owners)
    if spoken or not owners:
        return np.ones(len(index.fields))
    return np.array([1.0 if not roles or roles & same else STRANGE_IN_TABLE for roles in index.roles])


def _fits(index: FieldIndex, words: tuple[Word, ...], strange: float, unsaid: float) -> Scores:
    """Return what each row keeps where the column says whose it is: all of it if the row speaks of the same persons."""
    spoken = {concept for word in words if word.weight < 0.6 for concept in word.concepts if index.is_role(concept)}
    if not spoken:
        return np.ones(len(index.fields))
    return np.array([1.0 if roles & spoken else strange if roles else unsaid for roles in index.roles])


def _together(index: FieldIndex, verdict: ColumnVerdict, words: Scores, kind: Scores, exact: frozenset[int]) -> Scores:
    together: Scores = 1.0 - (1.0 - words) * (1.0 - kind)
    plain = index.kinds.get("none", np.zeros(len(index.fields)))
    if verdict.kind == "none":
        doubt = np.where(plain > 0, 1.0, np.where(index.telling_kind, NO_TELLING_KIND, NO_KIND))
        doubt[list(exact)] = 1.0
        doubted: Scores = together * doubt
        return doubted
    sure = min(1.0, verdict.confidence)
    by_values = "values" in verdict.decided_by
    left = OTHER_KIND if by_values else 1.0 if verdict.kind == PROSE else OTHER_KIND_BY_NAME
    spared = kind > 0
    if not by_values:
        spared[list(exact)] = True
    weighed: Scores = np.where(spared, together, together * (1.0 - (1.0 - left) * sure))
    if verdict.kind in PERSONS_OWN:
        things = [at for at, field in enumerate(index.fields) if set(field.kinds) <= {"none", PROSE}]
        weighed[[at for at in things if at not in exact]] *= NOT_A_THING
    return weighed
