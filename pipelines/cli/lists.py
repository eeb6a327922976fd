"""`exportgate list`: what an edition holds, its fields, and whether its files are right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import list_text, options

if TYPE_CHECKING:
    from ...field_maps.model import Edition, Field

HELP = {"help_option_names": ["-h", "--help"]}


class ListGroup(click.Group):
    """The group's commands, with those that live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names."""
        return sorted({*super().list_commands(ctx), *(["import"] if _importer() else [])})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, imported when it is asked for."""
        if cmd_name == "import" and _importer():
            from importlib import import_module

            command = import_module(".list_import", __package__).import_list
            assert isinstance(command, click.Command)
            return options.everywhere(command)
        return super().get_command(ctx, cmd_name)


def _importer() -> bool:
    return (Path(__file__).parent / "list_import.py").is_file()


@click.group("list", cls=ListGroup, context_settings=HELP)
def list_group() -> None:
    """The edition of the list: scenarios, threshold rows, items, fields; check or complete one."""


@list_group.command()
@click.argument("edition", required=False)
@click.option("--config", type=click.Path(path_type=Path), help="Another exportgate.yaml.")
@options.output("text", "json")
def show(edition: str | None, **asked: Any) -> None:
    """Print sectors, scenarios, threshold rows, items, categories and open readings, each with its article.

    EDITION is an id or a folder (default: the configured list).
    """
    known = _edition(edition, asked["config"])
    if asked["form"] == "json":
        text = json.dumps(list_text.document(known), ensure_ascii=False, indent=2)
    else:
        text = list_text.show(known, asked["lang"])
    options.write(text, asked["out"])


@list_group.command()
@click.argument("edition", required=False)
@click.option("--sector", help="Only this sector's fields.")
@click.option("--scenario", help="Only this scenario's fields.")
@click.option("--provenance", help="Only fields of this provenance: summary, sibling-list, standard, …")
@click.option("--text", "words", metavar="WORDS", help="Only fields that say WORDS in a name, alias or definition.")
@click.option("--config", type=click.Path(path_type=Path), help="Another exportgate.yaml.")
@options.output("text", "json", "csv", "xlsx")
def fields(edition: str | None, **asked: Any) -> None:
    """Print the catalogue's fields with their provenance; as a table, JSON, CSV, or an Excel file (-o FILE)."""
    from . import list_fields

    known = _edition(edition, asked["config"])
    chosen = list_fields.matching(
        _chosen(known, asked["sector"], asked["scenario"]), asked["provenance"], asked["words"]
    )
    list_fields.write(known, chosen, asked["form"], asked["lang"], asked["out"])


@list_group.command()
@click.argument("editions", nargs=-1)
@options.output("text", "json")
def validate(editions: tuple[str, ...], **asked: Any) -> None:
    """Read every file of EDITIONS (ids or folders; default: those that come along); exit 2 at the first fault."""
    from ... import field_maps

    names = editions or (field_maps.default_id(), field_maps.national_rule().id)
    checked = [list_text.validated(_edition(name)) for name in names]
    if asked["form"] == "json":
        document = {"schema": "exportgate.list-validation/1", "editions": checked}
        options.write(json.dumps(document, ensure_ascii=False, indent=2), asked["out"])
        return
    options.write("\n".join(list_text.checked(each) for each in checked), asked["out"])


def _edition(name: str | None, config_file: Path | None = None) -> Edition:
    from ... import field_maps
    from .. import config

    return field_maps.load(name or config.load(config_file).list)


def _chosen(edition: Edition, sector: str | None, scenario: str | None) -> list[Field]:
    if sector:
        edition.sector(sector)
    if scenario:
        owners = [edition.sector(sector)] if sector else [known for known in edition.sectors if known.covered]
        known_names = [s.id for owner in owners for s in owner.scenarios]
        if scenario not in known_names:
            from ...scanner.documents import nearest
            from ...scanner.errors import UsageError

            hint = nearest(scenario, known_names)
            raise UsageError(f"no such scenario: {scenario}", where="--scenario", hint=hint)
    return [f for f in edition.fields if sector in {None, f.sector} and scenario in {None, f.scenario}]
