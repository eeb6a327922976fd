"""Every command of the README runs and says what the README says it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
END = "=== end of command ==="


def blocks(language: str, page: str = README) -> list[str]:
    """Return the fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, flags=re.M | re.S)


def session(block: str) -> list[tuple[str, list[str]]]:
    """Return each command with the lines shown below it."""
    parts = re.split(r"^\$ ", block, flags=re.M)[1:]
    return [(part.splitlines()[0], part.splitlines()[1:]) for part in parts]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.mark.parametrize("block", blocks("console"), ids=lambda block: session(block)[0][0][:30])
def test_every_command_says_what_the_readme_says(block: str, folder: Path) -> None:
    steps = session(block)
    gate = f'exportgate() {{ {shlex.quote(sys.executable)} -m exportgate.pipelines.cli "$@"; }}\n'
    # `echo $?` must see the exit code of the command before it, not of the line that marks its end.
    script = gate + "".join(f"{command}\nlast=$?; echo; echo '{END}'; (exit $last)\n" for command, _ in steps)
    command_line = ["bash", "-c", "exec 2>&1\n" + script]
    done = subprocess.run(
        command_line, cwd=folder, stdout=subprocess.PIPE, text=True, check=False, env=dict(os.environ)
    )
    outputs = done.stdout.split(f"{END}\n")
    for (command, shown), output in zip(steps, outputs, strict=False):
        said = [" ".join(line.split()) for line in output.splitlines()]
        wanted = [" ".join(line.split()) for line in shown if line.strip() and line != "…"]
        missing = [line for line in wanted if line not in said]
        assert not missing, f"{command}: {missing}\n{output}"
        assert [said.index(line) for line in wanted] == sorted(said.index(line) for line in wanted)


def test_the_ways_to_start_exist() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.M)
    pages = README + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=  |\n|`| )", "\n".join(blocks("sh", pages)))) <= set(targets)


def test_the_manifest_of_the_readme_is_one() -> None:
    from exportgate.scanner.manifest import Manifest

    text = blocks("yaml")[0].replace("number: …", "number: XM-1")
    assert Manifest.from_dict(yaml.safe_load(text)).export.id == "members-2026-11"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/sources.md", "sample_data/README.md"])
def test_links_and_pictures_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text)
    gone = [name for name in named if "://" not in name and not ((ROOT / page).parent / name).exists()]
    assert gone == []


def test_it_says_what_is_not_known_and_every_exit_code() -> None:
    assert "0 of the list's 298 fields are verified" in README
    codes = [int(code) for code in re.findall(r"^\| ([0-9]) \|", README, flags=re.M)]
    assert codes == [0, 1, 2, 3, 4]
    assert all(two - one == 1 for one, two in pairwise(codes))
