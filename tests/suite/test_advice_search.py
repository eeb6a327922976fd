"""The search: what it suggests passes, and undoing any part of it fails again, whatever the law says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from exportgate.scanner import advice
from exportgate.scanner.advice import Answer, Change, Room

COLUMNS = ("a", "b", "c", "d", "e")
APPROVALS = ("x", "y", "z")


@st.composite
def laws(draw: st.DrawFn):
    """A law that grows stricter with what leaves: each column has a weight, approvals raise the line they raise."""
    weights = {name: draw(st.integers(0, 9)) for name in COLUMNS}
    line = draw(st.integers(1, 200))
    lifts = {name: draw(st.sampled_from([0, 0, 50, 1000])) for name in APPROVALS}
    need = draw(st.sampled_from([(), ("x",), ("x", "y")]))

    def trial(change: Change) -> Answer:
        persons = 40 if change.persons is None else change.persons
        load = sum(weight for name, weight in weights.items() if name not in change.dropped) * persons
        allowed = line + sum(lifts[name] for name in change.approvals)
        missing = not set(need) <= set(change.approvals)
        return Answer(load < allowed and not missing, 0, "free")

    return trial


ROOM = Room(COLUMNS, ("a", "c"), {"a": 40, "b": 40, "c": 10, "d": 3, "e": 40}, 40, APPROVALS)


@settings(max_examples=300, deadline=None)
@given(laws())
def test_every_suggestion_passes_and_none_can_be_made_smaller(trial) -> None:
    for suggestion in advice.search(ROOM, trial):
        change = suggestion.change
        assert trial(change).passes
        for name in change.dropped:
            assert not trial(replace(change, dropped=tuple(set(change.dropped) - {name}))).passes
        for name in change.approvals:
            assert not trial(replace(change, approvals=tuple(set(change.approvals) - {name}))).passes
        if change.persons is not None:
            assert not trial(replace(change, persons=change.persons + 1)).passes


@settings(max_examples=100, deadline=None)
@given(laws())
def test_suggestions_are_distinct_and_the_least_loss_comes_first(trial) -> None:
    found = advice.search(ROOM, trial)
    losses = [suggestion.loss for suggestion in found]
    assert losses == sorted(losses)
    assert len({suggestion.change for suggestion in found}) == len(found)
    assert all(0 <= loss <= 1 for loss in losses)


def test_nothing_is_suggested_where_nothing_honest_helps() -> None:
    assert advice.search(ROOM, lambda change: Answer(False, None, "strict")) == ()


def test_the_same_change_is_tried_once() -> None:
    tried: list[Change] = []

    def trial(change: Change) -> Answer:
        tried.append(change)
        return Answer("a" in change.dropped, 0, "free")

    advice.search(ROOM, trial)
    assert len(tried) == len(set(tried))
