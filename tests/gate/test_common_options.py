"""A script may pass the same options to every command."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from exportgate.pipelines import cli

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
