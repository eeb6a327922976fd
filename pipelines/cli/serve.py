"""`exportgate serve`: the dashboard and /metrics, on this machine unless somebody is made to guard the door."""

from __future__ import annotations

import datetime as dt
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...scanner.errors import ExitCode, UsageError
from . import options

if TYPE_CHECKING:
    from ..dashboard import Entrance

PORT = 8340
TOKEN_VARIABLE = "EXPORTGATE_TOKEN"  # noqa: S105 - a variable's name


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes a free one.")
@click.option("--token-file", type=click.Path(path_type=Path), help=f"Holds the token (or ${TOKEN_VARIABLE}).")
@click.option("--proxy-header", default="", metavar="NAME", help="A header in which a reverse proxy names the user.")
@click.option("--proxy-from", multiple=True, metavar="ADDRESS", help="The proxy's address or network; repeatable.")
@click.option(
    "--filing",
    "filings",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILING",
    help="Hold the year against a filing; repeatable.",
)
@options.configuration
@options.as_of
@click.option("--quiet", is_flag=True, help="No messages.")
def serve(
    host: str,
    port: int,
    token_file: Path | None,
    proxy_header: str,
    proxy_from: tuple[str, ...],
    filings: tuple[Path, ...],
    config: Path | None,
    ledger_url: str | None,
    as_of: dt.date | None,
    quiet: bool,
) -> int:
    """Show the year on pages and to Prometheus. Reads the ledger, never writes it.

    Open to this machine only. On another address a token is required (any user name with the token as the password, or
    a bearer token for Prometheus), or a reverse proxy that names the user in a header.
    """
    import threading

    from ...scanner import filings as spot_check
    from .. import api, dashboard
    from ..dashboard.reading import Reader
    from ..extras import need

    with need("dashboard"):
        import uvicorn

    entrance = dashboard.Entrance(_token(token_file), proxy_header, proxy_from)
    dashboard.require_guarded(host, entrance)
    settings = api.settings(config)
    read = tuple(spot_check.read(path) for path in filings)
    reader = Reader(settings, ledger_url or settings.ledger_url, as_of, read)
    dashboard.warm(reader)  # a wrong key, ledger or list is said now, not on the first page
    listening = _listen(host, port)
    threading.Thread(target=reader.keep_warm, name="ledger-watch", daemon=True).start()
    if not quiet:
        _announce(listening, entrance)
    chosen = uvicorn.Config(
        dashboard.application(reader, entrance),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=100,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=16_384,
        ws="none",
    )
    with suppress(KeyboardInterrupt):  # Ctrl-C is how a server ends
        uvicorn.Server(chosen).run(sockets=[listening])
    return ExitCode.MAY_GO


def _token(file: Path | None) -> str:
    """Return the token of a file that only its owner may read, or of the environment; empty when there is none."""
    if file is None:
        return os.environ.get(TOKEN_VARIABLE, "").strip()
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise UsageError("others can read the token", where=str(file), hint=f"chmod 600 {file}")
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the token cannot be read ({type(error).__name__})", where=str(file)) from None
    if not token:
        raise UsageError("the token file is empty", where=str(file))
    return token


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or type(error).__name__
        raise UsageError(f"cannot listen on {host}:{port} ({why})", where="serve", hint="another --port?") from None
    return listening


def _announce(listening: socket.socket, entrance: Entrance) -> None:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    guard = "token required" if entrance.token else "behind a proxy" if entrance.header else "this machine only"
    click.echo(f"Dashboard: http://{shown}:{port}/  ({guard}; metrics at /metrics; stop with Ctrl-C)", err=True)
    sys.stderr.flush()
