"""The examples of the integration pages, as the tests run them."""

from __future__ import annotations

import re
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "integrations"


def example(page: str, number: int = 0, language: str = "python") -> str:
    """Return the `number`-th block of a language on a page."""
    text = (PAGES / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)[number]
