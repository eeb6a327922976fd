"""``--format github``: a result as workflow commands, which a continuous-integration page shows beside the change.

The format is the one of GitHub's workflow commands; a line that is no command is plain text, so pre-commit and other
runners show it as well.

>>> annotation("error", "must not go", "300,000 persons\\nsee the list")
'::error title=exportgate%3A must not go::300,000 persons%0Asee the list'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .messages import filled

SAYINGS = {
    "en": {
        "may-go": "may go",
        "must-not-go": "must not go",
        "cannot-decide": "cannot be decided: a person must review",
        "undecided": "column {name} is undecided (likeliest: {kind})",
        "tier": "tier {tier}, path {path}",
        "counted": "{year_to_date} {year_to_date:person|persons} year to date, {new_persons} new",
        "personal": "{personal} of {columns} columns hold personal information, {sensitive} of them sensitive",
        "verified": "{verified} of {fields} fields of the list are verified against the original",
        "reading": "{reading}: read as {chosen}; the other reading gives {other}",
    },
    "zh": {
        "may-go": "可以出境",
        "must-not-go": "不得出境",
        "cannot-decide": "无法判定，须由人工复核",
        "undecided": "列 {name} 未能判定（最可能：{kind}）",
        "tier": "层级 {tier}，路径 {path}",
        "counted": "本年累计 {year_to_date} 人，其中新增 {new_persons} 人",
        "personal": "{columns} 列中有 {personal} 列含个人信息，其中敏感 {sensitive} 列",
        "verified": "清单 {fields} 个字段中已与原文核对 {verified} 个",
        "reading": "{reading}：按 {chosen} 处理；另一种理解的结果为 {other}",
    },
}
LEVELS = {0: "notice", 1: "error", 4: "warning"}
OUTCOMES = {0: "may-go", 1: "must-not-go", 4: "cannot-decide"}


def lines(document: Mapping[str, Any], lang: str = "en") -> Iterator[str]:
    """Return the annotations of a check, a verdict or a scan (``exportgate.check/1`` and so on)."""
    say = SAYINGS[lang]
    if document.get("schema") == "exportgate.verdict/1":
        yield from _of_rules(document, say, lang)
        return
    if "verdict" not in document:
        yield from _of_scan(document, say)
        return
    yield _of_verdict(document, say)
    for finding in document["consistency"]:
        yield annotation("error" if finding["blocks"] else "warning", finding["issue"], finding.get("message", ""))
    for review in document["verdict"].get("review", ()):
        yield annotation("warning", review["reading"], _reading(review, say))
    for scan in document["scans"]:
        yield from _of_scan(scan, say)


def _of_rules(verdict: Mapping[str, Any], say: Mapping[str, str], lang: str) -> Iterator[str]:
    from ..scanner import explain
    from .sentences import told

    code = 4 if verdict["undecided"] else 0 if verdict["allowed"] else 1
    yield annotation(LEVELS[code], say[OUTCOMES[code]], explain.paragraph(verdict, lang))
    for warning in verdict["warnings"]:
        yield annotation("warning", verdict["regime"], told(warning, lang))
    for review in verdict["review"]:
        yield annotation("warning", review["reading"], _reading({**review, "note": told(review["note"], lang)}, say))


def annotation(level: str, title: str, message: str) -> str:
    """Return one workflow command; `level` is ``error``, ``warning`` or ``notice``."""
    escaped = _escape(f"exportgate: {title}").replace(":", "%3A").replace(",", "%2C")
    return f"::{level} title={escaped}::{_escape(message)}"


def _of_verdict(document: Mapping[str, Any], say: Mapping[str, str]) -> str:
    verdict, code = document["verdict"], int(document["exit_code"])
    persons = {name: f"{document['counts'][name]['any']:,}" for name in ("year_to_date", "new_persons")}
    articles = dict.fromkeys(reason["article"] for reason in verdict["reasons"])
    told = [say["tier"].format(**verdict), filled(say["counted"], persons), *articles]
    title = f"{document['export']['id']} {say[OUTCOMES.get(code, 'must-not-go')]}"
    return annotation(LEVELS.get(code, "error"), title, "\n".join(told))


def _of_scan(scan: Mapping[str, Any], say: Mapping[str, str]) -> Iterator[str]:
    columns, edition = scan["columns"], scan["list"]
    counted = {
        "columns": len(columns),
        "personal": sum(column["pi"] != "none" for column in columns),
        "sensitive": sum(column["pi"] == "sensitive" for column in columns),
    }
    verified = say["verified"].format(fields=edition["fields"], verified=edition["fields_verified"])
    yield annotation("notice", scan["source"], f"{say['personal'].format(**counted)}\n{verified}")
    for column in columns:
        if column["undecided"]:
            yield annotation("warning", scan["source"], say["undecided"].format(**column))


def _reading(review: Mapping[str, Any], say: Mapping[str, str]) -> str:
    other = review.get("other")
    named = other.get("path", "") if isinstance(other, Mapping) else str(other or "")
    told = say["reading"].format(reading=review["reading"], chosen=review.get("chosen", ""), other=named)
    return f"{told}\n{review['note']}" if review.get("note") else told


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
