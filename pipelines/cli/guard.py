"""`exportgate guard SOURCE… -m MANIFEST -- COMMAND…`: the command runs only if the gate passes."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...scanner.errors import ExitCode, ExportgateError, LedgerError, UsageError
from . import check as checking
from . import options

if TYPE_CHECKING:
    from ...scanner.ledger import Book


class Guarded(click.Command):
    """A command whose arguments end at ``--``; what follows is another program's."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the program after ``--`` out before the options are read."""
        if "--" not in args and {"-h", "--help"} & set(args):
            return super().parse_args(ctx, args)
        if "--" not in args:
            raise UsageError(
                "no command to guard", where="guard", hint="exportgate guard SOURCE -m MANIFEST -- COMMAND"
            )
        cut = args.index("--")
        ctx.obj = args[cut + 1 :]
        if not ctx.obj:
            raise UsageError("no command after --", where="guard")
        return super().parse_args(ctx, args[:cut])


@click.command(cls=Guarded)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("-m", "--manifest", type=click.Path(path_type=Path), required=True, help="What this export is.")
@click.option(
    "--on-failure",
    type=click.Choice(["hold", "release"]),
    default="hold",
    help="What becomes of the reservation when COMMAND fails; release only where a failed transfer sends nothing.",
)
@options.configuration
@options.engine
@options.as_of
@options.output("text", "json", "html", "github")
@click.pass_context
def guard(
    ctx: click.Context,
    sources: tuple[str, ...],
    manifest: Path,
    on_failure: str,
    config: Path | None,
    ledger_url: str | None,
    as_of: date | None,
    form: str,
    out: Path | None,
    lang: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Check and reserve the export; run COMMAND only if it may go; book it when COMMAND succeeds.

    When COMMAND fails, something may have left: the reservation is held until `commit` or `release` says which.
    """
    checked = checking.run(sources, manifest, config, ledger_url, as_of, quiet=quiet, reserve=True)
    if out is not None:
        options.write(checking.shown(checked, form, lang), out)
    elif not quiet or checked.reservation is None:
        click.echo(checking.shown(checked, "text", lang), err=True)
    if checked.reservation is None:
        code = checked.exit_code or ExitCode.MUST_NOT_GO
        click.echo(f"exportgate: the gate stopped the export; the command did not run (exit {int(code)})", err=True)
        return code
    from .. import api

    book = api.open_ledger(ledger_url, config=config)
    status = _run(ctx.obj)
    _settle(book, checked.reservation, status, on_failure, checked.as_of)
    return status


def _run(command: list[str]) -> int:
    try:
        status = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own command
    except FileNotFoundError:
        click.echo(f"exportgate: no such command: {command[0]}", err=True)
        return 127
    except PermissionError:
        click.echo(f"exportgate: not executable: {command[0]}", err=True)
        return 126
    except KeyboardInterrupt:
        return 130
    return status if status >= 0 else 128 - status


def _settle(book: Book, reservation: str, status: int, on_failure: str, on: date) -> None:
    from .. import api

    if status == 0:
        try:
            book.commit(reservation, on, now=api.now())
        except Exception as error:
            reason = error.what if isinstance(error, ExportgateError) else type(error).__name__
            what = f"the command succeeded but its transfer could not be booked, the reservation is kept ({reason})"
            raise LedgerError(what, where="guard", hint=f"exportgate commit {reservation} --on {on}") from None
        click.echo(f"exportgate: the command succeeded; {reservation} committed", err=True)
        return
    if book.booking(reservation).state == "committed":
        click.echo(f"exportgate: the command ended with {status}; {reservation} was booked before, as it is", err=True)
        return
    never_ran = status in {126, 127}
    if on_failure == "release" or never_ran:
        book.release(reservation, f"the command ended with {status}", now=api.now())
        click.echo(f"exportgate: the command ended with {status}; {reservation} released", err=True)
        return
    book.hold(reservation, f"the command ended with {status}", now=api.now())
    click.echo(
        f"exportgate: the command ended with {status}; something may have left, so {reservation} keeps its headroom\n"
        f"It left:      exportgate commit {reservation} --on {on}\n"
        f"Nothing left: exportgate release {reservation} --why …",
        err=True,
    )
