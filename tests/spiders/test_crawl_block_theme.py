"""A site of today's WordPress, crawled before and after its editors' changes, with REST and without."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.crawling import crawl, rows
from tests.support.scripted import WORDS, Answer, scripted

pytestmark = pytest.mark.crawl

FORM = '<form class="post-password-form"><input name="post_password" type="password"></form>'
TITLES = {"pasar-baru": "Pasar Baru Dibuka Jumat", "jembatan-beton": "Jembatan Darurat Diganti Beton"}


@dataclass
class Site:
    """What its editors change: a category by itself, and a password that is set later."""

    rest: bool
    section: str = "Politik"
    locked: bool = False

    def answer(self, path: str, _turn: int) -> Answer:
        if path.startswith("/wp-json/"):
            return self._posts()
        if path == "/wp-sitemap.xml":
            return Answer(self._sitemap(), kind="application/xml")
        if path == "/":
            return Answer(_page("Kabar", "".join(map(_entry, TITLES))))
        slug = path.strip("/")
        if slug not in TITLES:
            return Answer(status=404)
        text = FORM if self._is_locked(slug) else f"<p>{WORDS}</p>"
        terms = f'<div class="taxonomy-category wp-block-post-terms"><a href="/x" rel="tag">{self.section}</a></div>'
        other = next(name for name in TITLES if name != slug)
        body = f"<h1>{TITLES[slug]}</h1>{terms}<div class='entry-content'>{text}</div><ul>{_entry(other)}</ul>"
        return Answer(_page(TITLES[slug], f"<main>{body}</main>", f"single single-post postid-{_number(slug)}"))

    def _is_locked(self, slug: str) -> bool:
        return self.locked and slug == "jembatan-beton"

    def _changed(self, slug: str) -> str:
        return f"2026-09-0{5 if self._is_locked(slug) else 4}T00:00:00"

    def _posts(self) -> Answer:
        if not self.rest:
            return Answer('{"code": "rest_disabled"}', status=401, kind="application/json")
        posts = [
            {
                "id": _number(slug), "link": f"{BASE}/{slug}", "type": "post", "status": "publish",
                "date": "2026-09-03T08:00:00", "date_gmt": "2026-09-03T00:00:00", "modified_gmt": self._changed(slug),
                "title": {"rendered": title}, "content": {"protected": self._is_locked(slug)},
                "_links": {"wp:term": [{"taxonomy": "category"}, {"taxonomy": "post_tag"}]},
                "_embedded": {"wp:term": [[{"taxonomy": "category", "name": self.section}], []]},
            }
            for slug, title in TITLES.items()
        ]  # fmt: skip
        return Answer(json.dumps(posts), headers={"X-WP-Total": "2", "X-WP-TotalPages": "1"}, kind="application/json")

    def _sitemap(self) -> str:
        entries = "".join(
            f"<url><loc>{BASE}/{slug}</loc><lastmod>{self._changed(slug)}+00:00</lastmod></url>" for slug in TITLES
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


BASE = "http://base.example"  # until the server says where it is


def _number(slug: str) -> int:
    return 40 + list(TITLES).index(slug)


def _entry(slug: str) -> str:
    return (
        f'<li class="wp-block-post post-{_number(slug)} post type-post hentry"><h2 class="wp-block-post-title">'
        f'<a href="/{slug}">{TITLES[slug]}</a></h2><a href="/{slug}">'
        f'<time datetime="2026-09-03T08:0{_number(slug) % 10}:00+08:00">3 September 2026</time></a></li>'
    )


def _page(title: str, body: str, classes: str = "home blog") -> str:
    head = f'<title>{title}</title><meta name="generator" content="WordPress 7.1">'
    return f'<html lang="id"><head>{head}</head><body class="{classes} wp-theme-x">{body}</body></html>'


@pytest.mark.parametrize("rest", [True, False], ids=["REST on", "REST off"])
def test_editors_changes_are_seen_and_a_password_withdraws_nothing(
    tmp_path: Path, rest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, site = tmp_path / "archive.db", Site(rest=rest)
    with scripted(site.answer) as script:
        monkeypatch.setattr(f"{__name__}.BASE", script.base)
        assert crawl(archive, script.base).status == 0
        first = articles(archive)
        site.section, site.locked = "Ekonomi", True
        assert crawl(archive, script.base).status == 0
    moved, locked = articles(archive)
    assert [row["published_source"] for row in first] == ["rest" if rest else "listing"] * 2
    assert [row["published_at"] for row in first] == [f"2026-09-03T00:0{0 if rest else n}:00+00:00" for n in (0, 1)]
    assert [row["modified_at"] for row in first] == ["2026-09-04T00:00:00+00:00"] * 2
    assert [row["sections"] for row in first] == ['["Politik"]'] * 2
    assert (moved["sections"], moved["revision"]) == (('["Ekonomi"]', 2) if rest else ('["Politik"]', 1))
    assert (locked["gone_at"], locked["text"], locked["revision"]) == (None, WORDS.strip(), 1)


def articles(archive: Path) -> list[dict[str, object]]:
    return rows(archive, "SELECT * FROM articles ORDER BY native_id")
