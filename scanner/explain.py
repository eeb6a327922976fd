"""A verdict in one paragraph, in English or Chinese: which rule, which number, what follows.

The same text stands in the report, the suite and the dashboard. Everything it says is in the verdict; names and
wordings come from the editions the verdict's rules belong to.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .. import field_maps
from ..field_maps.model import Edition, Text
from ..field_maps.nodes import Node
from .counting_exclusions import provisions
from .errors import UsageError
from .tiers import exemption

REACHED, BELOW = ">=", "<"
UNUSABLE = "eligible-not-yet-usable"
SCHEMA = "exportgate.verdict/1"

COUNTERS = {
    "en": {
        "any": "persons",
        "non_sensitive": "persons with non-sensitive items",
        "sensitive": "persons with sensitive items",
        "sensitive_with_accounts_or_diagnosis": "persons with account or diagnosis data",
    },
    "zh": {
        "any": "个人信息主体",
        "non_sensitive": "非敏感个人信息主体",
        "sensitive": "敏感个人信息主体",
        "sensitive_with_accounts_or_diagnosis": "含账户或诊疗数据的敏感个人信息主体",
    },
}

WORDS = {
    "en": {
        "tier": "Under {regime} this export is in tier {tier}: {path}.",
        "no_tier": "Under {regime} no tier applies: {path}.",
        "routes": " Required at once: {routes}.",
        "because": " Reason: {reasons}.",
        "join": "; ",
        "reached": "{name}: {observed:,} {counter} reach {threshold:,} ({article})",
        "below": "{name}: {observed:,} {counter} stay below {threshold:,} ({article})",
        "quantity_reached": "{name}: {observed:,} reach {threshold:,} ({article})",
        "quantity_below": "{name}: {observed:,} stay below {threshold:,} ({article})",
        "stated": "{name} ({article})",
        "fallback": " The national rule alone would say tier {tier}: {path}.",
        "unusable": " No valid off-list filing makes the list usable ({article}), so the national rule decides.",
        "allowed": " Every route that is required is held: the export may go.",
        "free": " No route is required: the export may go.",
        "refused": " A required route is not held: the export must not go.",
        "headroom": " The next tier ({next_tier}) is reached with {persons:,} further {counter}.",
        "undecided": " A person must review it before anything is concluded.",
        "review": " Open questions with another outcome: {names}.",
        "list": "; ",
    },
    "zh": {
        "tier": "依据{regime}，本次出境属于第{tier}档：{path}。",
        "no_tier": "依据{regime}，不适用档位：{path}。",
        "routes": "须同时满足：{routes}。",
        "because": "理由：{reasons}。",
        "join": "；",
        "reached": "{name}：{counter}{observed:,}人，达到{threshold:,}人（{article}）",
        "below": "{name}：{counter}{observed:,}人，未达到{threshold:,}人（{article}）",
        "quantity_reached": "{name}：{observed:,}，达到{threshold:,}（{article}）",
        "quantity_below": "{name}：{observed:,}，未达到{threshold:,}（{article}）",
        "stated": "{name}（{article}）",
        "fallback": "仅按全国规则，则属于第{tier}档：{path}。",
        "unusable": "无有效的清单外备案意见，清单结果尚不可用（{article}），因此按全国规则判定。",
        "allowed": "所需程序均已具备：可以出境。",
        "free": "无须办理出境程序：可以出境。",
        "refused": "所需程序尚未具备：不得出境。",
        "headroom": "再增加{persons:,}名{counter}即达到第{next_tier}档。",
        "undecided": "须由人工复核后方可得出结论。",
        "review": "尚无定论、另一理解结果不同的问题：{names}。",
        "list": "；",
    },
}


def paragraph(verdict: Mapping[str, Any], lang: str = "en") -> str:
    """Return `verdict` (an ``exportgate.verdict/1`` document) as a paragraph in `lang` (``en`` or ``zh``).

    UsageError when the document is something else.
    """
    _check(verdict)
    words = WORDS["zh" if lang == "zh" else "en"]
    return "".join(
        (
            _answer(verdict, lang, words),
            _reasons(verdict, lang, words),
            _fallback(verdict, lang, words),
            _consequence(verdict, words),
            _headroom(verdict, lang, words),
            words["undecided"] if verdict["undecided"] else "",
            _review(verdict, lang, words),
        )
    )


def _check(verdict: Mapping[str, Any]) -> None:
    def fail(what: str, path: str, hint: str) -> None:
        raise UsageError(what, where=f"verdict: {path}" if path else "verdict", hint=hint)

    node = Node(verdict, "", fail)  # type: ignore[arg-type]
    node.mapping()
    if verdict.get("schema") != SCHEMA:
        node.at("schema").fail("not a verdict", f"expected {SCHEMA}, as `exportgate evaluate --format json` prints it")
    for key in ("regime", "path", "paths", "fallback", "usable", "allowed", "undecided", "reasons", "review"):
        if key not in verdict:
            node.at(key).fail(f"missing key: {key}")


def _answer(verdict: Mapping[str, Any], lang: str, words: Mapping[str, str]) -> str:
    key = "no_tier" if verdict["tier"] is None else "tier"
    regime = _regime(verdict["regime"], lang)
    text = words[key].format(regime=regime, tier=verdict["tier"], path=_path(verdict["path"], lang))
    if len(verdict["paths"]) > 1:
        routes = words["join"].join(_path(path, lang) for path in verdict["paths"])
        text += words["routes"].format(routes=routes)
    return text


def _reasons(verdict: Mapping[str, Any], lang: str, words: Mapping[str, str]) -> str:
    told = [_reason(reason, lang, words) for reason in _deciding(verdict)]
    return words["because"].format(reasons=words["join"].join(told)) if told else ""


def _deciding(verdict: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What fired under the rules that spoke, or the line that came nearest; the fallback's own lines are left out."""
    reasons = [reason for reason in verdict["reasons"] if reason["effect"] != UNUSABLE]
    own = [r for r in reasons if verdict["usable"] or not _national(r)] or reasons
    fired = [reason for reason in own if reason["comparison"] != BELOW]
    near = sorted((r for r in own if r["comparison"] == BELOW and r["counter"]), key=_share)[-1:]
    return fired if any(reason["counter"] for reason in fired) or verdict["tier"] != 0 else [*fired, *near]


def _share(reason: Mapping[str, Any]) -> float:
    return float(reason["observed"] / reason["threshold"])


def _national(reason: Mapping[str, Any]) -> bool:
    return str(reason["rule"]).split("/", 1)[0] == field_maps.national_rule().id


def _reason(reason: Mapping[str, Any], lang: str, words: Mapping[str, str]) -> str:
    name = rule_name(reason["rule"], lang)
    counter = COUNTERS["zh" if lang == "zh" else "en"].get(reason["counter"] or "")
    facts = {**reason, "name": name, "counter": counter, "article": citation(reason, lang)}
    if reason["observed"] is None or reason["threshold"] is None:
        return words["stated"].format(**facts)
    key = "reached" if reason["comparison"] == REACHED else "below"
    return words[key if reason["counter"] else f"quantity_{key}"].format(**facts)


def _fallback(verdict: Mapping[str, Any], lang: str, words: Mapping[str, str]) -> str:
    fallback = verdict["fallback"]
    same = (fallback["tier"], fallback["path"]) == (verdict["tier"], verdict["path"])
    if same or (verdict["tier"] is None and field_maps.find(verdict["regime"]) is None):
        return ""
    text = words["fallback"].format(tier=fallback["tier"], path=_path(fallback["path"], lang))
    unusable = [reason for reason in verdict["reasons"] if reason["effect"] == UNUSABLE]
    return text + "".join(words["unusable"].format(article=citation(reason, lang)) for reason in unusable)


def _consequence(verdict: Mapping[str, Any], words: Mapping[str, str]) -> str:
    if not verdict["allowed"]:
        return words["refused"]
    needs_nothing = not verdict["paths"] and verdict["usable"]
    return words["free"] if needs_nothing else words["allowed"]


def _headroom(verdict: Mapping[str, Any], lang: str, words: Mapping[str, str]) -> str:
    headroom = verdict.get("headroom")
    if not headroom or headroom.get("persons") is None:
        return ""
    counter = COUNTERS["zh" if lang == "zh" else "en"].get(headroom["counter"], headroom["counter"])
    return words["headroom"].format(persons=headroom["persons"], counter=counter, next_tier=headroom["next_tier"])


def _review(verdict: Mapping[str, Any], lang: str, words: Mapping[str, str]) -> str:
    names = dict.fromkeys(_question(entry["reading"], lang) for entry in verdict["review"])
    return words["review"].format(names=words["list"].join(names)) if names else ""


def _question(reading: str, lang: str) -> str:
    """Return what is open: the question of a reading, the name of an item or a rule; with its id."""
    for edition in filter(None, map(field_maps.find, field_maps.known_ids())):
        texts = {known.id: known.question for known in edition.readings}
        texts |= {item.id: item.name for item in edition.items.values()}
        texts |= {rule.id: rule.text for rule in edition.rules.values()}
        if reading in texts:
            said = texts[reading].in_(lang).rstrip("?？")
            return f"{said}（{reading}）" if lang == "zh" else f"{said} ({reading})"
    return reading


def _path(path: str, lang: str) -> str:
    return next((known.name.in_(lang) for known in field_maps.national_rule().paths if known.id == path), path)


def _regime(regime: str, lang: str) -> str:
    edition = field_maps.find(regime)
    if edition:
        return edition.title.in_(lang)
    found = (known for known in field_maps.national_rule().regimes if known.id == regime)
    return next((known.name.in_(lang) for known in found), regime)


def citation(reason: Mapping[str, Any], lang: str) -> str:
    """Return the article a reason cites, as it reads in `lang`."""
    edition = field_maps.find(str(reason["rule"]).split("/", 1)[0])
    return edition.citation(reason["article"], lang) if edition else str(reason["article"])


def rule_name(rule: str, lang: str = "en") -> str:
    """Return what a rule is called in `lang`; the id itself when no known edition has it."""
    edition = field_maps.find(rule.split("/", 1)[0])
    found = _names(edition.id).get(rule) if edition else None
    return found.in_(lang) if found else rule


@lru_cache(maxsize=8)
def _names(edition_id: str) -> dict[str, Text]:
    edition = field_maps.find(edition_id)
    assert edition is not None
    names = {row.rule: row.name for _, row in edition.rows} | {item.rule: item.name for item in edition.items.values()}
    names |= {rule.rule: rule.text for rule in edition.rules.values()}
    names |= {regime.rule: regime.name for regime in edition.regimes}
    names |= {e.rule: e.name for sector in edition.sectors for e in sector.exclusions}
    names |= {s.third_bucket.rule: s.third_bucket.name for s in edition.sectors if s.third_bucket}
    return names | _general(edition)


def _general(edition: Edition) -> dict[str, Text]:
    names: dict[str, Text] = {}
    if edition.id == field_maps.national_rule().id:
        bases = provisions()["bases"].items()
        names |= {exemption.rule_of(basis): Text(**known["name"]) for basis, known in bases}
    if edition.ciio:
        names[edition.ciio.rule] = Text("operator of critical information infrastructure", "关键信息基础设施运营者")
    if edition.important_data:
        names[edition.important_data.rule] = edition.important_data.text
    if edition.third_bucket:
        names[edition.third_bucket.rule] = edition.third_bucket.name
    if edition.filing:
        rules = (edition.filing.unusable, *edition.filing.rules, *edition.filing.grounds)
        names |= {rule.rule: rule.text for rule in rules}
    return names
