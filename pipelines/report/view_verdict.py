"""What the page shows of a verdict: the answer, the reasons with their articles, what is open, what remains a duty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..messages import Texts
from ..sentences import told
from .law import Law, law_of
from .view import View

BELOW = "below-"
"""How an effect begins when a line was not reached."""


def view(document: Mapping[str, Any], at: int, texts: Texts) -> View:
    """Return the view of an ``exportgate.verdict/1`` document: no dataset, no counts of an export."""
    law = law_of(str(document.get("regime", "")), date.max, texts)
    tone = tone_of(document)
    return View(
        anchor=f"e{at}",
        name=texts("title"),
        tone=tone,
        verdict=texts("verdict." + tone),
        tier=texts("tier." + tier_key(document)),
        tier_note=route(document, law),
        sentence=paragraph(document, texts),
        facts=[],
        about=[],
        scans=[],
        reasons=reasons(document, law),
        why_notes=why_notes(document, law),
        review=review(document, law),
        duties=[law.duty(str(duty)) for duty in document.get("duties", ())],
        unknown=[*(told(str(warning), texts.lang) for warning in document.get("warnings", ())), law.disclaimer],
        foot=[texts("foot.local")],
        is_check=False,
    )


def tone_of(verdict: Mapping[str, Any], *, blocked: bool = False) -> str:
    """Return ``go``, ``stop`` or ``review``: what a verdict says in one word, as the gate's exit code does."""
    if blocked or (not verdict.get("allowed") and not verdict.get("undecided")):
        return "stop"
    return "review" if verdict.get("undecided") else "go"


def reasons(verdict: Mapping[str, Any], law: Law) -> list[dict[str, Any]]:
    """Return the rules that fired and the nearest that did not, each with its article."""
    from ...scanner import explain

    rows = []
    for reason in verdict.get("reasons", ()):
        counter, observed, line = reason.get("counter"), reason.get("observed"), reason.get("threshold")
        rows.append(
            {
                "rule": law.rule_name(str(reason.get("rule", ""))),
                "id": str(reason.get("rule", "")),
                "counter": law.texts.word("counter", str(counter)) if counter else "",
                "observed": _number(observed),
                "comparison": {"<": "<", ">=": "≥", "<=": "≤"}.get(
                    str(reason.get("comparison")), reason.get("comparison") or ""
                ),
                "line": _number(line),
                "effect": _effect(str(reason.get("effect", "")), law),
                "article": explain.citation(reason, law.texts.lang),
            }
        )
    return rows


def _effect(effect: str, law: Law) -> str:
    """Say what a reason leads to: a route, what it stays below of, or a word."""
    if effect.startswith(BELOW):
        return law.texts("why.below", path=law.path_name(effect.removeprefix(BELOW)))
    return law.texts.word("effects", law.path_name(effect))


def route(verdict: Mapping[str, Any], law: Law) -> str:
    """Name the route, whether it is held where one is required, and what decides while the list is not usable."""
    route = law.path_name(str(verdict.get("path", "")))
    held = law.texts("facts.held" if verdict.get("allowed") else "facts.not_held")
    fallback = verdict.get("fallback") or {}
    if not verdict.get("usable", True) and fallback.get("tier"):
        decides = law.path_name(str(fallback.get("path", "")))
        return law.texts("facts.not_usable", route=route, fallback=decides, held=held)
    return f"{route} ({held})" if verdict.get("paths") else route


def why_notes(verdict: Mapping[str, Any], law: Law) -> list[str]:
    """Return what the reasons do not say: an exemption that is not usable yet, the national result."""
    notes = [] if verdict.get("usable", True) else [law.texts("why.usable_no")]
    fallback = verdict.get("fallback")
    if fallback:
        tier = law.texts("tier." + tier_key(fallback))
        notes.append(law.texts("why.fallback", tier=tier, path=law.path_name(str(fallback.get("path", "")))))
    return notes


def review(verdict: Mapping[str, Any], law: Law) -> list[dict[str, str]]:
    """Return the open questions with what the other answer would mean."""
    texts, found = law.texts, []
    for entry in verdict.get("review", ()):
        other = entry.get("other") or {}
        question, note = law.question(str(entry.get("reading", ""))), told(str(entry.get("note") or ""), texts.lang)
        text = {"question": question, "note": note.removeprefix(question).lstrip(" ;；")}
        text["chosen"] = f"{texts('review.chosen')} {entry['chosen']}" if entry.get("chosen") else ""
        if other:
            tier, path = texts("tier." + tier_key(other)), law.path_name(str(other.get("path", "")))
            text["other"] = texts("review.other", answer=law.other_answer(entry), tier=tier, path=path)
        found.append(text)
    return found


def paragraph(verdict: Mapping[str, Any], texts: Texts) -> str:
    """Return the verdict in a paragraph, as `exportgate explain` says it."""
    try:
        from ...scanner import explain
    except ImportError:
        return ""
    return str(explain.paragraph(dict(verdict), lang=texts.lang))


def tier_key(verdict: Mapping[str, Any]) -> str:
    """Return the key of a tier in the texts."""
    return "none" if verdict.get("tier") is None else str(verdict["tier"])


def _number(value: object) -> str:
    return (
        f"{value:,}"
        if isinstance(value, int) and not isinstance(value, bool)
        else str(value if value is not None else "")
    )
