"""`exportgate guard SOURCE… -m MANIFEST -- COMMAND…`: the command runs only if the gate passes."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from ...scanner.errors import ExitCode, UsageError
from ..guarded import HOLD, RELEASE, Transfer
from . import check as checking
from . import options

FORWARDED = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2")
NEVER_RAN = {126, 127}


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
    type=click.Choice([HOLD, RELEASE]),
    default=HOLD,
    help="What becomes of the reservation when COMMAND fails; release only where a failed transfer sends nothing.",
)
@options.configuration
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

    transfer = Transfer(api.open_ledger(ledger_url, config=config), checked)
    status = _run(ctx.obj)
    if status == 0:
        transfer.succeeded()
        click.echo(f"exportgate: the command succeeded; {transfer.reservation} committed", err=True)
    else:
        state = transfer.failed(f"the command ended with {status}", RELEASE if status in NEVER_RAN else on_failure)
        click.echo(f"exportgate: the command ended with {status}\n{transfer.told(state)}", err=True)
    return status


def _run(command: list[str]) -> int:
    """Run the command; the signals that would end this process go to it, so that it can end its transfer in order."""
    try:
        with _forwarding() as forwarding, subprocess.Popen(command) as child:  # noqa: S603 - the user's own command
            forwarding.to(child)
            status = child.wait()
    except FileNotFoundError:
        click.echo(f"exportgate: no such command: {command[0]}", err=True)
        return 127
    except OSError as error:
        click.echo(f"exportgate: {command[0]} could not be run ({error.strerror})", err=True)
        return 126
    return status if status >= 0 else 128 - status


class _Forwarding:
    """Hands signals on to the command; those that came before it started, as soon as it has."""

    def __init__(self) -> None:
        self.child: subprocess.Popen[bytes] | None = None
        self.waiting: list[int] = []

    def take(self, number: int, _: Any) -> None:
        # a terminal sends Ctrl-C to the whole group: the command has it already
        if self.child is None:
            self.waiting.append(number)
        elif not (number == signal.SIGINT and os.isatty(0)):
            self.child.send_signal(number)

    def to(self, child: subprocess.Popen[bytes]) -> None:
        self.child = child
        for number in self.waiting:
            child.send_signal(number)


@contextmanager
def _forwarding() -> Iterator[_Forwarding]:
    forwarding = _Forwarding()
    numbers = [getattr(signal, name) for name in FORWARDED if hasattr(signal, name)]
    before = {number: signal.signal(number, forwarding.take) for number in numbers}
    try:
        yield forwarding
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
