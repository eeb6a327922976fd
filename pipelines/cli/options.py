"""The options that commands share, and how a result leaves: standard output carries the result only."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ...scanner.errors import ComponentError, UsageError

Command = TypeVar("Command", bound=Callable[..., Any])


if TYPE_CHECKING:
    _DayType = click.ParamType[date]
else:
    _DayType = click.ParamType


class Day(_DayType):
    """A date written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or a usage error that says what a good one looks like."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2026-11-23", param, ctx)


def as_of(command: Command) -> Command:
    """Add ``--as-of DATE``."""
    return click.option("--as-of", type=Day(), default=None, help="The day of the question (default: today in China).")(
        command
    )


def period(command: Command) -> Command:
    """Add ``--from``, ``--to``, ``--half`` and ``--year``."""
    for option in (
        click.option("--year", type=click.IntRange(2000, 9999), help="A calendar year."),
        click.option("--half", metavar="YYYY-H1", help="A half-year: 2026-H1 or 2026-H2."),
        click.option("--to", "end", type=Day(), help="The last day (default: today in China)."),
        click.option("--from", "start", type=Day(), help="The first day (default: 1 January)."),
    ):
        command = option(command)
    return command


def output(*formats: str) -> Callable[[Command], Command]:
    """Add ``--format``, ``-o``, ``--lang``, ``--quiet`` and ``-v``."""

    def add(command: Command) -> Command:
        choices = formats or ("text", "json", "html", "github")
        for option in (
            click.option("-v", "--verbose", is_flag=True, help="More on standard error."),
            click.option("--quiet", is_flag=True, help="No progress, no messages."),
            click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True),
            click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="Write the result to a file."),
            click.option("--format", "form", type=click.Choice(choices), default=choices[0], show_default=True),
        ):
            command = option(command)
        return command

    return add


def configuration(command: Command) -> Command:
    """Add ``--config`` and ``--ledger``."""
    for option in (
        click.option("--ledger", "ledger_url", metavar="URL", help="Another ledger than the configuration's."),
        click.option("--config", type=click.Path(path_type=Path), help="Another exportgate.yaml."),
    ):
        command = option(command)
    return command


def _only_local(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if value == "spark":
        raise UsageError("the spark engine is not built yet", where="--engine", hint="leave it out, or say local")
    return value


def _read_by(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Choose what reads the cells, for all that this process does from now on."""
    if value == "auto" and "exportgate.recognizers.cells_compiled" not in sys.modules:
        return value
    from ...recognizers import cells_compiled

    cells_compiled.use(value != "off")
    if value == "on" and cells_compiled.kernel() is None:
        what = "the kernel was not built when exportgate was installed"
        raise UsageError(what, where="--kernel", hint="install it again where there is a C compiler, or say auto")
    return value


def everywhere(command: click.Command) -> click.Command:
    """Add what every command takes and this one does not say itself.

    ``--engine`` and ``--kernel``; ``--lang``, ``--quiet`` and ``-v``.

    They have nothing to choose there, and a script may pass the same options to every command. What would be a trap
    when it is ignored (``--as-of``, ``--ledger``) is not added.
    """
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            everywhere(inner)
        return command
    named = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    for option in (
        click.Option(
            ["--engine"],
            type=click.Choice(["local", "spark"]),
            default="local",
            callback=_only_local,
            expose_value=False,
        ),
        click.Option(
            ["--kernel"],
            type=click.Choice(["auto", "on", "off"]),
            default="auto",
            callback=_read_by,
            expose_value=False,
            help="Read cells by the compiled kernel (default: where it was built; the result is the same).",
        ),
        click.Option(["--lang"], type=click.Choice(["en", "zh"]), expose_value=False, hidden=True),
        click.Option(["--quiet"], is_flag=True, expose_value=False, hidden=True),
        click.Option(["-v", "--verbose"], is_flag=True, expose_value=False, hidden=True),
    ):
        if not named & set(option.opts):
            command.params.append(option)
    return command


def write(text: str, out: Path | None) -> None:
    """Write a result to standard output, or whole to the file `out`."""
    if out is None:
        _say_out(text if text.endswith("\n") else text + "\n")
        return
    from ..terminal import plain  # a terminal may have been meant, a file has no colour

    text = plain(text)
    write_bytes((text if text.endswith("\n") else text + "\n").encode(), out)


def _say_out(text: str) -> None:
    """Write to standard output to its end: a verdict that nobody can read is none, however it ended."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ComponentError(
            f"cannot be written ({error.strerror}): nothing may be concluded", where="standard output"
        ) from None


def write_bytes(content: bytes, out: Path) -> None:
    """Write a result that is no text, whole, to the file `out`."""
    try:
        if out.exists() and not out.is_file():
            with out.open("wb") as device:  # a pipe or /dev/null is written to; a rename would put a file in its place
                device.write(content)
            return
        whole = out.resolve()
        temporary = whole.with_name(f".{whole.name}.part")
        try:
            temporary.write_bytes(content)
            temporary.replace(whole)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror})", where=str(out)) from None
