"""Times that nearly all entries of a sitemap share are those of a build."""

from datetime import timedelta

from kickcrawl.article import Candidate, Claim, Moment
from kickcrawl.discovery.build_time import without_build_claims
from tests.support.storing import NOW


def entry(number: int, minutes: float, *, is_day: bool = False) -> Candidate:
    changed = Moment(NOW + timedelta(minutes=minutes), 0)
    return Candidate(
        url=f"https://warta.example/kabar-{number}",
        seed="sitemap",
        modified=changed,
        modified_until=changed.at + timedelta(days=1) if is_day else None,
        claims=(Claim(field="modified_at", value=changed, source="sitemap"),),
    )


def test_time_of_a_build_is_no_articles_and_a_later_one_an_edits() -> None:
    entries = [entry(number, number / 10) for number in range(19)]
    edit = entry(19, 90)
    *built, last = without_build_claims([*entries, edit])
    assert last is edit
    assert [(one.url, one.modified, one.claims) for one in built] == [(one.url, one.modified, ()) for one in entries]


def test_times_of_their_own_few_entries_and_days_stay() -> None:
    own = [entry(number, number * 60) for number in range(20)]
    few = [entry(number, 0) for number in range(9)]
    days = [entry(number, 0, is_day=True) for number in range(20)]
    for entries in (own, few, days):
        assert without_build_claims(entries) == entries
