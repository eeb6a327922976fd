"""The texts: YAML reads some bare words (on, off, yes, no) as something else, and such a text is never found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from exportgate.pipelines import messages


def keys(tree: Any, path: str = "") -> list[tuple[str, object]]:
    if not isinstance(tree, dict):
        return []
    return [(f"{path}{key}", key) for key in tree] + [k for key in tree for k in keys(tree[key], f"{path}{key}.")]


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_key_is_a_word(lang: str) -> None:
    text = (Path(messages.__file__).parent / f"{lang}.yaml").read_text(encoding="utf-8")
    assert [path for path, key in keys(yaml.safe_load(text)) if not isinstance(key, str)] == []
