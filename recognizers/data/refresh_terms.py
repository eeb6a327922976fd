"""Write `medical_terms.txt`, the lexicon of diagnoses, symptoms, drugs and examinations, from `medical_words.yaml`.

Run it from the repository: ``python recognizers/data/refresh_terms.py``. The words come from general medical knowledge:
names of diseases as used in Chinese hospitals, sites of the body combined with what can befall them, international
non-proprietary names of drugs, names of laboratory tests and examinations. No code list, no product
list and no coded terminology was copied. Combinations that no clinician would write do no harm: nobody writes them.

Each line is the entity, a tab and the term; English terms are in lower case.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import yaml

HERE = Path(__file__).parent
HEAD = "# Written by refresh_terms.py, where the sources are stated. Entity, tab, term.\n"


def terms(words: dict[str, list[str]]) -> dict[str, str]:
    """Return every term of two characters and more with its entity; a term of two entities keeps the graver one."""
    befallen = [site + what for site, what in product(words["sites"], words["conditions"])]
    inflamed = [how + what for how, what in product(words["before"], words["inflamed"])]
    by_entity = {
        "EXAMINATION_TERM": words["examinations"],
        "DRUG_TERM": words["drugs"] + words["drugs_en"],
        "SYMPTOM_TERM": words["symptoms"] + words["symptoms_en"],
        "DIAGNOSIS_TERM": words["diseases"] + words["diseases_en"] + words["inflamed"] + befallen + inflamed,
    }
    return {term: entity for entity, known in by_entity.items() for term in known if len(term) > 1}


def main() -> None:
    """Write the file beside this script."""
    words = yaml.safe_load((HERE / "medical_words.yaml").read_text("utf-8"))
    lines = sorted(f"{entity}\t{term}" for term, entity in terms(words).items())
    (HERE / "medical_terms.txt").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
