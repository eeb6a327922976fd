"""Row predicates in a small, safe part of SQL: columns, literals, comparisons, `and or not in is null like`.

Nothing else parses: no function, no sub-query, no comment, no second statement. A predicate is true, false or unknown
(SQL's three-valued logic), and only *true* takes a row out of a count.

>>> parse("channel = 'cross_border' and not vip").columns
('channel', 'vip')
>>> parse("1; drop table person")
Traceback (most recent call last):
    ...
exportgate.scanner.errors.UsageError: unexpected ';' at character 2
Hint: allowed are columns, literals, comparisons, and, or, not, in, is null, like
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn

from .errors import UsageError
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

MAX_LENGTH, MAX_DEPTH = 10_000, 60
MAX_WHOLE, MAX_FRACTION = 20, 18
"""Digits before and after the point: as many as numbers are compared with exactly (unsigned 64-bit, and a fraction)."""
HINT: Final = "allowed are columns, literals, comparisons, and, or, not, in, is null, like"


_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?(?![\w.]))
      | (?P<string>'(?:[^']|'')*')
      | (?P<quoted>"(?:[^"]|"")+"|`[^`]+`)
      | (?P<word>[^\W0-9]\w*)
      | (?P<operator><>|!=|<=|>=|=|<|>)
      | (?P<mark>[(),.\-])""",
    re.VERBOSE,
)
_WORDS = frozenset({"and", "or", "not", "in", "is", "null", "like", "true", "false"})


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str, where: str) -> list[_Token]:
    found, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or text.startswith("--", position):
            _refuse(text, position, where)
        kind = str(match.lastgroup)
        if kind == "word" and match[0].isascii() and match[0].lower() in _WORDS:
            kind = "keyword"
        if kind != "space":
            found.append(_Token(kind, match[0].lower() if kind == "keyword" else match[0], position))
        position = match.end()
    return [*found, _Token("end", "", len(text))]


def _refuse(text: str, position: int, where: str) -> NoReturn:
    what = f"unexpected {text[position]!r}" if position < len(text) else "unexpected end"
    raise UsageError(f"{what} at character {position + 1}", where=where, hint=HINT)


class _Parser:
    """Recursive descent: or < and < not < predicate."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        self.tokens = _tokens(text, where)
        self.position = self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.position]

    def take(self, *texts: str) -> bool:
        if self.token.kind in ("keyword", "operator", "mark") and self.token.text in texts:
            self.position += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.take(text):
            _refuse(self.text, self.token.at, self.where)

    def disjunction(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UsageError(f"nested deeper than {MAX_DEPTH}", where=self.where)
        parts = [self.conjunction()]
        while self.take("or"):
            parts.append(self.conjunction())
        self.depth -= 1
        return _balanced("or", parts)

    def conjunction(self) -> Node:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return _balanced("and", parts)

    def negation(self) -> Node:
        count = 0
        while self.take("not"):
            count += 1
        node = self.predicate()
        return Not(node) if count % 2 else node

    def predicate(self) -> Node:
        if self.take("("):
            node = self.disjunction()
            self.need(")")
            return node
        left = self.operand()
        if self.take("is"):
            return self.null_test(left)
        negated = self.take("not")
        if self.take("in"):
            node = In(left, self.values())
        elif self.take("like"):
            node = Like(left, self.pattern())
        elif negated:
            _refuse(self.text, self.token.at, self.where)
        else:
            return self.comparison(left)
        return Not(node) if negated else node

    def null_test(self, left: Column | Constant) -> Node:
        negated = self.take("not")
        self.need("null")
        return Not(IsNull(left)) if negated else IsNull(left)

    def comparison(self, left: Column | Constant) -> Node:
        operator = self.token.text
        if self.token.kind != "operator":
            if isinstance(left, Column) or isinstance(left.value, bool):
                return left
            _refuse(self.text, self.token.at, self.where)
        self.position += 1
        return Comparison("<>" if operator == "!=" else operator, left, self.operand())

    def values(self) -> tuple[Literal, ...]:
        self.need("(")
        found = [self.literal()]
        while self.take(","):
            found.append(self.literal())
        self.need(")")
        return tuple(found)

    def pattern(self) -> str:
        value = self.literal()
        if not isinstance(value, str):
            raise UsageError("like needs a text pattern", where=self.where)
        return value

    def operand(self) -> Column | Constant:
        if self.token.kind in ("word", "quoted"):
            return self.column()
        return Constant(self.literal())

    def column(self) -> Column:
        first = self.name()
        return Column(self.name(), first) if self.take(".") else Column(first)

    def name(self) -> str:
        token = self.token
        if token.kind not in ("word", "quoted"):
            _refuse(self.text, token.at, self.where)
        self.position += 1
        return token.text if token.kind == "word" else token.text[1:-1].replace('""', '"')

    def literal(self) -> Literal:
        sign = -1 if self.take("-") else 1
        token = self.token
        constants: dict[str, Literal] = {"true": True, "false": False, "null": None}
        if token.kind == "number":
            self.position += 1
            return sign * self.number(token)
        if sign == 1 and token.kind == "string":
            self.position += 1
            return token.text[1:-1].replace("''", "'")
        if sign == 1 and token.kind == "keyword" and token.text in constants:
            self.position += 1
            return constants[token.text]
        _refuse(self.text, token.at, self.where)

    def number(self, token: _Token) -> int | Decimal:
        whole, _, fraction = token.text.partition(".")
        if len(whole.lstrip("0")) > MAX_WHOLE or len(fraction) > MAX_FRACTION:
            what = f"a number of more than {MAX_WHOLE} digits, or {MAX_FRACTION} after the point"
            raise UsageError(f"{what}, at character {token.at + 1}", where=self.where)
        return Decimal(token.text) if fraction else int(whole)


def _balanced(operator: str, parts: list[Node]) -> Node:
    """Join many terms as a flat tree: a thousand of them must not need a thousand frames to evaluate."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return Both(operator, _balanced(operator, parts[:middle]), _balanced(operator, parts[middle:]))


def parse(text: str, where: str = "") -> Expression:
    """Parse a predicate; UsageError names `where` (a dotted path) and the character that is not allowed."""
    if len(text) > MAX_LENGTH:
        raise UsageError(f"longer than {MAX_LENGTH} characters", where=where)
    parser = _Parser(text, where)
    tree = parser.disjunction()
    if parser.token.kind != "end":
        _refuse(text, parser.token.at, where)
    return Expression(text, tree, where)
