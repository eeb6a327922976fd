"""Spell the Chinese words of the header lexicon in pinyin, into ``recognizers/data/headers/pinyin.yaml``.

Run after words were added: ``pip install pypinyin && python -m exportgate.benchmarks.spell_lexicon``. The readings are
pypinyin's (MIT), word by word; the file is data, so pypinyin is not needed to use it.
"""

import re
from pathlib import Path

import yaml

DATA = Path(__file__).parent.parent / "recognizers" / "data"
HEAD = "# Pinyin of the lexicon's Chinese words, syllables apart. Written by benchmarks/spell_lexicon.py (pypinyin).\n"


def words() -> set[str]:
    """Return the Chinese words of two characters and more, of headers and of subjects."""
    files = [
        path for path in sorted((DATA / "headers").glob("*.yaml")) if path.name not in ("pinyin.yaml", "standards.yaml")
    ]
    rows = [
        row for path in [*files, DATA / "subjects.yaml"] for row in yaml.safe_load(path.read_text("utf-8")).values()
    ]
    found = {word for row in rows for word in str(row.get("zh") or "").split()}
    return {word for word in found if re.fullmatch(r"[\u4e00-\u9fff]{2,}", word)}


def main() -> None:
    """Write the file."""
    from pypinyin import lazy_pinyin

    lines = [f"{word}: {' '.join(lazy_pinyin(word, v_to_u=False))}\n" for word in sorted(words())]
    (DATA / "headers" / "pinyin.yaml").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
