"""What the gate says to people, in English and Chinese: one YAML file per language, same keys in both.

>>> texts("en")("verdict.go"), texts("zh")("verdict.go")
('May go', '可以出境')
>>> texts("en")("bars.more", persons="1,000", tier="Tier 2")
'1,000 more persons until Tier 2'
>>> texts("en")("bars.more", persons="1", tier="Tier 2")
'1 more person until Tier 2'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from string import Formatter
from typing import Any

from ...field_maps.yaml_files import shipped

LANGUAGES = ("en", "zh")


class _Forms(Formatter):
    """Fills placeholders; ``{rows:row was|rows were}`` is its first form where `rows` is 1, the other otherwise."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, apart, several = format_spec.partition("|")
        return (one if str(value) == "1" else several) if apart else str(format(value, format_spec))


_FORMS = _Forms()


def filled(text: str, facts: Mapping[str, object]) -> str:
    """Return a text with its placeholders filled in, in the form for one or for several.

    >>> filled("{rows} {rows:row was|rows were} read", {"rows": 1}), filled("{rows:row|rows}", {"rows": "1,000"})
    ('1 row was read', 'rows')
    """
    return _FORMS.vformat(text, (), facts)


@dataclass(frozen=True)
class Texts:
    """The texts of one language, found by dotted key; an unknown key is a KeyError."""

    lang: str
    _tree: dict[str, Any] = field(repr=False)

    def __call__(self, key: str, **facts: object) -> str:
        """Return the text of `key` with its ``{placeholders}`` filled in."""
        found: Any = self._tree
        for part in key.split("."):
            found = found[part]
        return filled(str(found), facts) if facts else str(found)

    def word(self, group: str, name: str) -> str:
        """Return the text for a word of a vocabulary, or the word itself where a newer vocabulary has more."""
        return str(self._tree[group].get(name, name))

    def short(self, number: int) -> str:
        """Return a number as an axis shows it.

        >>> texts("en").short(3_000_000), texts("zh").short(500_000), texts("en").short(12_500), texts("en").short(1)
        ('3M', '50万', '12.5k', '1')
        """
        for size, sign in ((10_000, "万"),) if self.lang == "zh" else ((1_000_000, "M"), (1_000, "k")):
            if number >= size:
                return f"{number / size:,.10g}{sign}"
        return f"{number:,}"


@lru_cache(maxsize=len(LANGUAGES))
def texts(lang: str) -> Texts:
    """Return the texts of a language (``en`` or ``zh``)."""
    if lang not in LANGUAGES:
        raise ValueError(f"no such language: {lang}")
    return Texts(lang, shipped(__package__, f"{lang}.yaml"))
