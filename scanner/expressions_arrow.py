"""Evaluate a predicate on Arrow record batches, in SQL's three-valued logic.

A text column compared with a number is read as numbers; a cell that is none is unknown, never an error, so one dirty
cell cannot take a row out of the count. Numbers are compared exactly unless one side is a floating-point column: two
member numbers of eighteen digits that differ in the last one are different.
"""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .errors import UsageError
from .expressions import MAX_FRACTION, MAX_WHOLE
from .expressions_tree import (
    Both,
    Column,
    Comparison,
    Constant,
    Expression,
    In,
    IsNull,
    Like,
    Literal,
    Node,
    Not,
)
from .identity_values import as_text

_COMPARE = {
    "=": pc.equal,
    "<>": pc.not_equal,
    "<": pc.less,
    "<=": pc.less_equal,
    ">": pc.greater,
    ">=": pc.greater_equal,
}
_NUMBER = rf"^\s*[+-]?0*[0-9]{{1,{MAX_WHOLE}}}(?:\.[0-9]{{1,{MAX_FRACTION}}})?\s*$"
_EXACT = pa.decimal128(MAX_WHOLE + MAX_FRACTION, MAX_FRACTION)


def check_columns(expression: Expression, names: dict[str, tuple[str, ...]], where: str = "") -> None:
    """Raise UsageError unless every column of the predicate is one of the sources' (`names`: source → columns)."""
    for column in expression.references:
        sources = [column.source] if column.source else list(names)
        if not any(column.name in names.get(source, ()) for source in sources):
            known = sorted({name for columns in names.values() for name in columns})
            near = difflib.get_close_matches(column.name, known, 1)
            hint = f"did you mean {near[0]}?" if near else ""
            raise UsageError(f"no such column: {column.name}", where=where, hint=hint)


def applies_to(expression: Expression, source: str, columns: tuple[str, ...]) -> bool:
    """Tell whether every column of the predicate is in this source."""
    return all(column.source in ("", source) and column.name in columns for column in expression.references)


def is_true(expression: Expression, batch: Any) -> Any:
    """Return a Boolean array without nulls: the rows of `batch` for which the predicate is true."""
    return pc.fill_null(_Evaluation(batch, expression.where).of(expression.tree), False)


class _Evaluation:
    def __init__(self, batch: Any, where: str) -> None:
        self.batch, self.where = batch, where

    def of(self, node: Node) -> Any:  # noqa: PLR0911 - one return per kind of node
        if isinstance(node, Both):
            combine = pc.and_kleene if node.operator == "and" else pc.or_kleene
            return combine(self.of(node.left), self.of(node.right))
        if isinstance(node, Not):
            return pc.invert(self.of(node.operand))
        if isinstance(node, IsNull):
            return pc.is_null(self.value(node.operand), nan_is_null=True)
        if isinstance(node, In):
            return self.membership(node)
        if isinstance(node, Like):
            return pc.match_like(as_text(self.value(node.operand)), node.pattern)
        if isinstance(node, Comparison):
            return self.comparison(node)
        return self.truth(node)

    def value(self, operand: Column | Constant) -> Any:
        if isinstance(operand, Column):
            array = self.batch.column(operand.name)
            return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
        return pa.array([operand.value] * self.batch.num_rows)

    def truth(self, operand: Column | Constant) -> Any:
        return self.compare("=", operand, Constant(True))

    def membership(self, node: In) -> Any:
        results = [self.compare("=", node.operand, Constant(value)) for value in node.values]
        combined = results[0]
        for result in results[1:]:
            combined = pc.or_kleene(combined, result)
        return combined

    def comparison(self, node: Comparison) -> Any:
        return self.compare(node.operator, node.left, node.right)

    def compare(self, operator: str, left: Column | Constant, right: Column | Constant) -> Any:
        if any(isinstance(side, Constant) and side.value is None for side in (left, right)):
            return pa.nulls(self.batch.num_rows, pa.bool_())
        if isinstance(right, Constant):
            a, b = self.against(self.value(left), right.value)
        elif isinstance(left, Constant):
            b, a = self.against(self.value(right), left.value)
        else:
            a, b = self.columns(self.value(left), self.value(right))
        return _COMPARE[operator](a, b)

    def against(self, array: Any, value: Literal) -> tuple[Any, Any]:
        """Bring a column and a literal to one type."""
        kind = array.type
        if isinstance(value, bool):
            return self.as_bool(array), value
        if isinstance(value, (int, Decimal)):
            return self.numbers(array, value)
        if pa.types.is_temporal(kind):
            return self.as_time(array), pa.scalar(self.moment(str(value)), pa.timestamp("us"))
        if pa.types.is_boolean(kind) or _is_number(kind):
            return self.numbers(array, self.number(str(value)))
        return as_text(array), pa.scalar(value, pa.large_string())

    def columns(self, a: Any, b: Any) -> tuple[Any, Any]:
        if pa.types.is_floating(a.type) or pa.types.is_floating(b.type):
            return self.as_float(a), self.as_float(b)
        if _is_number(a.type) or _is_number(b.type):
            return self.as_exact(a), self.as_exact(b)
        if pa.types.is_temporal(a.type) and pa.types.is_temporal(b.type):
            return self.as_time(a), self.as_time(b)
        return as_text(a), as_text(b)

    def numbers(self, array: Any, value: int | Decimal) -> tuple[Any, Any]:
        """Bring a column and a number to one type: floating columns as such, everything else exactly."""
        if pa.types.is_floating(array.type):
            return self.as_float(array), float(value)
        return self.as_exact(array), pa.scalar(Decimal(value), _EXACT)

    def as_float(self, array: Any) -> Any:
        if not pa.types.is_floating(array.type):
            array = self.as_exact(array)
        numbers = pc.cast(array, pa.float64(), safe=False)
        return pc.if_else(pc.is_nan(numbers), None, numbers)

    def as_exact(self, array: Any) -> Any:
        if pa.types.is_boolean(array.type):
            array = pc.cast(array, pa.int8())
        if pa.types.is_integer(array.type):
            return pc.cast(array, _EXACT)
        if pa.types.is_decimal(array.type):
            return self.within(array)
        texts = as_text(array)
        known = pc.match_substring_regex(texts, _NUMBER)
        trimmed = pc.replace_substring_regex(pc.utf8_trim_whitespace(texts), r"^\+", "")
        return pc.cast(pc.if_else(known, trimmed, pa.scalar(None, pa.large_string())), _EXACT)

    def within(self, decimals: Any) -> Any:
        """Return decimals in the exact type; one that is too long for it is unknown."""
        try:
            return pc.cast(decimals, _EXACT)
        except pa.ArrowInvalid:
            return self.as_exact(pc.cast(decimals, pa.large_string()))

    def as_bool(self, array: Any) -> Any:
        if pa.types.is_boolean(array.type):
            return array
        if _is_number(array.type):
            return pc.not_equal(*self.numbers(array, 0))
        texts = pc.utf8_lower(pc.utf8_trim_whitespace(as_text(array)))
        yes = pc.is_in(texts, pa.array(["true", "t", "yes", "y", "1", "是"], pa.large_string()))
        no = pc.is_in(texts, pa.array(["false", "f", "no", "n", "0", "否"], pa.large_string()))
        return pc.if_else(pc.or_(yes, no), yes, pa.scalar(None, pa.bool_()))

    def as_time(self, array: Any) -> Any:
        if pa.types.is_timestamp(array.type) and array.type.tz is not None:
            array = pc.local_timestamp(array)
        return pc.cast(array, pa.timestamp("us"), safe=False)

    def moment(self, text: str) -> datetime:
        try:
            return (
                datetime.fromisoformat(text)
                if len(text) > 10
                else datetime.combine(date.fromisoformat(text), datetime.min.time())
            )
        except ValueError:
            raise UsageError(
                "a date column is compared with text that is no date (YYYY-MM-DD)", where=self.where
            ) from None

    def number(self, text: str) -> Decimal:
        if not re.match(_NUMBER, text):
            raise UsageError("a number column is compared with text that is no number", where=self.where)
        return Decimal(text.strip())


def _is_number(kind: Any) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
