"""The entities of the pack as a page. Write it anew: ``python tests/recognizers/entities_page.py``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exportgate.recognizers import kinds, pack, presidio

PAGE = Path(__file__).parents[2] / "docs" / "entities.md"
_WORDS = 8
_HEAD = "| entity | kind | class | confirmed by | random cells that pass | in prose | context |"


def render() -> str:
    """Return the page: a section for each module, a row for each entity."""
    lines = [
        "# Entities",
        "",
        f"The {len(pack.entities())} entities of `exportgate.recognizers`, by the module that recognises each. *Class* "
        "is that of GB/T 45574-2025, and of GB/T 35273-2020 where it is another. *Random cells that pass*: of cells of "
        "the right shape. *In prose*: `register(engine)` adds a Presidio recognizer; the others judge whole cells. "
        "*On its own nothing*: the form is too common to mean anything without a header, a comment or context words.",
    ]
    told = {entity: each for each in presidio.recognizers() for entity in each.supported_entities}
    for module in pack.modules():
        lines += ["", *_module(module), "", _HEAD, "|---" * (_HEAD.count("|") - 1) + "|"]
        name = module.__name__.rpartition(".")[2]
        lines += [_row(each, told.get(each.name)) for each in pack.entities().values() if each.module == name]
    return "\n".join(lines) + "\n"


def _module(module: Any) -> Iterator[str]:
    """Yield what a module says of itself: its first sentence and its standards, without examples."""
    title, *rest = (inspect.getdoc(module) or "").split("\n\n")
    name = module.__name__.rpartition(".")[2]
    yield f"## {' '.join(title.split()).rstrip('.')}"
    yield ""
    yield f"`recognizers/{name}.py`"
    for paragraph in rest:
        if ">>>" not in paragraph:
            yield ""
            yield paragraph.replace("``", "`")


def _row(entity: pack.Entity, recognizer: Any) -> str:
    kind = kinds.KINDS[entity.kind]
    classes = " / ".join(dict.fromkeys(kind.pi(profile) for profile in kinds.PROFILES))
    check = "; ".join(filter(None, (entity.check, "on its own nothing" if entity.weak else ""))) or "form"
    chance = f"{entity.chance:.1%}" if entity.chance < 1 else "all"
    context = "、".join((getattr(recognizer, "context", None) or [])[:_WORDS])
    prose = "yes" if recognizer else "no"
    return f"| `{entity.name}` | {entity.kind} | {classes} | {check} | {chance} | {prose} | {context} |"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8", newline="\n")
