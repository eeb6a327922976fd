"""Everything that writing a paper needs: the filing, the edition, the language, and how names and days are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ..messages import Texts
from .paper_blocks import Blank, Cell

if TYPE_CHECKING:
    from ...field_maps.model import Edition, Paper, Text
    from ...scanner.filings import Filing
    from ...scanner.filings.document import FiledExport


@dataclass(frozen=True)
class Writer:
    """Everything that writing a paper needs."""

    filing: Filing
    edition: Edition
    lang: str
    says: Texts
    paper: Paper

    def of(self, text: Text) -> str:
        """Return a text of the edition in the language."""
        return text.in_(self.lang)

    def both(self, text: Mapping[str, Any]) -> str:
        """Return a text of the document in the language."""
        return str(text[self.lang])

    def cite(self, article: str) -> str:
        """Return an article as it is cited in the language."""
        return self.edition.citation(article, self.lang)

    def known(self, value: object, ask: str) -> Cell:
        """Return what is known, or a blank that asks for it."""
        return str(value) if value not in (None, "") else Blank(ask)

    def number(self, at: int) -> str:
        """Return the number of a heading as the language writes it."""
        return f"{'一二三四五六七八九十'[at]}、" if self.lang == "zh" and at < 10 else f"{at + 1}. "


def scenario(writer: Writer, export: FiledExport) -> Cell:
    """Return the name of an export's scenario."""
    return writer.known(plain_scenario(writer, export), "")


def plain_scenario(writer: Writer, export: FiledExport) -> str:
    """Return the name of an export's scenario, or of its threshold row."""
    sector = writer.edition.sector(export.sector)
    named = next((each for each in sector.scenarios if each.id == export.scenario), None)
    return writer.of(named.name if named else writer.edition.row_for(export.sector, export.scenario).name)


def recipient(writer: Writer, export: FiledExport) -> Cell:
    """Return who receives, and where."""
    told = ", ".join(part for part in (export.recipient.name, export.recipient.country) if part)
    return writer.known(told, writer.says("paper.ask_recipient"))


def purpose(writer: Writer, export: FiledExport) -> Cell:
    """Return what the export is for."""
    return writer.known(listed(list(export.purpose), writer), writer.says("paper.ask_purpose"))


def method(writer: Writer, export: FiledExport) -> Cell:
    """Return how the data leaves."""
    return writer.known(writer.says.word("mode", export.mode) if export.mode else "", writer.says("paper.ask_method"))


def listed(names: Sequence[str], writer: Writer) -> str:
    """Return names in a row."""
    return ("、" if writer.lang == "zh" else "; ").join(names)


def day(text: str, writer: Writer) -> str:
    """Return a day as the language writes it."""
    found = date.fromisoformat(text)
    return f"{found.year}年{found.month}月{found.day}日" if writer.lang == "zh" else f"{found.day} {found:%B %Y}"
