"""Variable names that a data standard fixes (`data/headers/standards.yaml`): a table in its spelling is read by it.

>>> family(["STUDYID", "USUBJID", "AESEQ", "AETERM"])
'cdisc'
>>> kind_of("cdisc", "AETERM"), kind_of("cdisc", "AESEQ"), kind_of("cdisc", "SOMETHING")
('diagnosis', 'none', '')
>>> family(["AELLT", "AEDECOD", "AEBODSYS", "AESEV", "AEREFID"]), family(["AERIAL", "AEROBIC", "AEGIS", "AEON", "AERO"])
('cdisc', '')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from .data_files import read_yaml

_MARKS = 2
_CONTENT = 4


@cache
def _families() -> dict[str, Any]:
    return read_yaml("headers/standards.yaml")


def family(names: Iterable[str]) -> str:
    """Return the standard whose marks a table's column names show, or an empty string."""
    upper = {name.upper() for name in names}
    for name, rules in _families().items():
        marks = upper & set(rules["marks"])
        if len(marks) >= _MARKS or (marks & _telling(rules) and _is_known(str(name), upper - marks)):
            return str(name)
    return next((str(name) for name, rules in _families().items() if _is_of_domain(str(name), rules, upper)), "")


def _is_of_domain(standard: str, rules: dict[str, Any], names: set[str]) -> bool:
    """Whether most names are one domain's variables, whose table was cut out without its marks."""
    own = [name for name in names if name[:2] in rules["domains"] and kind_of(standard, name)]
    told = [name for name in own if kind_of(standard, name) != "none"]
    return len(own) * 2 > len(names) and len(told) >= _CONTENT and len({name[:2] for name in own}) == 1


def _telling(rules: dict[str, Any]) -> set[str]:
    """The marks one of which is enough beside variables that are the standard's own: all of them, or those named."""
    alone = rules.get("one_mark") or ()
    return set(rules["marks"]) if alone is True else set(alone)


def _is_known(standard: str, names: set[str]) -> bool:
    """Whether two of the other names, or the only one, are the standard's own."""
    return bool(names) and _known(standard, names) >= min(_MARKS, len(names))


def _known(standard: str, names: set[str]) -> int:
    """How many names a standard has a kind of personal data for."""
    return sum(kind_of(standard, name) not in ("", "none") for name in names)


@cache
def _patterns(standard: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = _families()[standard]
    found = [(re.compile(p), kind) for kind, patterns in rules["names"].items() for p in patterns]
    found += [(re.compile(p), "none") for p in rules["plain"]]
    return (*found, *((re.compile(p), "free_text") for p in rules["free_text"]))


@cache
def kind_of(standard: str, name: str) -> str:
    """Return the kind a standard gives a variable: ``none`` for a technical one, empty for a name it does not know."""
    upper = name.upper()
    for pattern, kind in _patterns(standard):
        if pattern.fullmatch(upper):
            return kind
    return _by_domain(_families()[standard], upper)


def _by_domain(rules: dict[str, Any], name: str) -> str:
    domain, suffix = name[:2], name[2:]
    if suffix in rules["structural"] and domain.isalpha():
        return "none"
    if domain not in rules["domains"]:
        own = rules.get("sponsor_domains")
        return (
            str(own["kind"])
            if own and domain.isalpha() and domain not in own["design"] and suffix in own["content"]
            else ""
        )
    if suffix in rules["exempt_content"].get(domain, ()):
        return "none"
    for kind, suffixes in rules["content_of"].items():
        if suffix in suffixes:
            return str(kind)
    return str(rules["domains"][domain]) if suffix in rules["content"] else ""
