"""The closed words of the edition format. None of them is a number, an article or a name of the law."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from . import yaml_files

COUNTERS = ("non_sensitive", "sensitive", "any", "sensitive_with_accounts_or_diagnosis")

# How far a statement is known. A reader must never take a reconstruction for the official text.
PROVENANCES = (
    "official",
    "summary",
    "reported",
    "national-law",
    "sibling-list",
    "standard",
    "inferred",
    "reconstructed",
)

# What an important-data declaration may say beside its quantity.
DECLARATION_FLAGS = ("provincial_coverage", "specific_group_or_region", "undisclosed")

# Facts that take data out of a list altogether.
REGIME_FLAGS = ("core_data", "state_secret", "export_controlled", "technology_export")

# What an open reading does to an evaluation when it takes effect.
MECHANISMS = (
    "floor-filled",  # persons below a row's first line are in its second band after all
    "catch-all-cumulative",  # persons of a specific row count in the sector's catch-all as well
    "scenario-to-catch-all",  # persons of some scenarios count in the catch-all instead of their row
    "row-outside",  # a row lies outside the list
    "stricter-row",  # the national rule prevails where it is the more lenient one
    "unified-on-list",  # the unified rule's volumes bind in listed sectors
    "export-control",  # export-controlled data leaves the list
    "start-date",  # the list holds from its issue
    "after-trial",  # the list ends with its trial
    "discharge-lifts-persons",  # a discharged third-bucket duty lifts the routes for persons
    "renewal-window",  # the renewal window opens on the day computed
    "certification-band",  # certification counts in a band wider than the national one
    "sensitive-leave",  # persons with sensitive items leave the non-sensitive counter
)

KINDS = ("zone", "national")


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """Return the closed list of units: its word in rules, and its word in facts."""
    document = yaml_files.read(Path(__file__).parent / "units.yaml")
    return {unit: node.at("plural").text() for unit, node in document.entries()}
