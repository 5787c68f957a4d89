"""Tell a list that calls nearly all of its articles edited at once: it tells of visits, or of a build.

Mezzanine counts a visit as an update, MkDocs gives every page the day of the build. Fetching all of them again in each
run finds nothing; the newest few show whether the list was right this time, the others are looked at by their age.
"""

from collections.abc import Sequence
from dataclasses import replace

from kickcrawl.article import Candidate

MIN_EDITED = 8  # known articles that a list calls edited since they were fetched
MIN_SHARE = 0.8  # of the known ones that it names
SAMPLES = 3  # that are believed


def are_mass_edits(edited: int, known: int) -> bool:
    """Tell whether *edited* articles beside *known* unchanged ones are too many for a newsroom."""
    return edited >= MIN_EDITED and edited >= MIN_SHARE * (edited + known)


def without_mass_edits(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return *candidates*, of which only the newest are still said to be edited."""
    newest = sorted(candidates, key=lambda one: one.published.at.timestamp() if one.published else 0.0, reverse=True)
    believed = {one.url for one in newest[:SAMPLES]}
    return [one if one.url in believed else replace(one, modified=None, modified_until=None) for one in candidates]
