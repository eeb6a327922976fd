"""How a result shows itself: as a document, as JSON, as a page, as a table in a terminal, and in a notebook.

The core knows documents. How a document is laid out is the business of `pipelines`, which says so once by `lay_out`;
the arrows of import go down only.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

Layout = Callable[[Mapping[str, Any], str], str]
"""Takes a document and a language (``en`` or ``zh``), returns text."""

_layouts: dict[str, Layout] = {}
FRAME = '<iframe srcdoc="{page}" style="width:100%;height:{height}px;border:0" sandbox title="{title}"></iframe>'
FRAME_HEIGHT = 720


def lay_out(*, page: Layout, table: Layout) -> None:
    """Say how documents become pages (HTML) and tables (plain text)."""
    _layouts.update(page=page, table=table)


class Shown(ABC):
    """A frozen result that shows itself. It holds no raw value of a personal column, whichever way it is shown."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Return the document as plain data."""

    def to_json(self) -> str:
        """Return the document as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def to_html(self, lang: str = "en") -> str:
        """Return one self-contained page that loads nothing, in English (``en``) or Chinese (``zh``)."""
        return _layout("page")(self.to_dict(), lang)

    def to_text(self, lang: str = "en") -> str:
        """Return the tables that the command line prints."""
        return _layout("table")(self.to_dict(), lang)

    def __str__(self) -> str:
        return self.to_text() if _layouts else repr(self)

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own so that neither's styles touch the other."""
        import html

        page = html.escape(self.to_html(), quote=True)
        return FRAME.format(page=page, height=FRAME_HEIGHT, title=type(self).__name__)


def _layout(name: str) -> Layout:
    if name not in _layouts:
        raise RuntimeError("nobody said how results are laid out: import exportgate.pipelines.api")
    return _layouts[name]
