"""What speaks for no row at all as covering a column: *nothing* is a candidate like the rows, with evidence of its own.

Keys and audit columns, words that name no thing, words of the system, a table of another trade, a dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ..results import ColumnVerdict
from .index import FieldIndex, Scores
from .scoring import KEYS, PROSE, head_of
from .standing import is_audited, is_own_key
from .table_traits import DEEPEST, ColumnTraits, Open, TableTraits, best
from .vocabulary import WEIGHTS, Word, vocabulary
from .words import parts_of, read

OF_NOTHING = (
    "always", "best", "best_words", "best_believed", "best_kind", "personal", "sensitive", "vague", "prose",
    "plain", "plain_unsaid", "elsewhere", "elsewhere_log", "elsewhere_personal", "plumbing", "foreign",
    "some_foreign", "some_plumbing", "unknown", "wordless", "telling", "key", "own_key", "audited", "ends_in_id",
    "given_scenario", "given_sector", "shut", "at_home", "dictionary", "company", "dictionary_plain",
    "company_plain", "generic", "columns", "sure_of_scenario", "catch_all", "undecided", "by_neighbours",
    "confidence", "best_squared", "bare", "short", "of_trade", "topic", "topic_unsaid", "beside", "beside_unsaid",
    "done_by", "done_at", "flag", "refers", "refers_given", "plain_at_home_elsewhere", "relations", "people", "console",
    "plain_given", "unsaid_given", "topic_given", "beside_given", "generic_given", "unknown_given", "learnt",
)  # fmt: skip
"""What speaks for no row at all."""
SHUT = 4.0
"""How loud it is that the likeliest row is shut by what the table is about: rare, and nearly always right."""
YES_NO = ("is", "has", "can", "if", "need", "allow", "enable", "shifou", "sf")
"""How a name begins that asks something."""
FLAGS = ("flag", "yn", "flg", "bz")
VAGUE = frozenset(("account_login_id", "member_id", "pseudonymous_id", PROSE, "order_or_consumption_record"))
"""Kinds that a column there for the system may also be."""


def of_nothing(index: FieldIndex, traits: ColumnTraits, table: TableTraits, open_to: Open) -> Scores:
    """Return the line of `OF_NOTHING`, of plain words and of kinds for a column."""
    column, scores, kept, others = traits.verdict, traits.scores, traits.kept, traits.around.beside
    belief = table.belief
    believed = np.maximum(belief.scenarios, np.exp(DEEPEST))[index.scenario_of]
    spoken = (*read(column.name), *read(head_of(column.comment)))
    plain, personal = float(column.kind == "none"), float(column.is_personal)
    elsewhere = belief.elsewhere if belief.sector is None else 0.0
    best_words = best(scores.words, open_to)
    unlisted = 1.0 - float(belief.scenarios @ index.of_companies)
    topic = best(table.topic, open_to)
    alongside = best(others, open_to)
    by_words, given = _words(spoken), float(belief.scenario is not None)
    says = {
        "always": 1.0,
        "best": best(scores.together, open_to),
        "best_words": best_words,
        "best_believed": best(scores.together * believed, open_to),
        "best_kind": best(scores.kind, open_to),
        "personal": personal,
        "sensitive": float(column.pi == "sensitive"),
        "vague": float(column.kind in VAGUE),
        "prose": float(column.kind == PROSE),
        "plain": plain,
        "plain_unsaid": plain * (1.0 - best_words),
        "elsewhere": elsewhere,
        "elsewhere_log": max(float(np.log(elsewhere + 1e-6)), DEEPEST) if belief.sector is None else 0.0,
        "elsewhere_personal": elsewhere * personal,
        **by_words,
        "key": float(column.name.lower().strip("_") in KEYS),
        "own_key": float(is_own_key(column, table.name)),
        "audited": float(is_audited(column)),
        "ends_in_id": plain * float(column.name.lower().endswith("id")),
        "given_scenario": given,
        "given_sector": float(belief.sector is not None),
        "shut": SHUT * (1.0 - float(kept[np.argmax(np.where(open_to, scores.together, -1.0))])),
        "at_home": plain * best(table.at_home, open_to),
        "dictionary": float(table.lead == "reference"),
        "company": unlisted * float(table.lead == "company"),
        "dictionary_plain": plain * float(table.lead == "reference"),
        "company_plain": plain * unlisted * float(table.lead == "company"),
        "columns": float(np.log(max(1, table.columns))),
        "sure_of_scenario": float(belief.scenarios.max()),
        "catch_all": float(belief.scenarios @ table.catch_alls) if belief.scenario is None else 0.0,
        "undecided": float(column.undecided),
        "by_neighbours": float(column.decided_by == "neighbours"),
        "confidence": column.confidence * personal,
        "best_squared": best(scores.together, open_to) ** 2,
        "bare": float(not spoken),
        "short": float(len(column.name) <= 2),
        "of_trade": table.of_trade,
        "topic": topic,
        "topic_unsaid": topic * (1.0 - best_words),
        "beside": alongside,
        "beside_unsaid": alongside * (1.0 - best_words),
        **_forms(column, table),
        "plain_at_home_elsewhere": plain * elsewhere,
        "relations": table.trades.get("relations", 0.0) * float(belief.sector is None),
        "people": table.trades.get("people", 0.0) * float(belief.sector is None),
        "console": table.trades.get("console", 0.0) * float(belief.sector is None),
        "plain_given": plain * given,
        "unsaid_given": plain * (1.0 - best_words) * given,
        "topic_given": topic * given,
        "beside_given": alongside * given,
        "generic_given": by_words["generic"] * given,
        "unknown_given": by_words["unknown"] * given,
        "learnt": traits.learnt[1],
    }
    said = frozenset().union(*(word.concepts for word in spoken))
    words = [float(concept in said) for concept in plain_concepts()]
    return np.array([says[name] for name in OF_NOTHING] + words + [float(column.kind == kind) for kind in index.kinds])


@lru_cache(maxsize=1)
def plain_concepts() -> tuple[str, ...]:
    """Return the concepts that name no thing by themselves: *status*, *type*, *date*, and a system's own words."""
    weights = vocabulary().weights
    return tuple(sorted(concept for concept, weight in weights.items() if weight < WEIGHTS["role"]))


def names_of_nothing(index: FieldIndex) -> tuple[str, ...]:
    """Return what the line for *nothing* holds, by name."""
    words = (f"word_{concept}" for concept in plain_concepts())
    return (*OF_NOTHING, *words, *(f"kind_{kind}" for kind in index.kinds))


def _forms(column: ColumnVerdict, table: TableTraits) -> dict[str, float]:
    """Return what the form of a name says: who did something and when, a question, the key of another table."""
    parts = parts_of(column.name) or ("",)
    asks = parts[0] in YES_NO or parts[-1] in FLAGS or column.comment.startswith("是否")
    refers = float(parts[-1] in KEYS and len(parts) > 1 and not is_own_key(column, table.name))
    return {
        "done_by": float(len(parts) > 1 and parts[-1] == "by"),
        "done_at": float(len(parts) > 1 and parts[-1] in ("at", "on")),
        "flag": float(asks and len(parts) > 1),
        "refers": refers * float(column.kind in VAGUE),
        "refers_given": refers * float(table.belief.scenario is not None),
    }


def _words(spoken: Sequence[Word]) -> dict[str, float]:
    """Return what a column's own words say about whether it says anything."""
    total = sum(word.weight for word in spoken) + 1e-9
    plumbing = sum(word.weight for word in spoken if word.is_plumbing)
    foreign = sum(word.weight for word in spoken if word.is_foreign)
    telling = sum(word.concepts != frozenset() and word.weight >= WEIGHTS["content"] for word in spoken)
    return {
        "plumbing": plumbing / total,
        "foreign": foreign / total,
        "some_plumbing": float(plumbing > 0),
        "some_foreign": float(foreign > 0),
        "unknown": sum(word.weight for word in spoken if not word.concepts) / total,
        "wordless": float(not telling),
        "telling": float(min(telling, 3)),
        "generic": float(all(word.weight < WEIGHTS["role"] for word in spoken)),
    }
