"""Pictures of articles are kept where the outlet's file says so: captured, counted, shown, exported, taken down."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from archive.database import open_archive
from archive.export.warc import export_warc
from archive.pictures import find_picture, lacking_pictures
from archive.query.choice import Choice
from archive.site.picture import has_picture, read_picture
from archive.warc.files import members
from archive.warc.records import TAKEN_DOWN, decode
from kickcrawl import CHECKOUT
from spiders.cli import main
from tests.newsroom import Newsroom, serve
from tests.newsroom.uploads import JPEG
from tests.support.crawling import crawl, rows
from tests.support.serving import serving
from tests.support.storing import NOW

pytestmark = pytest.mark.crawl

PICTURES = "SELECT * FROM captures WHERE content_type = 'image/jpeg' AND status = 200"


@pytest.fixture(scope="module")
def outlets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the outlet that keeps its pictures."""
    folder = tmp_path_factory.mktemp("outlets") / "id-nb"
    folder.mkdir()
    [bundled] = (CHECKOUT / "kickcrawl" / "outlets").glob("*/kicknews.toml")
    text = bundled.read_text(encoding="utf-8").replace("\ndelay = 1.0", "\nimages = true\ndelay = 1.0")
    (folder / "kicknews.toml").write_text(text, encoding="utf-8")
    return folder.parent


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, outlets: Path) -> Iterator[tuple[Path, Newsroom]]:
    archive = tmp_path_factory.mktemp("crawled") / "archive.db"
    with serve(seed=44, articles=12) as site:
        assert crawl(archive, site.base, settings={"OUTLETS": outlets, "ARTICLE_PICTURES": 2}).status == 0
        yield archive, site


def pictures_in(archive: Path) -> list[str]:
    told = "SELECT j.value ->> 'url' AS url FROM articles a, json_each(a.images) j WHERE j.key < 2"
    return sorted({row["url"] for row in rows(archive, told)})


def test_pictures_are_captured_and_counted(crawled: tuple[Path, Newsroom]) -> None:
    archive, _ = crawled
    wanted = pictures_in(archive)
    assert len(wanted) > 3
    assert sorted(row["url"] for row in rows(archive, PICTURES)) == wanted
    [run] = rows(archive, "SELECT counts ->> 'pictures' AS kept, counts ->> 'pictures-failed' AS failed FROM runs")
    assert run == {"kept": len(wanted), "failed": None}


def test_next_run_asks_for_no_picture_again(crawled: tuple[Path, Newsroom], outlets: Path) -> None:
    archive, site = crawled
    before = rows(archive, PICTURES)
    assert crawl(archive, site.base, settings={"OUTLETS": outlets, "ARTICLE_PICTURES": 2}).status == 0
    assert rows(archive, PICTURES) == before


def test_without_the_key_no_picture_is_fetched(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=44, articles=5) as site:
        assert crawl(archive, site.base).status == 0
    assert pictures_in(archive)
    assert rows(archive, PICTURES) == []


def test_too_large_and_refused_pictures_are_counted_as_failed(tmp_path: Path, outlets: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=44, articles=5) as site:
        settings = {"OUTLETS": outlets, "ARTICLE_PICTURES": 2, "PICTURE_MAXSIZE": 20}
        assert crawl(archive, site.base, settings=settings).status == 0
    assert rows(archive, PICTURES) == []
    [run] = rows(archive, "SELECT counts ->> 'pictures-failed' AS failed FROM runs")
    assert run["failed"] == len(pictures_in(archive))


def test_picture_is_found_as_it_was_captured(crawled: tuple[Path, Newsroom]) -> None:
    path, _ = crawled
    with closing(open_archive(path, read_only=True)) as archive:
        for url in pictures_in(path):
            assert has_picture(archive, url)
            found = read_picture(archive, url)
            assert found is not None
            kind, body = found
            assert (kind, body[:2], body[-20:]) == ("image/jpeg", JPEG[:2], JPEG[-20:])
        assert not has_picture(archive, "https://kicknews.example/tidak-ada.jpg")
        assert not has_picture(archive, rows(path, "SELECT url FROM articles")[0]["url"])


def test_site_shows_it(crawled: tuple[Path, Newsroom]) -> None:
    archive, _ = crawled
    with serving(archive) as site:
        url = pictures_in(archive)[0]
        with urlopen(f"{site.base}/picture?url={quote(url)}", timeout=120) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"] == "image/jpeg"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.read()[:2] == JPEG[:2]
        assert site.get("/picture?url=x").status == 404
        [shown] = rows(archive, f"SELECT id FROM articles WHERE images ->> '$[0].url' = '{url}' LIMIT 1")
        assert f"/picture?url={quote(url, safe='')}" in site.get(f"/article/{shown['id']}").text


def test_export_of_an_article_brings_its_pictures(crawled: tuple[Path, Newsroom], tmp_path: Path) -> None:
    path, _ = crawled
    told = "SELECT title, images ->> '$[0].url' AS url FROM articles WHERE json_array_length(images) > 0 LIMIT 1"
    [article] = rows(path, told)
    with closing(open_archive(path, read_only=True)) as archive:
        export_warc(archive, Choice(words=article["title"].replace("–", " ")), tmp_path / "satu.warc.gz")
    found = [decode(one[1]) for one in members(tmp_path / "satu.warc.gz") if isinstance(one, tuple)]
    assert article["url"] in {record.url for record in found if record.kind == "response"}


def test_takedown_takes_its_pictures(crawled: tuple[Path, Newsroom], tmp_path: Path) -> None:
    shutil.copytree(crawled[0].parent, tmp_path / "salinan")
    path = tmp_path / "salinan" / "archive.db"
    told = "SELECT id, images ->> '$[0].url' AS url FROM articles WHERE json_array_length(images) > 0 LIMIT 1"
    [article] = rows(path, told)
    words = ["takedown", article["id"], "--archive", str(path), "--reason", "hak cipta", "--yes"]
    assert CliRunner().invoke(main, words).exit_code == 0
    with closing(open_archive(path, read_only=True)) as archive:
        assert find_picture(archive, article["url"]) is None
        assert lacking_pictures(archive, "kicknews", 2, 100, NOW) == []
    emptied = [
        decode(one[1]) for warc in path.parent.glob("warc/*.gz") for one in members(warc) if isinstance(one, tuple)
    ]
    assert article["url"] in {record.url for record in emptied if TAKEN_DOWN in record.fields}
