"""The pack as Presidio recognizers: one class per entity, made from the `FORMS` of the identifier modules.

A value that passes its check scores 1.0. A value of the right shape that fails it keeps a low score and an explanation
that says so: it is a signal of its own, never silently nothing. Full-width characters are read as their half-width
twins, and invisible ones are passed over; spans are those of the text as it is.

Importing this module imports Presidio; `exportgate.recognizers.register` does so when it is called.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import Any

from presidio_analyzer import AnalysisExplanation, LocalRecognizer, Pattern, PatternRecognizer, RecognizerResult

from . import medical_terms
from .cells_clean import DASHES, INVISIBLE
from .pack import modules
from .presidio_form import Form

WRONG_CHECK = "the shape is right, the check digit is wrong"
_SPACES = (0x3000, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F)
_READ_AS = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
_READ_AS |= dict.fromkeys(_SPACES, ord(" ")) | dict.fromkeys(map(ord, DASHES), ord("-"))
_UNSEEN = frozenset(INVISIBLE)


class Reading:
    """A text as it is read: wide characters as their half-width twins, invisible ones left out; spans of the original.

    >>> reading = Reading("手机１３８\u200b００１３８００１")
    >>> reading.text, reading.span(2, 13)
    ('手机13800138001', (2, 14))
    """

    def __init__(self, text: str) -> None:
        self._kept: list[int] = []
        if not _UNSEEN.isdisjoint(text):
            self._kept = [place for place, sign in enumerate(text) if sign not in _UNSEEN]
            text = "".join(text[place] for place in self._kept)
        self.text = text.translate(_READ_AS)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of what was read stands in the original."""
        return (self._kept[start], self._kept[end - 1] + 1) if self._kept and end > start else (start, end)


class RegexTimeoutError(RuntimeError):
    """A regular expression timed out: Presidio would have gone on as if the text held nothing."""


class _TimeoutTrap(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        if "timed out" in record.msg:
            raise RegexTimeoutError("A recognizer timed out: what it read counts as unread.")


class FormRecognizer(PatternRecognizer):
    """A recognizer of the pack. `FORM` describes it."""

    FORM: Form

    def __init__(self, supported_language: str = "zh", **others: Any) -> None:
        form = self.FORM
        super().__init__(
            supported_entity=form.entity,
            name=form.name,
            patterns=[Pattern(name, regex, score) for name, regex, score in form.patterns],
            context=list(form.context),
            supported_language=supported_language,
            **others,
        )

    def validate_result(self, pattern_text: str) -> bool | None:
        """Return True when the value passes its check, False when it is to be dropped, None for no opinion."""
        verdict = self.FORM.check(pattern_text) if self.FORM.check else None
        return None if verdict is False and self.FORM.wrong else verdict

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, regex_flags: int | None = None
    ) -> list[RecognizerResult]:
        """Find the entity in a text; spans refer to the text as it is."""
        reading = Reading(text)
        found: list[RecognizerResult] = super().analyze(reading.text, entities, nlp_artifacts, regex_flags)
        for result in found:
            value = reading.text[result.start : result.end]
            if self.FORM.wrong and self.FORM.check and self.FORM.check(value) is False:
                _mark_wrong(result, self.FORM.wrong)
            result.start, result.end = reading.span(result.start, result.end)
        return found


def _mark_wrong(result: RecognizerResult, score: float) -> None:
    result.score = score
    explanation = result.analysis_explanation
    if explanation:
        explanation.validation_result = False
        explanation.textual_explanation = f"{explanation.textual_explanation}; {WRONG_CHECK}"
        explanation.set_improved_score(score)


class MedicalTermRecognizer(LocalRecognizer):
    """Diagnoses, symptoms, drugs and examinations, by the lexicon."""

    name: str

    def __init__(self, supported_language: str = "zh") -> None:
        super().__init__(
            supported_entities=list(medical_terms.ENTITIES),
            name="MedicalTermRecognizer",
            supported_language=supported_language,
            context=list(medical_terms.FORMS[0].context),
        )

    def load(self) -> None:
        """Load nothing: the lexicon is read when it is first used."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Find the terms of a text."""
        kinds = medical_terms.lexicon()[1]
        reading = Reading(text)
        lower = reading.text.translate(_LOWER)
        found = []
        for which, start, end in _automaton().find_matches_as_indexes(lower):
            entity = medical_terms.ENTITIES[kinds[which]]
            if entity in entities and not _cuts_word(lower, start, end):
                found.append(self._result(entity, *reading.span(start, end)))
        return found

    def _result(self, entity: str, start: int, end: int) -> RecognizerResult:
        explanation = AnalysisExplanation(
            recognizer=self.name, original_score=0.7, textual_explanation="found in the lexicon of medical terms"
        )
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(entity, start, end, 0.7, explanation, metadata)


# Half a surrogate pair is no text to the automaton: it is read as a character that no term has, one for one.
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def _cuts_word(text: str, start: int, end: int) -> bool:
    def letter(place: int) -> bool:
        return 0 <= place < len(text) and text[place].isascii() and text[place].isalpha()

    return (letter(start) and letter(start - 1)) or (letter(end - 1) and letter(end))


@cache
def _automaton() -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(
        list(medical_terms.lexicon()[0]), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


@cache
def classes() -> dict[str, type[FormRecognizer]]:
    """Return the recognizer classes of the pack by name."""
    forms = [form for module in modules() for form in getattr(module, "FORMS", ()) if form.patterns]
    return {form.name: _class_of(form) for form in forms}


def _class_of(form: Form) -> type[FormRecognizer]:
    """Return a class whose name no recognizer of Presidio's bears: Presidio finds its own by class name."""
    return type(f"Exportgate{form.name}", (FormRecognizer,), {"FORM": form, "__doc__": form.entity})


def recognizers(language: str = "zh") -> list[Any]:
    """Return a recognizer of every entity for a language."""
    return [*(kind(supported_language=language) for kind in classes().values()), MedicalTermRecognizer(language)]


def register(engine: Any, languages: Sequence[str] = ()) -> tuple[Any, ...]:
    """Add the pack to an `AnalyzerEngine` for its languages, and make regex timeouts raise.

    For Chinese it takes the place of Presidio's own recognizer of e-mail addresses, which counts Chinese characters as
    letters of the address: of two finds of one entity Presidio keeps the longer.
    """
    languages = tuple(languages or engine.supported_languages)
    added = [one for language in languages for one in recognizers(language)]
    engine.registry.recognizers = [
        one
        for one in engine.registry.recognizers
        if not (_reads_chinese_as_letters(one) and one.supported_language in languages)
    ]
    for recognizer in added:
        engine.registry.add_recognizer(recognizer)
    trap_timeouts()
    return tuple(added)


def _reads_chinese_as_letters(recognizer: Any) -> bool:
    from presidio_analyzer.predefined_recognizers import EmailRecognizer

    return isinstance(recognizer, EmailRecognizer) and recognizer.supported_language.startswith("zh")


def trap_timeouts() -> None:
    """Raise `RegexTimeoutError` where Presidio would log a warning and return nothing."""
    logger = logging.getLogger("presidio-analyzer")
    if not any(isinstance(handler, _TimeoutTrap) for handler in logger.handlers):
        logger.addHandler(_TimeoutTrap(logging.WARNING))


def __getattr__(name: str) -> Any:
    if name in (known := classes()):
        return known[name]
    raise AttributeError(name)
