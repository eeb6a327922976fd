"""Patterns over paths and table names: ``*`` and ``?`` inside one folder, ``**`` across folders, ``{name}`` captured.

>>> pattern("members/{dt}/**/*.parquet").captures("members/2026-11/a/b/part-1.parquet")
{'dt': '2026-11'}
>>> pattern("**/*.csv").matches("orders.csv")
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ...scanner.errors import UsageError

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True)
class Pattern:
    """A pattern, ready to match."""

    text: str
    expression: re.Pattern[str]

    def matches(self, path: str) -> bool:
        """Whether the whole path matches."""
        return self.expression.fullmatch(path) is not None

    def captures(self, path: str) -> dict[str, str] | None:
        """Return the captured parts, or None when the path does not match."""
        found = self.expression.fullmatch(path)
        return None if found is None else found.groupdict()


@lru_cache(maxsize=4096)
def pattern(text: str) -> Pattern:
    """Return a pattern; UsageError when a part is captured twice."""
    made, at = "", 0
    for token in _TOKEN.finditer(text):
        made += re.escape(text[at : token.start()]) + _meaning(token)
        at = token.end()
    try:
        return Pattern(text, re.compile(made + re.escape(text[at:]), re.DOTALL))
    except re.error:
        raise UsageError("captures one part twice", where=f"pattern {text}") from None


def filled(template: object, parts: dict[str, str], where: str) -> object:
    """Return a template (text, or nested keys and values) with its ``{parts}`` filled in.

    >>> filled({"id": "members-{dt}"}, {"dt": "2026-11"}, "manifest")
    {'id': 'members-2026-11'}
    """
    if isinstance(template, dict):
        return {key: filled(value, parts, f"{where}.{key}") for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, parts, where) for value in template]
    if not isinstance(template, str):
        return template
    for name in _PLACE.findall(template):
        if name not in parts:
            known = ", ".join(sorted(parts))
            raise UsageError(f"{{{name}}} is captured by no pattern", where=where, hint=f"there are {known}")
    return _PLACE.sub(lambda found: parts[found.group(1)], template)


def _meaning(token: re.Match[str]) -> str:
    if token.group(1):
        return f"(?P<{token.group(1)}>[^/]+?)"
    return {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}[token.group()]
