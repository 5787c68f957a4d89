"""An article that no seed names, only another article's related links: the seed of last resort."""

import json
from pathlib import Path

import pytest

from tests.support.crawling import crawl, rows, value
from tests.support.scripted import WORDS, Answer, scripted

pytestmark = pytest.mark.crawl

TOWNS = ["sembalun", "sikur", "praya", "selong", "gerung"]
PINNED = ["narmada", "keruak"]  # each named by the one before only
ON_A_PAGE = 3


def story(town: str, related: str | None) -> str:
    more = f"<p>Baca juga: <a href='/kabar/panen-{related}/'>Panen di {related} melimpah tahun ini</a></p>"
    return (
        f"<html lang=id><title>Panen di {town} | Kabar Uji</title><body><article><h1>Panen di {town} melimpah tahun"
        f" ini</h1><p>{town}. {WORDS}</p>{more if related else ''}<p>Harga di {town} naik. {WORDS}</p></article></body>"
    )


def page(number: int) -> str:
    shown = TOWNS[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    links = "".join(f"<h2><a href='/kabar/panen-{t}/'>Panen di {t} melimpah tahun ini</a></h2>" for t in shown)
    following = f"<a rel=next href='/page/{number + 1}'>Berikutnya</a>" if TOWNS[number * ON_A_PAGE :] else ""
    return f"<html lang=id><title>Kabar Uji</title><body>{links}{following}</body></html>"


@pytest.mark.parametrize("has_sitemap", [False, True], ids=["lists only", "a sitemap names all"])
def test_article_that_only_another_names_is_found_where_lists_are_all_there_is(
    tmp_path: Path, has_sitemap: bool
) -> None:
    archive, following = tmp_path / "archive.db", dict(zip(["praya", *PINNED], [*PINNED, None], strict=True))
    pages = {f"/kabar/panen-{town}/": story(town, following.get(town)) for town in TOWNS + PINNED}
    pages |= {"/": page(1), "/page/2": page(2)}

    def answer(path: str, _turn: int) -> Answer:
        if path == "/robots.txt":
            return Answer(f"Sitemap: {site.base}/peta.xml\n" if has_sitemap else "", kind="text/plain")
        if path == "/peta.xml" and has_sitemap:
            inner = "".join(f"<url><loc>{site.base}/kabar/panen-{town}/</loc></url>" for town in TOWNS)
            space = "http://www.sitemaps.org/schemas/sitemap/0.9"
            return Answer(f"<urlset xmlns='{space}'>{inner}</urlset>", kind="application/xml")
        return Answer(pages[path]) if path in pages else Answer("tidak ada", 404)

    with scripted(answer) as site:
        done = crawl(archive, spider="news", arguments={"url": f"{site.base}/"})
    assert done.status == 0, done.err
    found = {row["url"].rsplit("-", 1)[1].strip("/") for row in rows(archive, "SELECT url FROM articles")}
    assert found == set(TOWNS if has_sitemap else TOWNS + PINNED)
    seeds = json.loads(value(archive, "SELECT seeds FROM runs"))
    assert [seed["new"] for seed in seeds if seed["seed"] == "related"] == ([] if has_sitemap else [1, 1])
