"""The views of the offline site: Great Expectations' own, with our templates in front of its own.

Named in a project's `great_expectations.yml`; importing this module also registers the gate's expectations, so that a
project that has the site knows them as soon as its pages are built.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

from great_expectations.render.view.view import DefaultJinjaIndexPageView, DefaultJinjaPageView
from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup

from .. import expectations as _registered  # noqa: F401 - importing it registers the expectations

_REMOTE = re.compile(r"url\(\s*['\"]?https?:[^)]*\)")


class _Offline:
    """Put our templates first, and take remote addresses out of the stock styles."""

    env: Any

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.env.loader = ChoiceLoader([DictLoader(_files()), self.env.loader])
        self.env.filters["offline"] = offline
        self.env.globals["cell_html"] = _cell_html


class OfflinePageView(_Offline, DefaultJinjaPageView):
    """A suite's or a validation's page."""


class OfflineIndexView(_Offline, DefaultJinjaIndexPageView):
    """The site's first page."""


def offline(styles: str) -> Markup:
    """Return styles without anything that a browser would fetch.

    >>> str(offline("a { background: url('https://example.org/x.png') } b { color: red }"))
    'a { background: none } b { color: red }'
    """
    return Markup(_REMOTE.sub("none", str(styles)))  # noqa: S704 - styles of installed packages, never data


def _cell_html(value: Any) -> Any:
    """Return the text of a cell of the index, which Great Expectations has rendered to HTML already."""
    return Markup(value) if isinstance(value, str) and value.lstrip().startswith("<") else value  # noqa: S704


def _files() -> dict[str, str]:
    here = resources.files(__package__)
    found = [file for folder in ("templates", "vendor") for file in (here / folder).iterdir()]
    return {file.name: file.read_text(encoding="utf-8") for file in found if file.name.endswith((".j2", ".css"))}
