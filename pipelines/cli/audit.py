"""`exportgate audit AUDIT.yaml` and `exportgate audit assign AUDIT.yaml PATTERN… -m MANIFEST`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from ...scanner.errors import ExitCode
from . import options


class AuditGroup(click.Group):
    """A group whose first argument is an audit file, unless it names a command."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take anything but the name of a command as the arguments of ``run``."""
        if args and args[0] not in self.commands:
            return "run", self.commands["run"], args
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let options stand before the audit file."""
        if args and args[0].startswith("-") and args[0] not in ("-h", "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(cls=AuditGroup, subcommand_metavar="AUDIT.yaml [OPTIONS] | assign AUDIT.yaml PATTERN… -m MANIFEST")
def audit() -> None:
    """Audit buckets, folders and databases: read what is new, book what left, say what nobody declared.

    Exit code of the worst outcome: 0 may go · 1 must not have gone · 2 bad usage · 3 something could not be read ·
    4 a person must review (undeclared exports wait to be assigned). `exportgate audit run --help` lists the options.
    """


@audit.command()
@click.argument("audit_file", type=click.Path(path_type=Path), metavar="AUDIT.yaml")
@click.option("--plan", "plan_only", is_flag=True, help="Show what would be read, how much and how long; read nothing.")
@options.configuration
@options.as_of
@options.output("text", "json", "html")
def run(
    audit_file: Path,
    plan_only: bool,
    config: Path | None,
    ledger_url: str | None,
    as_of: date | None,
    form: str,
    out: Path | None,
    lang: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Audit once: list, read what is new or changed, book it, report."""
    from .. import api
    from .. import audit as auditing
    from ..audit import hooks, report

    config_settings = api.settings(config)
    settings = auditing.load(audit_file)
    book = api.open_ledger(ledger_url, config=config_settings)
    if plan_only:
        memory = book.audited()
        planned = auditing.plan(settings, config_settings, memory).to_dict(memory)
        options.write(
            json.dumps(planned, ensure_ascii=False) if form == "json" else report.plan_text(planned, lang), out
        )
        return ExitCode.FAILED if planned["failures"] else ExitCode.MAY_GO
    day = as_of or api.today()
    with _bar(quiet=quiet, lang=lang) as progress:
        document = auditing.run(settings, config_settings, book, day, api.now, progress)
    report.write_files(document, settings, lang)
    options.write(_shown(document, form, lang), out)
    for sentence in hooks.tell(settings.audit.notify, document):
        click.echo(f"exportgate: {sentence}", err=True)
    return int(document["exit_code"])


@audit.command()
@click.argument("audit_file", type=click.Path(path_type=Path), metavar="AUDIT.yaml")
@click.argument("patterns", nargs=-1, required=True, metavar="PATTERN…")
@click.option("-m", "--manifest", type=click.Path(path_type=Path), required=True, help="What these exports are.")
@options.configuration
@options.as_of
@options.output("text", "json")
def assign(
    audit_file: Path,
    patterns: tuple[str, ...],
    manifest: Path,
    config: Path | None,
    ledger_url: str | None,
    as_of: date | None,
    form: str,
    out: Path | None,
    lang: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Give undeclared exports their manifest: their persons leave quarantine and count in the manifest's row.

    PATTERN is over SOURCE/PATH, for example 'outbound/crm/*.csv'.
    """
    from ...scanner import documents
    from ...scanner.manifest import Manifest
    from .. import api
    from .. import audit as auditing
    from ..audit import report

    config_settings = api.settings(config)
    settings = auditing.load(audit_file)
    said = documents.read(manifest)
    Manifest.from_dict(said, where=str(manifest))
    said = json.loads(json.dumps(said, default=str))
    book = api.open_ledger(ledger_url, config=config_settings)
    lines = auditing.assign(settings, config_settings, book, patterns, said, api.now, as_of or api.today())
    options.write(json.dumps(lines, ensure_ascii=False) if form == "json" else report.assigned_text(lines, lang), out)
    return int(ExitCode.worst([ExitCode(int(line.get("exit_code", 0))) for line in lines]))


def _shown(document: dict[str, Any], form: str, lang: str) -> str:
    from ..audit import report

    if form == "json":
        return json.dumps(document, ensure_ascii=False)
    return report.html(document, lang) if form == "html" else report.text(document, lang)


def _bar(*, quiet: bool, lang: str) -> Any:
    from .. import progress

    return progress.bar(quiet=quiet, lang=lang)
