"""A takedown and pictures: what only the article shows goes, what another shows, too, stays until that one goes."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.database import open_archive
from archive.pictures import find_picture
from archive.site.picture import read_picture
from kickcrawl.article import Image
from spiders.cli import main
from tests.support.crawling import value
from tests.support.replayable import Maker, html

PICTURES = "https://cdn.example/foto/"
OWN, SHARED, MOVED, TARGET, TWIN, SAME = (f"{PICTURES}{name}.jpg" for name in ("a", "b", "c", "c-besar", "d", "d2"))


EVERY = (OWN, SHARED, MOVED, TARGET, TWIN, SAME)
SHOWN = ((OWN, SHARED, MOVED, TWIN), (SHARED, TARGET, SAME))  # by the first article and by the second


class Rig:
    """Two articles, and their pictures as captured, most for the first one's sake.

    MOVED redirects to TARGET. SAME has the bytes of TWIN, and is kept as a reference to them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(open_archive(path, create=True)) as archive:
            maker = Maker(archive)
            self.first, self.second = maker.url(1), maker.url(2)
            for number, (url, shown) in enumerate(zip((self.first, self.second), SHOWN, strict=True)):
                at, text = maker.tick(), maker.text(number)
                capture_id = maker.keep(url, html(number, text), at)
                maker.article(url, number, at, capture_id, text, tuple(Image(url=one) for one in shown))
            for url, drawn in ((OWN, OWN), (SHARED, SHARED), (TARGET, TARGET), (TWIN, TWIN), (SAME, TWIN)):
                about = json.dumps({"picture_of": self.second if url == SAME else self.first})
                maker.keep(url, drawn.encode() * 30, maker.tick(), mime="image/jpeg", about=about)
            about = json.dumps({"picture_of": self.first})
            maker.keep(MOVED, b"", maker.tick(), status=302, location=TARGET, about=about)
            maker.end()

    def take_down(self, url: str) -> Result:
        words = ["takedown", url, "--archive", str(self.path), "--reason", "hak cipta", "--yes"]
        return CliRunner().invoke(main, words)

    def held(self) -> set[str]:
        """Return which pictures the archive still shows."""
        with closing(open_archive(self.path, read_only=True)) as archive:
            return {url for url in EVERY if find_picture(archive, url) is not None and read_picture(archive, url)}


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path / "archive.db")


def test_pictures_that_another_article_shows_stay_and_are_told(rig: Rig) -> None:
    assert rig.held() == set(EVERY)
    result = rig.take_down(rig.first)
    assert result.exit_code == 0, result.output
    assert rig.held() == {SHARED, TARGET, TWIN, SAME}
    assert f"other articles show, too, are still there: {SHARED}, {TARGET}, {TWIN}\n" in result.output
    assert CliRunner().invoke(main, ["verify", "--archive", str(rig.path)]).exit_code == 0


def test_where_pictures_lead_to_stays_for_the_article_that_is_left(rig: Rig) -> None:
    rig.take_down(rig.second)
    assert rig.held() == {OWN, SHARED, MOVED, TARGET, TWIN}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_last_article_that_shows_them_takes_all_along(rig: Rig, order: tuple[int, int]) -> None:
    for number in order:
        result = rig.take_down((rig.first, rig.second)[number])
        assert result.exit_code == 0, result.output
    assert "still there" not in result.output
    assert rig.held() == set()
    assert value(rig.path, "SELECT count(*) FROM articles") == 0


def test_a_picture_named_as_a_page_does_not_keep_the_page(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(open_archive(path, create=True)) as archive:
        maker = Maker(archive)
        first = maker.url(1)
        for number in (1, 2):
            url, at, text = maker.url(number), maker.tick(), maker.text(number)
            capture_id = maker.keep(url, html(number, text), at)
            maker.article(url, number, at, capture_id, text, (Image(url=first),))  # a broken og:image
        maker.end()
    words = ["takedown", first, "--archive", str(path), "--reason", "hak cipta", "--yes"]
    assert CliRunner().invoke(main, words).exit_code == 0
    emptied = "SELECT count(*) FROM captures c JOIN replaced r USING (file, offset) WHERE c.url = :url"
    assert value(path, emptied, url=first) == 1
