"""`report.html`: one page that a lawyer can read. Loads nothing, links nowhere, holds no raw value.

The verdict comes first, then the articles, then the persons against the thresholds as a picture, then every personal
column with a masked example, then what is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..messages import texts

Document = Mapping[str, Any]


def render(document: Document | Sequence[Document], lang: str = "en") -> str:
    """Return the page for one ``exportgate.check/1`` or ``exportgate.scan/1`` document, or for several on one page."""
    from .view import view_of

    documents = [document] if isinstance(document, Mapping) else list(document)
    says = texts(lang)
    views = [view_of(one, at, says) for at, one in enumerate(documents, start=1)]
    day = next((str(one["as_of"]) for one in documents if one.get("as_of")), "")
    page = _environment().get_template("page.html.j2")
    return str(page.render(views=views, says=says, day=day, lang={"zh": "zh-CN"}.get(lang, lang)))


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("exportgate.pipelines.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
