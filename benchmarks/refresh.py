"""Write what is made of data and sources beforehand and kept beside them, so that nobody's command has to make it.

``make refresh`` after a change of YAML, of what reads it, or of C. Everything here carries the digest of what it was
made of: where that is another, the program makes the thing itself, only later. So nothing here is ever wrong, but slow.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

from exportgate.field_maps import catalog, parsed, yaml_loader
from exportgate.recognizers import column_names_lexicon, column_names_stored, data_files
from exportgate.scanner.mapping import phrases, phrases_stored, vocabulary, vocabulary_stored, words_latin

ROOT = Path(__file__).resolve().parents[1]
RECOGNIZERS = ROOT / "recognizers" / "data"
NOT_READ = {"medical_words.yaml", *column_names_lexicon.FILES}
"""Data of the recognizers that no command parses: other files are made of it."""
PARSED = {
    "field_maps": "**/*.yaml",
    "pipelines/messages": "*.yaml",
    "scanner/detection": "fitted*.yaml",
    "scanner/mapping": "[ft]*.yaml",
    "scanner/sources": "tags.yaml",
}
"""Folders with a ``parsed.jsonl``, and the files that it holds."""


def made() -> dict[Path, Callable[[], str]]:
    """Return every file that is made beforehand, and how to make its text."""
    files: dict[Path, Callable[[], str]] = {
        ROOT / folder / parsed.NAME: partial(_parsed, ROOT / folder, files) for folder, files in PARSED.items()
    }
    files[RECOGNIZERS / data_files.PARSED] = lambda: data_files.parsed_lines(
        name for name in _names(RECOGNIZERS, "**/*.yaml") if name not in NOT_READ
    )
    files[RECOGNIZERS / column_names_stored.NAME] = lambda: column_names_stored.written(
        column_names_lexicon.made(), column_names_lexicon.FILES
    )
    files[vocabulary_stored.HERE / vocabulary_stored.NAME] = lambda: vocabulary_stored.written(
        vocabulary.made(), words_latin.made_together()
    )
    files[vocabulary_stored.HERE / phrases_stored.NAME] = _phrases
    kernel = _script("recognizers/kernel/refresh_sources.py")
    files |= {folder / kernel.NAME: kernel.written for folder in kernel.FOLDERS}
    return files


def _names(folder: Path, files: str) -> Iterator[str]:
    yield from sorted(path.relative_to(folder).as_posix() for path in folder.glob(files))


def _parsed(folder: Path, files: str) -> str:
    names = [*_names(folder, files)]
    documents = (yaml_loader.load_strictly((folder / name).read_text("utf-8")) for name in names)
    return parsed.written(folder, names, documents)


def _phrases() -> str:
    """Return what the rows of the default list say; lists of one's own are read when they are used."""
    fields = catalog.load(catalog.default_id()).fields
    return phrases_stored.written(fields, phrases.read_phrases(fields))


def _script(path: str) -> ModuleType:
    """Return a script that stands in no package."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Write what is not as it would be made now, and name it."""
    _script("recognizers/data/refresh_terms.py").main()
    for path, text in made().items():
        now = text()
        if not path.is_file() or path.read_text("utf-8") != now:
            path.write_text(now, encoding="utf-8", newline="\n")
            print(f"{path.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
