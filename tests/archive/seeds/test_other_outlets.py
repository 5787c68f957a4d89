"""What the seeds of other outlets named costs a run nothing: an archive may hold hundreds of outlets."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.database import Archive, open_archive
from archive.frontier import name
from archive.outlets import write_outlet
from archive.seeds.recheck import count_beside, count_named, recheck_unnamed
from archive.seeds.times import learn_times
from kickcrawl.article import Candidate, Moment
from kickcrawl.dates import to_iso
from tests.support.storing import NOW, OUTLET

LATER = to_iso(NOW.replace(year=2026))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        name_of(archive, "warta", 20)
        yield archive


def name_of(archive: Archive, outlet: str, count: int) -> None:
    """Have the sitemap of *outlet* name so many articles."""
    write_outlet(archive, OUTLET | {"slug": outlet, "home": f"https://{outlet}.example/"})
    urls = [f"https://{outlet}.example/kabar-{number}" for number in range(count)]
    name(archive, outlet, [Candidate(url=url, seed="sitemap", modified=Moment(NOW, 480)) for url in urls], NOW)
    archive.write("UPDATE frontier SET state = 'done'")


def steps(archive: Archive) -> int:
    """Return how many steps of SQLite's machine it takes to look at what the sitemap of *warta* named."""
    taken = [0]

    def count() -> int:
        taken[0] += 1
        return 0

    archive.connection.set_progress_handler(count, 1)
    learn_times(archive, "warta", "sitemap")
    recheck_unnamed(archive, "warta", "sitemap", to_iso(NOW))
    count_named(archive, "warta", "sitemap")
    count_beside(archive, "warta", "sitemap", "feed")
    archive.connection.set_progress_handler(None, 1)
    return taken[0]


def test_looking_at_an_outlets_seeds_takes_as_long_among_others(archive: Archive) -> None:
    steps(archive)  # the first notes what is to be remembered
    before = steps(archive)
    for number in range(40):
        name_of(archive, f"lain-{number}", 20)
    assert steps(archive) < 1.1 * before


def test_what_an_outlets_sitemap_names_no_more_is_due_and_nothing_of_another(archive: Archive) -> None:
    name_of(archive, "lain", 3)
    assert recheck_unnamed(archive, "warta", "sitemap", LATER) == 20
    assert archive.value("SELECT group_concat(DISTINCT outlet) FROM frontier WHERE state = 'due'") == "warta"
