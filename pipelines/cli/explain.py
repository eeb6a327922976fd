"""`exportgate explain`: a verdict in a paragraph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from . import options
from .evaluate import answer_text, read_document


@click.command()
@click.argument("verdict", metavar="VERDICT.json")
@options.output("text", "json", "html", "github")
def explain(verdict: str, form: str, out: Path | None, lang: str, **_: Any) -> None:
    """Tell a verdict in a paragraph. VERDICT.json is a verdict or a check document; - reads it from standard input."""
    from ...scanner import explain as telling

    document, _where = read_document(verdict)
    if isinstance(document, dict) and isinstance(document.get("verdict"), dict):
        document = document["verdict"]
    text = telling.paragraph(document, lang=lang)
    if form in {"html", "github"}:
        text = answer_text(document, form, lang)
    if form == "json":
        text = json.dumps({"schema": "exportgate.explanation/1", "lang": lang, "text": text}, ensure_ascii=False)
    options.write(text, out)
