"""Revisions on the site: the view over what is kept is shown as the table that it was, each text with it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from tests.support.earlier import make_earlier
from tests.support.serving import Site, fill, serving
from tests.support.storing import id_of

PANEN = id_of("panen")


@pytest.fixture(scope="module", params=["of today", "of version 19"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive whose revisions are a view, and one of before, where they are a table with all texts."""
    path: Path = fill(tmp_path_factory.mktemp("site"))
    if request.param != "of today":
        path = make_earlier(19, path, path.with_name("earlier.db"))
    with serving(path) as site:
        yield site


def test_each_revision_is_shown_with_its_text(site: Site) -> None:
    rows = json.loads(site.get(f"/archive/revisions.json?_shape=array&article_id={PANEN}").text)
    assert [row["number"] for row in rows] == [1, 2]
    assert ["tiga persen" in row["text"] for row in rows] == [True, False]
    assert ["lima persen" in row["text"] for row in rows] == [False, True]
    page = site.get(f"/archive/revisions?article_id={PANEN}").text
    assert (page.count("tiga persen"), page.count("lima persen")) == (1, 1)


def test_each_revision_has_a_page_of_its_own(site: Site) -> None:
    table = html.fromstring(site.get(f"/archive/revisions?article_id={PANEN}").text)
    links = [str(link) for link in table.xpath("//table[@class='rows']//a/@href") if "/archive/revisions/" in link]
    assert [urlsplit(link).path for link in links] == [f"/archive/revisions/{PANEN},{number}" for number in (1, 2)]
    for link, said in zip(links, ("tiga persen", "lima persen"), strict=True):
        row = site.get(link)
        assert row.status == 200
        assert said in row.text


def test_all_revisions_are_paged_by_their_keys(site: Site) -> None:
    first = json.loads(site.get("/archive/revisions.json?_size=40").text)
    assert (first["is_view"], first["primary_keys"]) == (False, ["article_id", "number"])
    assert first["next"].startswith(first["rows"][-1][0])
    rows = csv.DictReader(io.StringIO(site.get("/archive/revisions.csv?_stream=1").text))
    names = [(row["article_id"], row["number"]) for row in rows]
    assert len(names) == len(set(names)) == first["filtered_table_rows_count"] == 65


def test_revisions_refer_to_articles_and_articles_to_revisions(site: Site) -> None:
    labelled = json.loads(site.get(f"/archive/revisions.json?_labels=on&_shape=array&article_id={PANEN}").text)
    assert {row["run_id"]["value"] for row in labelled} == {1}
    key = json.loads(site.get(f"/archive/articles.json?_shape=array&id={PANEN}").text)[0]["key"]
    assert "/archive/revisions?article_id=" in site.get(f"/archive/articles/{key}").text


def test_tables_are_listed_once_and_with_their_meaning(site: Site) -> None:
    page = site.get("/archive").text
    assert re.findall(r'href="/archive/(revisions\w*)"', page) == ["revisions"]
    assert "Every state of an article&#39;s content" in page
    assert "whose state this is" in site.get("/archive/revisions").text
    assert site.get("/archive/revisions_kept").status in (403, 404)
