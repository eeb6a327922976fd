"""`filing pack`: read what there is, draft the filing, write the papers. Nothing is booked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ...scanner.errors import UsageError
from ...scanner.filings import Filing, read

if TYPE_CHECKING:
    from ...field_maps.model import Edition

JSON_NAME = "filing.json"


def prepare(
    sources: Sequence[str],
    manifests: Sequence[Path],
    *,
    config: Path | None,
    ledger_url: str | None,
    as_of: date,
    year: int,
    given: Path | None = None,
) -> tuple[Filing, Edition]:
    """Return the filing as far as it is known, and the edition it speaks of.

    UsageError for sources without exactly one manifest, a year that has not begun, or a year without any export.
    """
    from ... import field_maps
    from ...scanner.manifest import Manifest
    from .. import api
    from . import drafting

    settings = api.settings(config)
    if given is not None:
        if sources or manifests:
            raise UsageError("a completed filing needs no sources and no manifests", where="--from")
        filing = read(given)
        return filing, field_maps.load(filing.list or settings.list)
    if sources and len(manifests) != 1:
        raise UsageError("sources are one export: give exactly one manifest with -m", where="filing pack")
    if year > as_of.year:
        raise UsageError(f"{year} has not begun", where="--year")
    book = api.open_ledger(ledger_url, config=settings)
    said = [Manifest.from_file(path) for path in manifests]
    paths = api.expand(sources)
    checks = [api.check(paths, manifests[0], config=settings, ledger=book, as_of=as_of, suite=False)] if sources else []
    known = drafting.know(settings, book, year, as_of, manifests=said, checks=checks)
    if not said and not any(one.settled for one in known.record.left):
        raise UsageError(
            f"nothing left in {year} according to the ledger, and no manifest says what is to be filed",
            where="filing pack",
            hint="give the export's manifest with -m, and its sources",
        )
    return drafting.draft(known), known.edition


def write(filing: Filing, edition: Edition, folder: Path, languages: Sequence[str]) -> list[Path]:
    """Write filing.json and the papers in the given languages; return the files."""
    from .papers import papers
    from .word_file import word_file

    made = [
        (f"{paper.id}.{lang}.docx", word_file(paper)) for lang in languages for paper in papers(filing, edition, lang)
    ]
    text = json.dumps(filing.to_dict(), ensure_ascii=False, indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (*made, (JSON_NAME, text.encode())):
            (folder / name).write_bytes(content)
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror})", where=str(folder)) from None
    return [folder / name for name in (*(name for name, _ in made), JSON_NAME)]
