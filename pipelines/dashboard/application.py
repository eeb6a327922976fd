"""The application: addresses and what answers them. Reads only; every answer passes the doorkeeper first."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import blake2s
from importlib import resources
from typing import TYPE_CHECKING, Any

from ...scanner.errors import ExportgateError
from ..extras import need
from ..messages import LANGUAGES, Texts, texts
from .entrance import Doorkeeper, Entrance
from .page import Page, number
from .pages import dataset, edition, exports, filings, overview, scenario, what_if
from .reading import Reader

with need("dashboard"):
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
    from starlette.routing import Route

if TYPE_CHECKING:
    from jinja2 import Environment

THEMES = ("light", "dark", "auto")
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".yaml": "application/yaml",
}
A_YEAR = 365 * 24 * 3600
YEARS = range(2000, 9999 + 1)
View = Callable[[Page], dict[str, Any]]


def application(reader: Reader, entrance: Entrance | None = None) -> Doorkeeper:
    """Return the dashboard over a ledger's reader, as an ASGI application."""
    desk = _Desk(reader)
    routes = [
        Route("/", desk.page("overview", overview.view)),
        Route("/scenario/{sector}/{row}", desk.page("scenario", _scenario)),
        Route("/exports", desk.page("exports", exports.view)),
        Route("/exports/{booking}", desk.page("dataset", _dataset)),
        Route("/filings", desk.page("filings", filings.view)),
        Route("/list", desk.page("list", edition.view)),
        Route("/what-if", desk.page("what_if", what_if.view)),
        Route("/metrics", desk.metrics),
        Route("/pulse", desk.pulse),
        Route("/preferences", _preferences),
        Route("/static/{name}", _static),
        Route("/monitoring/{name}", _monitoring),
    ]
    for name in _environment().list_templates():
        _environment().get_template(name)  # compiled now, not on somebody's first page
    handlers: Any = {HTTPException: desk.failed, ExportgateError: desk.failed, Exception: desk.failed}
    return Doorkeeper(Starlette(routes=routes, exception_handlers=handlers), entrance or Entrance())


def warm(reader: Reader) -> None:
    """Do once, before anybody waits for it, what the first page and the first scrape would have to load."""
    from . import metrics

    year = reader.year()
    year.edition.status()
    for lang in LANGUAGES:
        overview.view(Page(year, texts(lang), {}))
    metrics.exposition(reader, "")


class _Desk:
    """Answers requests from one reader. Its methods run in threads: reading and drawing block nobody else."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def page(self, name: str, view: View) -> Callable[[Request], Response]:
        """Return what answers a page's address."""

        def answer(request: Request) -> Response:
            page = self._page_of(request)
            shown = view(page)
            return _rendered(name, request, page.texts, page=page, **shown)

        return answer

    def _page_of(self, request: Request) -> Page:
        asked = {**dict(request.query_params), **request.path_params}
        year = asked.get("year", "")
        chosen = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 and int(year) in YEARS else None
        return Page(self.reader.year(chosen), texts(_language(request)), asked)

    def metrics(self, request: Request) -> Response:
        """Answer Prometheus in the form it asks for: OpenMetrics, or the older text format."""
        from . import metrics

        body, kind = metrics.exposition(self.reader, request.headers.get("accept", ""))
        return Response(body, headers={"content-type": kind, "cache-control": "no-store"})

    def pulse(self, request: Request) -> Response:
        """Answer whether anything was booked since: an open page asks now and then."""
        year = self.reader.year()
        beat = blake2s(f"{year.mark}{year.day}".encode(), digest_size=8).hexdigest()
        return JSONResponse({"beat": beat}, headers={"cache-control": "no-store"})

    def failed(self, request: Request, error: Exception) -> Response:
        """Answer with one sentence: no trace, no value, and a code that machines understand."""
        says = texts(_language(request))
        if isinstance(error, HTTPException):
            status, what, hint = error.status_code, says("dash.error.not_found"), ""
        elif isinstance(error, ExportgateError):
            status, what, hint = 503, str(error).partition("\n")[0], error.hint
        else:
            status, what, hint = 500, says("dash.error.failed", kind=type(error).__name__), ""
        if not request.url.path.startswith(("/metrics", "/pulse", "/static", "/monitoring")):
            return _rendered("error", request, says, status, page=None, code=status, what=what, hint=hint)
        return PlainTextResponse(f"{what}\n", status, headers={"cache-control": "no-store"})


def _scenario(page: Page) -> dict[str, Any]:
    return _found(scenario.view(page, page.asked["sector"], page.asked["row"]))


def _dataset(page: Page) -> dict[str, Any]:
    return _found(dataset.view(page, page.asked["booking"]))


def _found(shown: dict[str, Any] | None) -> dict[str, Any]:
    if shown is None:
        raise HTTPException(404)
    return shown


def _language(request: Request) -> str:
    """Return the reader's language: asked for, chosen before, or the browser's."""
    for asked in (request.query_params.get("lang"), request.cookies.get("lang")):
        if asked in LANGUAGES:
            return str(asked)
    return "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"


def _theme(request: Request) -> str:
    asked = request.query_params.get("theme") or request.cookies.get("theme") or "auto"
    return asked if asked in THEMES else "auto"


def _preferences(request: Request) -> Response:
    """Remember a language or a theme in the reader's browser, and go back to the page."""
    back = request.query_params.get("to", "/")
    inside = back.startswith("/") and not back.startswith("//") and "\\" not in back and back.isprintable()
    answer = RedirectResponse(back if inside else "/", 303, headers={"cache-control": "no-store"})
    for name, known in (("lang", LANGUAGES), ("theme", THEMES)):
        chosen = request.query_params.get(name)
        if chosen in known:
            answer.set_cookie(name, str(chosen), max_age=A_YEAR, samesite="lax", httponly=True)
    return answer


@lru_cache(maxsize=1)
def _assets() -> Mapping[str, bytes]:
    """Return every file of ``static``: what is not in this table cannot be asked for, whatever the path looks like."""
    folder = resources.files(__package__).joinpath("static")
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


@lru_cache(maxsize=1)
def _marks() -> dict[str, str]:
    return {name: blake2s(body, digest_size=6).hexdigest() for name, body in _assets().items()}


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    body = _assets().get(name)
    if body is None:
        raise HTTPException(404)
    kept = f"public, max-age={A_YEAR}, immutable" if request.query_params.get("v") == _marks()[name] else "no-cache"
    kind = KINDS.get(name[name.rfind(".") :], "application/octet-stream")
    return Response(body, headers={"content-type": kind, "cache-control": kept})


def _monitoring(request: Request) -> Response:
    """Answer with the Grafana dashboard or the alert rules that belong to these metrics."""
    folder = resources.files(__package__).joinpath("monitoring")
    known = {entry.name: entry for entry in folder.iterdir() if entry.is_file()}
    name = request.path_params["name"]
    if name not in known:
        raise HTTPException(404)
    return Response(known[name].read_bytes(), headers={"content-type": KINDS[name[name.rfind(".") :]]})


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("exportgate.pipelines.dashboard", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["number"] = number
    found.filters["place"] = lambda value: f"{value:.2f}"
    found.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
    found.globals["asset"] = lambda name: f"/static/{name}?v={_marks()[name]}"
    return found


def _rendered(name: str, request: Request, says: Texts, status: int = 200, **shown: Any) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    around = {
        "says": says,
        "t": lambda key, **facts: says(f"dash.{key}", **facts),
        "lang": "zh-CN" if says.lang == "zh" else says.lang,
        "other": "en" if says.lang == "zh" else "zh",
        "theme": _theme(request),
        "here": request.url.path + query,
        "active": name,
    }
    body = _environment().get_template(f"{name}.html.j2").render(**around, **shown)
    return HTMLResponse(body, status, headers={"cache-control": "no-store"})
