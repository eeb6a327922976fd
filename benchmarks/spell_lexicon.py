"""Spell Chinese words in pinyin: of the header lexicon, and of the mapper's vocabulary with the catalogue's names.

Writes ``headers/pinyin.yaml`` and ``subjects_spelled.yaml`` (``recognizers/data``), ``scanner/mapping/spelling.yaml``.

Run after words were added: ``pip install pypinyin && python -m exportgate.benchmarks.spell_lexicon``. The readings are
pypinyin's (MIT), word by word; the file is data, so pypinyin is not needed to use it.
"""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
DATA = ROOT / "recognizers" / "data"
MAPPING = ROOT / "scanner" / "mapping"
OTHERS = ("pinyin.yaml", "standards.yaml", "layouts.yaml")
HEAD = "# Pinyin of the lexicon's Chinese words, syllables apart. Written by benchmarks/spell_lexicon.py (pypinyin).\n"


def words() -> set[str]:
    """Return the Chinese words of two characters and more, of headers and of subjects."""
    files = [path for path in sorted((DATA / "headers").glob("*.yaml")) if path.name not in OTHERS]
    rows = [
        row for path in [*files, DATA / "subjects.yaml"] for row in yaml.safe_load(path.read_text("utf-8")).values()
    ]
    found = {word for row in rows for word in str(row.get("zh") or "").split()}
    return {word for word in found if re.fullmatch(r"[\u4e00-\u9fff]{2,}", word)}


SUBJECTS_HEAD = "# Pinyin of the Chinese words of subjects.yaml. Written by benchmarks/spell_lexicon.py (pypinyin).\n"
SHORTEST = 6  # letters, from which pinyin is no English word by chance


def subjects() -> str:
    """Return the text of the file of subjects' words in pinyin."""
    from pypinyin import lazy_pinyin

    rows = yaml.safe_load((DATA / "subjects.yaml").read_text("utf-8")).values()
    found: dict[str, str] = {}
    for word in (word for row in rows for word in str(row.get("zh") or "").split()):
        spelled = "".join(lazy_pinyin(word, v_to_u=False))
        if re.fullmatch(r"[\u4e00-\u9fff]{2,}", word) and len(spelled) >= SHORTEST:
            found.setdefault(spelled, word)
    return SUBJECTS_HEAD + "".join(f"{spelled}: {word}\n" for spelled, word in sorted(found.items()))


SPELLING_HEAD = """# How Chinese is read without tones: characters by sound, and words in which one sounds otherwise.
# Written by benchmarks/spell_lexicon.py (pypinyin).
"""


def mapped_words() -> set[str]:
    """Return the Chinese words of the mapper's vocabulary, and all names and aliases of the catalogues."""
    found: set[str] = set()
    for path in MAPPING.glob("words*.yaml"):
        found.update(word for row in yaml.safe_load(path.read_text("utf-8")).values() for word in row.get("zh", ()))
    for path in (ROOT / "field_maps").glob("*/fields/*.yaml"):
        for row in yaml.safe_load(path.read_text("utf-8")):
            found.update(map(str, (row["name_zh"], *row["aliases"])))
    return {run for word in found for run in re.findall(r"[\u4e00-\u9fff]+", word)}


def spelling() -> str:
    """Return the text of the mapper's spelling file."""
    from pypinyin import lazy_pinyin

    words = sorted(mapped_words())
    alone = {char: lazy_pinyin(char, v_to_u=False)[0] for char in sorted({char for word in words for char in word})}
    rows: dict[str, str] = {}
    for char, sound in alone.items():
        rows[sound] = rows.get(sound, "") + char
    odd: dict[str, str] = {}
    for word in words:
        sounds = lazy_pinyin(word, v_to_u=False)
        for at, (char, sound) in enumerate(zip(word, sounds, strict=True)):
            if sound != alone[char]:
                start = max(0, at - 1) if at else 0
                odd[word[start : start + 2]] = " ".join(sounds[start : start + 2])
    lines = ["characters:", *(f"  '{sound}': {row}" for sound, row in sorted(rows.items())), "words:"]
    lines += [f"  {word}: {sounds}" for word, sounds in sorted(odd.items()) if len(word) > 1]
    return SPELLING_HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write the files."""
    from pypinyin import lazy_pinyin

    lines = [f"{word}: {' '.join(lazy_pinyin(word, v_to_u=False))}\n" for word in sorted(words())]
    (DATA / "headers" / "pinyin.yaml").write_text(HEAD + "".join(lines), encoding="utf-8")
    (DATA / "subjects_spelled.yaml").write_text(subjects(), encoding="utf-8")
    (MAPPING / "spelling.yaml").write_text(spelling(), encoding="utf-8")


if __name__ == "__main__":
    main()
