"""Data Docs of a file context: readable, cited, and asking nothing of any other machine."""

from __future__ import annotations

import re
from pathlib import Path

import great_expectations as gx
import pandas as pd
import pytest
from great_expectations.checkpoint import Checkpoint, UpdateDataDocsAction
from suite_checks import a_check, reason

import exportgate.pipelines.expectations as gate
from exportgate.pipelines import data_docs, suite

CANARY = "110101199003077758"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Pages of a site by kind, for an export over its first line."""
    root = tmp_path_factory.mktemp("project")
    context = gx.get_context(mode="file", project_root_dir=str(root))
    site = data_docs.add_site(context)
    lines = [reason(500, 3200), reason(4000, 3200, route="route-z")]
    found = suite.findings(a_check(3200, 500, verdict={"reasons": lines}))
    table = pd.DataFrame({"measure": list(found.measures), "value": list(found.measures.values())})
    expectations = [
        gate.ExpectDistinctPersonsYearToDateToBeBelowTier(limits=list(found.limits)),
        gate.ExpectTableScanToBeComplete(),
    ]
    wanted = context.suites.add(gx.ExpectationSuite("members", expectations=expectations))
    batch = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("all")
    definition = context.validation_definitions.add(gx.ValidationDefinition(name="v", data=batch, suite=wanted))
    actions = [UpdateDataDocsAction(name="docs", site_names=[site]), gate.BlockExportAction(name="block")]
    checkpoint = Checkpoint(name="c", validation_definitions=[definition], actions=actions)
    with pytest.raises(gate.ExportBlockedError, match=r"below_tier failed at 3200 \[Part X, line 2\]"):
        context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": table})
    folder = Path(root) / "gx" / data_docs.FOLDER
    return {file.relative_to(folder).parts[0]: file.read_text(encoding="utf-8") for file in folder.rglob("*.html")}


def test_every_kind_of_page_is_built(pages: dict[str, str]) -> None:
    assert set(pages) == {"index.html", "expectations", "validations"}


@pytest.mark.parametrize("page", ["index.html", "expectations", "validations"])
def test_a_page_fetches_nothing(pages: dict[str, str], page: str) -> None:
    html = pages[page]
    fetched = re.findall(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//[^\"' >]+", html)
    fetched += re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^\"')]+", html)
    assert fetched == []
    assert "default-src 'none'" in html
    assert "dataContextId" not in html


def test_the_validation_shows_the_line_its_basis_and_a_picture(pages: dict[str, str]) -> None:
    html = pages["validations"]
    assert all(text in html for text in ("Part X, line 2", "3,200", "500", "route-z", "████████", "✖"))


def test_the_index_leads_to_the_validation(pages: dict[str, str]) -> None:
    assert re.search(r"href=\"validations/members/[^\"]+\.html\"", pages["index.html"])


def test_vendored_assets_carry_their_licence() -> None:
    vendor = Path(data_docs.__file__).parent / "vendor"
    assets = [file.name.removesuffix(".min.css") for file in vendor.glob("*.css")]
    assert assets
    for asset in assets:
        assert "MIT License" in (vendor / f"{asset}.LICENSE.txt").read_text(encoding="utf-8")
