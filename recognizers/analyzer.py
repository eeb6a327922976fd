"""A Presidio engine without a model: no download, no look-up, context words from a window of characters.

Presidio's own enhancer needs lemmas, which a blank Chinese pipeline does not give. Ours looks at the characters before
and after a find, and at the caller's context (a column's name).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from .presidio import recognizers, trap_timeouts

BEFORE, AFTER = 16, 8


class TextWindowEnhancer(ContextAwareEnhancer):
    """Raises the score of a find that has one of its recognizer's context words nearby."""

    def __init__(self, before: int = BEFORE, after: int = AFTER, gain: float = 0.35, floor: float = 0.4) -> None:
        super().__init__(
            context_similarity_factor=gain,
            min_score_with_context_similarity=floor,
            context_prefix_count=before,
            context_suffix_count=after,
        )

    def enhance_using_context(
        self, text: str, raw_results: Any, nlp_artifacts: Any, recognizers: Any, context: Sequence[str] | None = None
    ) -> list[RecognizerResult]:
        """Return the results, with a higher score where a context word stands near."""
        lower, outer = text.lower(), " ".join(context or ()).lower()
        words = {one.id: [word.lower() for word in one.context or ()] for one in recognizers}
        return [self._enhanced(result, lower, outer, words) for result in raw_results]

    def _enhanced(self, result: Any, lower: str, outer: str, words: dict[str, list[str]]) -> Any:
        key = (result.recognition_metadata or {}).get(RecognizerResult.RECOGNIZER_IDENTIFIER_KEY, "")
        before = lower[max(0, result.start - self.context_prefix_count) : result.start]
        window = f"{before} {lower[result.end : result.end + self.context_suffix_count]} {outer}"
        word = next((word for word in words.get(key, ()) if word in window), None)
        if word is None:
            return result
        raised = copy.deepcopy(result)
        raised.score = min(
            1.0, max(result.score + self.context_similarity_factor, self.min_score_with_context_similarity)
        )
        if raised.analysis_explanation:
            raised.analysis_explanation.set_supportive_context_word(word)
            raised.analysis_explanation.set_improved_score(raised.score)
        return raised


def without_network() -> None:
    """Keep tldextract, which Presidio's own e-mail recognizer uses, to the list it carries."""
    import tldextract
    import tldextract.tldextract as module

    module.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def build(languages: Sequence[str] = ("zh", "en")) -> AnalyzerEngine:
    """Build an engine with the pack, for Chinese and English text."""
    without_network()
    trap_timeouts()
    nlp = NoOpNlpEngine([{"lang_code": language, "model_name": "none"} for language in languages])
    nlp.load()
    every = [one for language in languages for one in recognizers(language)]
    return AnalyzerEngine(
        nlp_engine=nlp,
        supported_languages=list(languages),
        registry=RecognizerRegistry(recognizers=every, supported_languages=list(languages)),
        context_aware_enhancer=TextWindowEnhancer(),
    )
