"""What the commands print is what their schemas say; what facts accept is what the schema of facts accepts."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from test_situations import DEFAULTS, OVERRIDES, read, verdict_of

from exportgate.pipelines import schemas
from exportgate.pipelines.cli import cli


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = schemas.load(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("situation", read("situations.yaml"), ids=lambda s: s["name"])
def test_facts_and_verdicts_are_what_their_schemas_say(situation: dict[str, Any]) -> None:
    own = {key: situation[key] for key in OVERRIDES if key in situation}
    facts = json.loads(json.dumps({**DEFAULTS, **situation["facts"], **own}, default=str))
    validator("facts").validate(facts)
    validator("verdict").validate(verdict_of(situation))


@pytest.mark.parametrize(
    ("schema", "command"),
    [
        ("list", ["list", "show"]),
        ("list", ["list", "show", "national"]),
        ("fields", ["list", "fields", "--sector", "retail"]),
        ("list-validation", ["list", "validate"]),
        ("filing-calendar", ["filing", "calendar", "--opinion", "2026-10-15", "--as-of", "2026-11-23"]),
    ],
)
def test_a_commands_json_is_what_its_schema_says(schema: str, command: list[str]) -> None:
    result = CliRunner().invoke(cli, [*command, "--format", "json"], catch_exceptions=False)
    assert result.exit_code == 0
    validator(schema).validate(json.loads(result.stdout))
