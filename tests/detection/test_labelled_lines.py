"""Labelled lines are read as they are meant, and a line that is none says which it is. All made up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from exportgate.benchmarks import fit_detection
from exportgate.benchmarks.labelled_lines import figures, tables

LINES = """\
# repo=made/up | retail | shop_buyer | buyers | retail | membership
full_name|姓名|varchar(50)|p person_name|membership.name
buyer_id||bigint|p? member_id|membership.member_id,-
note|备注|text|n? free_text|-

# repo=made/up | hr | cfg |  | - | -
cfg_key||text|n|-
"""


def test_lines_become_tables_with_what_a_reviewer_accepts_beside() -> None:
    shop, config = tables(LINES.splitlines())
    assert [(each["gold_pi"], each["gold_entity"], each["gold_entity_alt"]) for each in shop.columns] == [
        ("personal", "person_name", ["account_login_id"]),
        ("personal", "member_id", ["account_login_id", "none"]),
        ("none", "none", []),
    ]
    assert shop.columns[1]["gold_fields"] == ["retail.membership.member_id", "-"]
    assert (config.said["gold_sector"], config.columns[0]["gold_fields"]) == ("-", ["-"])
    assert figures([shop, config]) == "4 columns  F1 1.000  kind 1.000  sensitive 0.000 of 0"


@pytest.mark.parametrize(
    "line",
    ["full_name|p person_name", "a||text|q phone|-", "a||text|p telephone|-", "a||text|p phone|membership.telephone"],
)
def test_a_line_that_is_none_is_said_with_its_number(line: str) -> None:
    with pytest.raises(ValueError, match="line 2: "):
        [*tables([LINES.splitlines()[0], line])]


def test_what_is_made_of_a_file_is_what_a_fit_learns_from(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text(LINES, encoding="utf-8")
    command = [sys.executable, "-m", "exportgate.benchmarks.labelled_lines", "own.txt", "--into", "made"]
    subprocess.run(command, cwd=tmp_path, check=True)
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((tmp_path / "made" / "own").iterdir())]
    assert [each["table"] for each in found] == ["shop_buyer", "cfg"]
    learnt = [column for column in fit_detection.columns([tmp_path / "made" / "own"]) if column.group == "own"]
    assert [column.label.pi for column in learnt] == ["personal", "personal", "none", "none"]
