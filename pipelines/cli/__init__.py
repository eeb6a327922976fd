"""The command line: each command parses, makes one library call, and prints.

Commands are imported when they are called, so that `exportgate --help` answers at once.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from ...field_maps.errors import FieldMapError
from ...scanner.errors import ExitCode, ExportgateError
from .. import start_up
from ..extras import MissingExtraError

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo:demo", "The main job on bundled synthetic data, without any configuration."),
    "init": ("init:init", "Write a commented exportgate.yaml and a ledger key."),
    "scan": ("scan:scan", "Profile datasets, find personal information, map it onto the list."),
    "check": ("check:check", "What would this export do to the year? Books nothing."),
    "guard": ("guard:guard", "Check, reserve, run a command only if the export may go, then book."),
    "commit": ("booking:commit", "Book a reservation: the transfer happened."),
    "release": ("booking:release", "Give a reservation back: nothing left."),
    "evaluate": ("evaluate:evaluate", "The tier rules alone, on given counts."),
    "explain": ("explain:explain", "A verdict in a paragraph, in English or Chinese."),
    "ledger": ("ledger:ledger", "Read, verify and correct the person ledger."),
    "incident": ("incident:incident", "Record an incident or a suspension order."),
    "list": ("lists:list_group", "The edition: scenarios, threshold rows, items, fields."),
    "suite": ("suite:suite", "Write the Great Expectations suite and checkpoint."),
    "advise": ("advise:advise", "The smallest honest changes after which the export passes."),
    "filing": ("filing:filing_group", "Filings: pack, consistency, calendar."),
    "audit": ("audit:audit", "A scheduled, incremental run over many sources."),
    "serve": ("serve:serve", "The dashboard and /metrics."),
    "report": ("report:report", "A period's material as HTML, JSON or XLSX."),
    "lineage": ("lineage:lineage", "Column verdicts for OpenLineage, DataHub and OpenMetadata, as files."),
    "schema": ("schema:schema", "Print the JSON Schema of a document."),
}
"""Command name → module and attribute in this package, and the help line."""


class LazyGroup(click.Group):
    """A group whose commands are imported only when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands that are built, in the order of the work."""
        return [name for name, (target, _) in COMMANDS.items() if _is_built(target)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command; None when there is no such command."""
        target, _ = COMMANDS.get(cmd_name, ("", ""))
        if not target or not _is_built(target):
            return None
        module, attribute = target.split(":")
        command = getattr(importlib.import_module(f".{module}", __name__), attribute)
        assert isinstance(command, click.Command)
        from .options import everywhere

        return everywhere(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, with the nearest right name when there is none."""
        from ...scanner.documents import nearest

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if args and self.get_command(ctx, args[0]) is None:
                hint = nearest(args[0], self.list_commands(ctx))
                raise click.UsageError(f"no such command: {args[0]}\nHint: {hint}", ctx) from None
            raise error from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing one of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import version

    from ...recognizers import cells_compiled

    reader = "the compiled kernel" if cells_compiled.kernel() else "numpy; the compiled kernel was not built"
    click.echo(f"exportgate, version {version('exportgate')}\ncells are read by {reader}")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Version, and what reads the cells.",
)
def cli() -> None:
    """The gate a dataset passes before it leaves China through the Fujian Free Trade Zone.

    Exit codes: 0 may go · 1 must not go · 2 bad usage · 3 failed, nothing may be concluded · 4 a person must review.
    """


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit with the contract's code."""
    start_up.prepare()
    code = run(args)
    start_up.leave()
    sys.exit(code)


def run(args: list[str] | None = None) -> int:  # noqa: PLR0911 - a table of errors and their codes
    """Run the command line and return the exit code; every error is one clear sentence on standard error."""
    try:
        result: Any = cli.main(args=args, prog_name="exportgate", standalone_mode=False)
    except ExportgateError as error:
        return _say(str(error), error.exit_code)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "exportgate"
        return _say(f"{error.format_message()}\nTry: {command} --help", ExitCode.BAD_USAGE)
    except click.ClickException as error:
        return _say(error.format_message(), ExitCode.BAD_USAGE)
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped by the user: nothing may be concluded", ExitCode.FAILED)
    except BrokenPipeError:
        return ExitCode.FAILED
    except FieldMapError as error:
        return _say(str(error), ExitCode.BAD_USAGE)
    except MissingExtraError as error:
        return _say(str(error), ExitCode.FAILED)
    except SystemExit as stop:  # no command of ours ends the process: a library that does must not look like a pass
        return _say(f"a library ended the process (exit code {stop.code}): nothing may be concluded", ExitCode.FAILED)
    except Exception as error:  # the last line of defence: a traceback could show a value
        return _say(_unexpected(error), ExitCode.FAILED)
    return int(result) if isinstance(result, int) else ExitCode.MAY_GO


def _is_built(target: str) -> bool:
    module, _ = target.split(":")
    return (Path(__file__).parent / f"{module}.py").is_file()


def _say(message: str, code: int) -> int:
    from ..addresses import redacted

    click.echo(f"exportgate: {redacted(message)}", err=True)
    return code


def _unexpected(error: Exception) -> str:
    """Return where it failed, never what the data said: library messages may quote cells."""
    if os.environ.get("EXPORTGATE_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}: nothing may be concluded"
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_globals.get('__name__', '?')}:{frame.tb_lineno}" if frame else "?"
    return (
        f"unexpected {type(error).__name__} at {place}: nothing may be concluded\n"
        "Hint: EXPORTGATE_DEBUG=1 shows the traceback (it may quote data)"
    )


if __name__ == "__main__":
    main()
