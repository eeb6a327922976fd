"""A script may pass the same options to every command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from exportgate.pipelines import api, cli

EVERYWHERE = {"--engine", "--lang", "--quiet", "--verbose"}


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands(cli.cli))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_takes_the_common_options(path: tuple[str, ...]) -> None:
    named = {name for parameter in COMMANDS[path].params for name in parameter.opts}
    assert named >= EVERYWHERE


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_says_that_spark_is_not_built(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    given = [value for parameter in COMMANDS[path].params for value in needed(parameter)]
    runs = ["--", "true"] if path == ("guard",) else []
    assert cli.run([*path, "--engine", "spark", *given, *runs]) == 2
    assert "the spark engine is not built yet" in capsys.readouterr().err


def needed(parameter: click.Parameter) -> list[str]:
    if not parameter.required:
        return []
    return ["x"] if isinstance(parameter, click.Argument) else [parameter.opts[-1], "x"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["scan", "t.csv", "--sector", "retial"], "sector: no such sector: retial\nHint: did you mean retail?"),
        (["scan", "t.csv", "--scenario", "membrship"], "no such scenario: membrship\nHint: did you mean membership?"),
        (["scan", "t.csv", "--sector", "iov", "--scenario", "membership"], "no such scenario: membership"),
        (["lineage", "no.json", "--format", "openlineage"], "no.json: no such file"),
        (["ledger", "status", "--ledger", "mysql://db"], "no ledger is kept in mysql://"),
    ],
)
def test_a_word_that_is_not_known_is_refused(
    given: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown sector used to be scanned for, and nothing was mapped onto it."""
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("sku\nA\n", encoding="utf-8")
    cli.run(["init", "."])
    assert cli.run(given) == 2
    assert said in capsys.readouterr().err


def test_a_sample_says_of_how_many_rows_it_is_one(tmp_path: Path) -> None:
    """A CSV file does not state its rows; one more than were looked at used to be said."""
    path = tmp_path / "t.csv"
    path.write_text("sku\n" + "A\n" * 500, encoding="utf-8")
    scan = api.scan(path, sample=10)
    assert (scan.rows, scan.rows_scanned, scan.exhaustive) == (500, 10, False)
