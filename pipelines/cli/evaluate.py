"""`exportgate evaluate`: the tier rules alone, on given counts."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click

from ...scanner.errors import UsageError
from .. import api
from .. import config as configuration
from . import options, verdict_text


@click.command()
@click.argument("facts", metavar="FACTS.json")
@click.option("--reading", "readings", multiple=True, metavar="NAME=ANSWER", help="Answer an open reading.")
@click.option("--config", type=click.Path(path_type=Path), help="Another exportgate.yaml (its readings are used).")
@options.as_of
@options.output("text", "json", "html", "github")
def evaluate(facts: str, readings: tuple[str, ...], config: Path | None, as_of: dt.date | None, **asked: Any) -> None:
    """Say which tier given counts reach, and why. FACTS.json is an exportgate.facts/1 document; - reads it from stdin.

    Exits 0 when the facts could be evaluated, whatever the answer; 2 when they cannot be true.
    """
    from ...scanner import tiers

    settings = configuration.load(config)
    document, where = read_document(facts)
    if isinstance(document, dict):
        document.setdefault("list", settings.list)
        if as_of is not None:
            document["as_of"] = as_of.isoformat()
    known = tiers.Facts.from_dict(document, as_of=api.today(), where=where)
    verdict = tiers.evaluate(known, {**settings.config.answers, **known.readings, **_pairs(readings)})
    answer = verdict.to_dict()
    options.write(answer_text(answer, asked["form"], asked["lang"]), asked["out"])


def answer_text(verdict: dict[str, Any], form: str, lang: str) -> str:
    """Return a verdict as JSON, a page or annotations, or as text for a person."""
    if form == "json":
        return json.dumps(verdict, ensure_ascii=False, indent=2)
    if form == "html":
        from .. import report

        return report.render(verdict, lang)
    if form == "github":
        from .. import annotations

        return "\n".join(annotations.lines(verdict, lang))
    return verdict_text.render(verdict, lang)


def read_document(name: str) -> tuple[Any, str]:
    """Return the JSON or YAML document in the file `name`, or on standard input for -, and what to call it."""
    from ...scanner import documents

    if name != "-":
        return documents.read(Path(name)), name
    text = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    if not text.strip():
        raise UsageError("nothing on standard input", where="-")
    return documents.parse(text, where="standard input"), "standard input"


def _pairs(readings: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for pair in readings:
        name, separator, answer = pair.partition("=")
        if not separator:
            raise UsageError(f"expected NAME=ANSWER, found {pair}", where="--reading")
        pairs[name.strip()] = answer.strip()
    return pairs
