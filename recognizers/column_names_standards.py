"""Variable names that a data standard or a published layout fixes: a table in its spelling is read by it.

The standards stand in ``data/headers/standards.yaml``, layouts of databases and products in ``layouts.yaml`` beside it.

>>> family(["STUDYID", "USUBJID", "AESEQ", "AETERM"])
'cdisc'
>>> kind_of("cdisc", "AETERM"), kind_of("cdisc", "AESEQ"), kind_of("cdisc", "SOMETHING")
('diagnosis', 'none', '')
>>> family(["AELLT", "AEDECOD", "AEBODSYS", "AESEV", "AEREFID"]), family(["AERIAL", "AEROBIC", "AEGIS", "AEON", "AERO"])
('cdisc', '')
>>> family(["subject_id", "hadm_id", "itemid", "valuenum"]), family(["subject_id", "room_id", "value"])
('mimic', '')
>>> family(["psnNo", "setlId"]), family(["psnNo", "deptName"])
('nhsa', '')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from .data_files import read_yaml

_MARKS = 2
_CONTENT = 4
_CARE = ("patient", "clinical", "person_key")
_HUMP = re.compile("(?<=[a-z0-9])(?=[A-Z])")


@cache
def _families() -> dict[str, Any]:
    return {**read_yaml("headers/layouts.yaml"), **read_yaml("headers/standards.yaml")}


def family(names: Iterable[str]) -> str:
    """Return the standard whose marks a table's column names show, of several that which knows most, or nothing."""
    spelled = {name.upper(): name for name in names}
    columns = [*spelled.values()]
    followed = [name for name, rules in _families().items() if _is_followed(name, rules, columns)]
    if followed:
        return max(followed, key=lambda one: sum(kind_of(one, name) != "" for name in columns))
    return next((name for name, rules in _families().items() if _is_of_domain(name, rules, set(spelled))), "")


def about(standard: str) -> frozenset[str]:
    """Return what rows in the spelling of a standard are about: somebody's care, where it says nothing else.

    >>> sorted(about("cdisc")), sorted(about("omop_vocabulary"))
    (['clinical', 'patient', 'person_key'], ['reference'])
    """
    return frozenset(_families()[standard].get("about", _CARE))


def _spellings(name: str) -> set[str]:
    """Return a name in capitals, as it is and with bars between its words where a program wrote them as humps."""
    return {name.upper(), _HUMP.sub("_", name).upper()}


def _is_followed(standard: str, rules: dict[str, Any], columns: Sequence[str]) -> bool:
    spelled = [_spellings(name) for name in columns]
    every = set().union(*spelled)
    if every & set(rules.get("without", ())) or ("needs" in rules and not every & set(rules["needs"])):
        return False
    marks = set(rules["marks"])
    others = [name for name, said in zip(columns, spelled, strict=True) if marks.isdisjoint(said)]
    if len(columns) - len(others) >= rules.get("least", _MARKS):
        return True
    return bool(every & _telling(rules)) and _is_known(standard, others, len(columns))


def _is_of_domain(standard: str, rules: dict[str, Any], names: set[str]) -> bool:
    """Whether most names are one domain's variables, whose table was cut out without its marks."""
    own = [name for name in names if name[:2] in rules.get("domains", ()) and kind_of(standard, name)]
    told = [name for name in own if kind_of(standard, name) != "none"]
    return len(own) * 2 > len(names) and len(told) >= _CONTENT and len({name[:2] for name in own}) == 1


def _telling(rules: dict[str, Any]) -> set[str]:
    """The marks one of which is enough beside variables that are the standard's own: all of them, or those named."""
    alone = rules.get("one_mark") or ()
    return set(rules["marks"]) if alone is True else set(alone)


def _is_known(standard: str, names: Sequence[str], columns: int) -> bool:
    """Whether two of the other names, or the only one, are somebody's by the standard, or it knows them all."""
    if not names:
        return False
    kinds = [kind_of(standard, name) for name in names]
    return sum(kind not in ("", "none") for kind in kinds) >= min(_MARKS, len(names)) or (
        columns > _MARKS and all(kinds)
    )


@cache
def _patterns(standard: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = _families()[standard]
    found = [(re.compile(p), kind) for kind, patterns in rules.get("names", {}).items() for p in patterns]
    found += [(re.compile(p), "none") for p in rules.get("plain", ())]
    return (*found, *((re.compile(p), "free_text") for p in rules.get("free_text", ())))


@cache
def kind_of(standard: str, name: str) -> str:
    """Return the kind a standard gives a variable: ``none`` for a technical one, empty for a name it does not know."""
    for upper in sorted(_spellings(name)):
        for pattern, kind in _patterns(standard):
            if pattern.fullmatch(upper):
                return kind
    return _by_domain(_families()[standard], name.upper())


def _by_domain(rules: dict[str, Any], name: str) -> str:
    domain, suffix = name[:2], name[2:]
    if "domains" not in rules:
        return ""
    if suffix in rules["structural"] and domain.isalpha():
        return "none"
    if domain not in rules["domains"]:
        return _by_sponsor(rules["sponsor_domains"], domain, suffix)
    if suffix in rules["exempt_content"].get(domain, ()):
        return "none"
    for kind, suffixes in rules["content_of"].items():
        if suffix in suffixes:
            return str(kind)
    return str(rules["domains"][domain]) if suffix in rules["content"] else ""


def _by_sponsor(rules: dict[str, Any], domain: str, suffix: str) -> str:
    """The kind of a variable whose domain a sponsor named himself; of the design of a trial, nobody's."""
    if not domain.isalpha() or suffix not in rules["content"]:
        return ""
    return "none" if domain in rules["design"] else str(rules["kind"])
