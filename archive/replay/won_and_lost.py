"""Which bodies an extractor wins and loses against the archived ones, by the rule that decides it.

The rule is the one whose cuts changed most: for a shorter body the rule that now cuts most more, for a longer one the
rule that cuts most less. Where no cuts were noted then (`articles.left_out`), no rule can be told.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_EXAMPLES = 3  # addresses of a rule
NOT_NOTED = "not noted"  # what was left out when it was stored
NO_RULE = "no rule"  # cuts more or less than before: another witness was believed


@dataclass(slots=True)
class RuleTally:
    """How many bodies became shorter (*lost*) and longer (*won*) by a rule, and by how many characters in all."""

    lost: int = 0
    lost_characters: int = 0
    won: int = 0
    won_characters: int = 0
    examples: list[str] = field(default_factory=list)  # addresses, of the first ones

    def add(self, characters: int, url: str) -> None:
        """Count a body that is so many *characters* longer, or shorter if they are negative."""
        if characters < 0:
            self.lost, self.lost_characters = self.lost + 1, self.lost_characters - characters
        else:
            self.won, self.won_characters = self.won + 1, self.won_characters + characters
        if len(self.examples) < MAX_EXAMPLES:
            self.examples.append(url)


def deciding_rule(characters: int, then: Mapping[str, int] | None, now: Mapping[str, int]) -> str:
    """Return the rule by which a body is so many *characters* longer, or shorter; *then* and *now*: what each cut."""
    if then is None:
        return NOT_NOTED
    more = Counter(now)
    more.subtract(then)
    rule, change = (max if characters < 0 else min)(more.items(), key=lambda item: item[1], default=(NO_RULE, 0))
    return rule if change * characters < 0 else NO_RULE
