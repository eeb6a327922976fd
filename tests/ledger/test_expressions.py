"""Row predicates mean what SQL means, exactly; nothing but a predicate parses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exportgate.scanner import expressions
from exportgate.scanner.errors import UsageError
from exportgate.scanner.expressions_arrow import is_true

BIG = 2**53
TEXTS = ["", "a", "a%b", "a_b", "A", "张伟", "a\nb", "it's", "10", "9", "x" * 40, None]
COLUMNS: dict[str, tuple[pa.DataType, list[Any]]] = {
    "n": (pa.int64(), [0, 1, -5, BIG, BIG + 1, 2**63 - 1, None]),
    "u": (pa.uint64(), [0, 1, 2**64 - 1, 2**64 - 2, None]),
    "f": (pa.float64(), [0.0, 0.5, -1.25, 0.1, 1e18, None]),
    "c": (pa.decimal128(20, 4), [Decimal("0.1"), Decimal("12.3456"), Decimal(-5), None]),
    "t": (pa.string(), TEXTS),
    "s": (pa.string(), TEXTS),
    "b": (pa.bool_(), [True, False, None]),
    "d": (pa.date32(), [date(2026, 1, 1), date(1999, 12, 31), None]),
}
LITERALS = {
    "n": ["0", "1", "-5", str(BIG), str(BIG + 1), str(2**63 - 1), "0.5", "null"],
    "u": ["0", str(2**64 - 1), str(2**64 - 2), "null"],
    "f": ["0", "0.5", "-1.25", "0.1", "null"],
    "c": ["0.1", "12.3456", "12.345", "-5", "null"],
    "t": ["'a'", "''", "'a%b'", "'it''s'", "'张伟'", "'10'", "null"],
    "b": ["true", "false", "null"],
    "d": ["'2026-01-01'", "'1999-12-31'", "null"],
}
OPERATORS = ["=", "<>", "!=", "<", "<=", ">", ">="]
PATTERNS = ["'a%'", "'%'", "'_'", "'a_b'", "'%b'", "'a'", "''", "'%''%'", "'张_'"]


def quoted(name: str) -> str:
    return f'"{name}"'


names = st.sampled_from(sorted(LITERALS))
comparison = names.flatmap(
    lambda name: st.builds(
        lambda operator, literal: f"{quoted(name)} {operator} {literal}",
        st.sampled_from(OPERATORS),
        st.sampled_from(LITERALS[name]),
    )
)
membership = names.flatmap(
    lambda name: st.builds(
        lambda negated, values: f"{quoted(name)} {'not ' * negated}in ({', '.join(values)})",
        st.booleans(),
        st.lists(st.sampled_from(LITERALS[name]), min_size=1, max_size=3),
    )
)
pattern = st.builds(lambda negated, text: f"t {'not ' * negated}like {text}", st.booleans(), st.sampled_from(PATTERNS))
null_test = st.builds(lambda name, negated: f"{quoted(name)} is {'not ' * negated}null", names, st.booleans())
two_columns = st.builds(
    lambda operator, pair: f"{pair[0]} {operator} {pair[1]}",
    st.sampled_from(OPERATORS),
    st.sampled_from([("t", "s"), ("n", "u"), ("n", "f"), ("n", "c"), ("d", "d"), ("n", "n")]),
)
predicate = st.recursive(
    st.one_of(comparison, membership, pattern, null_test, two_columns, st.just('"b"'), st.just("true")),
    lambda inner: st.one_of(
        st.builds(lambda a, o, b: f"({a} {o} {b})", inner, st.sampled_from(["and", "or"]), inner),
        st.builds(lambda a: f"not ({a})", inner),
    ),
    max_leaves=6,
)


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    count = draw(st.integers(1, 8))
    return pa.table(
        {
            name: pa.array(draw(st.lists(st.sampled_from(values), min_size=count, max_size=count)), kind)
            for name, (kind, values) in COLUMNS.items()
        }
    )


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(), predicate)
def test_a_predicate_is_true_where_duckdb_says_so(table: pa.Table, where: str) -> None:
    batch = table.to_batches()[0]
    ours = is_true(expressions.parse(where), batch).to_pylist()
    with duckdb.connect() as connection:
        connection.register("given", table)
        theirs = connection.sql(f"select ({where}) is true from given").fetchall()
    assert ours == [row[0] for row in theirs], where


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("t = 9007199254740993", [True, False, False]),
        ("t > 5", [True, False, False]),
        ("t <> 9007199254740992", [True, False, False]),
        ("not (t = 5)", [True, False, False]),
        ("t like '%'", [True, True, False]),
    ],
)
def test_a_dirty_cell_is_unknown_and_numbers_in_text_are_exact(where: str, rows: list[bool]) -> None:
    batch = pa.record_batch({"t": pa.array(["9007199254740993", "n/a", None])})
    assert is_true(expressions.parse(where), batch).to_pylist() == rows


REFUSED = [
    *("", " ", "t", "t = 'x", 't = "a" or', "t = 1;", "1; drop table person", "t = 1 -- x", "t/**/= 1", "t = 1 /* x"),
    *("sleep(9)", "t in (select 1)", "exists (select 1)", "t = 1 union select 1", "t between 1 and 2", "t ilike 'a'"),
    *("t ＝ 1", "t = ’x’", "t = 0x5", "t = 1e5", "a.b.c = 1", "t := 1", "t = $1", "t = ?", "t = :x", "t \u017fike 'a'"),
    *("t li\u212ae 'a'", "t = " + "9" * 30, "t = " + "9" * 5000, "(" * 61 + "t = 1" + ")" * 61, "x" * 10_001),
]


@pytest.mark.parametrize("where", [text for text in REFUSED if text != "t"])
def test_nothing_but_a_predicate_parses(where: str) -> None:
    with pytest.raises(UsageError) as refused:
        expressions.parse(where, "exclusions[0].where")
    assert refused.value.where == "exclusions[0].where"
    assert len(str(refused.value)) < 250


def test_a_thousand_terms_are_evaluated() -> None:
    where = " or ".join(["n = 7"] * 1100)
    assert is_true(expressions.parse(where), pa.record_batch({"n": [7, 8]})).to_pylist() == [True, False]


@pytest.mark.parametrize("where", ["d > 'yesterday'", "n > 'many'"])
def test_a_literal_that_cannot_be_meant_names_its_place(where: str) -> None:
    batch = pa.record_batch({"d": pa.array([date(2026, 1, 1)]), "n": [1]})
    with pytest.raises(UsageError) as refused:
        is_true(expressions.parse(where, "roles[2].where"), batch)
    assert refused.value.where == "roles[2].where"
