"""The rule by which a body is won or lost when its page is read anew."""

import pytest

from archive.replay.won_and_lost import MAX_EXAMPLES, NO_RULE, NOT_NOTED, RuleTally, deciding_rule


@pytest.mark.parametrize(
    ("characters", "then", "now", "rule"),
    [
        pytest.param(-80, {"beside": 300}, {"beside": 310, "foreign box": 80}, "foreign box", id="a rule cuts more"),
        pytest.param(80, {"beside": 300, "filler": 80}, {"beside": 310}, "filler", id="a rule cuts no more"),
        pytest.param(80, {"beside": 300}, {"beside": 220}, "beside", id="a rule cuts less"),
        pytest.param(-80, {"name": 90}, {"name": 10}, NO_RULE, id="shorter though nothing cuts more"),
        pytest.param(80, {"name": 10}, {"name": 90}, NO_RULE, id="longer though nothing cuts less"),
        pytest.param(80, {}, {}, NO_RULE, id="nothing was cut"),
        pytest.param(80, None, {"name": 90}, NOT_NOTED, id="of an earlier archive"),
    ],
)
def test_rule_is_told_by_what_each_cut_then_and_cuts_now(
    characters: int, then: dict[str, int] | None, now: dict[str, int], rule: str
) -> None:
    assert deciding_rule(characters, then, now) == rule


def test_bodies_are_counted_by_whether_they_are_longer_with_a_few_examples() -> None:
    tally = RuleTally()
    for number in range(MAX_EXAMPLES + 2):
        tally.add(-10 if number else 5, f"https://warta.example/{number}")
    assert (tally.lost, tally.lost_characters, tally.won, tally.won_characters) == (4, 40, 1, 5)
    assert tally.examples == [f"https://warta.example/{number}" for number in range(MAX_EXAMPLES)]
