"""A site is recognised from its front page, robots.txt and the usual places; what its articles' addresses look like."""

import re

import pytest

from kickcrawl.article import Moment, PageSource
from kickcrawl.discovery.article_form import has_article_form, reads_as_headline
from kickcrawl.errors import SeedError
from kickcrawl.outlet import Outlet, Seeds, UrlRules
from kickcrawl.robots import read_robots
from kickcrawl.sites.frontpage import FrontPage, read_front_page
from kickcrawl.sites.outlet_file import to_toml
from kickcrawl.sites.patterns import article_patterns
from kickcrawl.sites.recognise import Proposal, recognise, unlisted_site, wanted
from kickcrawl.sites.region import language_of, region_of, zone_of
from kickcrawl.sites.seed_trials import SeedAnswer, Sighting

HOME = "https://www.warta.example/"
STORIES = "".join(
    f"<h3><a href='/2025/07/{n:02d}/harga-cabai-naik-{n}.html'>Harga cabai di pasar naik lagi ke-{n}</a></h3>"
    for n in range(1, 9)
)
MENU = "<nav><a href='/'>Beranda</a><a href='/lombok-barat/'>Lombok Barat</a><a href='/redaksi'>Redaksi</a></nav>"


def page(head: str = "", body: str = MENU + STORIES, lang: str = "id") -> bytes:
    return f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>".encode()


def front(head: str = "", body: str = MENU + STORIES, lang: str = "id") -> FrontPage:
    return read_front_page(PageSource(url=HOME, body=page(head, body, lang)))


def look(pages: dict[str, bytes], robots: bytes = b"") -> tuple[Proposal, list[str]]:
    """Recognise a site that consists of *pages*; return also what was asked of it."""
    sighting, asked = Sighting(HOME, read_robots(200, robots, "kickcrawl")), []
    while urls := wanted(sighting):
        for url in urls:
            asked.append(url)
            body = pages.get(url.split("?")[0])
            sighting.answers[url] = SeedAnswer(url, 404) if body is None else SeedAnswer(url, 200, body)
    return recognise(sighting), asked


@pytest.mark.parametrize(
    ("head", "platform"),
    [
        ("<meta name=generator content='WordPress 6.8'>", "wordpress"),
        ("<link rel='https://api.w.org/' href='/wp-json/'>", "wordpress"),
        ("<link rel=stylesheet href='/wp-content/themes/x/style.css'>", "wordpress"),
        ("<script src='/wp-includes/js/jquery.js'></script>", "wordpress"),
        ("<meta content='blogger' name='generator'>", "blogger"),
        ("<link rel=alternate type='application/atom+xml' href='/feeds/posts/default'>", "blogger"),
        ("<script src='https://www.blogger.com/static/v1/widgets/1.js'></script>", "blogger"),
        ("<meta content='blogger' name='generator'><img src='/wp-content/uploads/alt.jpg'>", "blogger"),
        ("<meta name=generator content='Hugo'>", None),
    ],
)
def test_platform_is_told_by_its_marks(head: str, platform: str | None) -> None:
    assert front(head).platform == platform


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<meta property='og:site_name' content='Warta Uji'><title>Beranda - Lain</title>", "Warta Uji"),
        ('<script type="application/ld+json">{"@type": "WebSite", "name": "Warta Uji"}</script>', "Warta Uji"),
        ("<title>Kabar hari ini | Warta</title>", "Warta"),
        ("<title>Portal Kita - kabar hari ini</title>", "Portal Kita"),
    ],
)
def test_site_is_called_as_it_calls_itself(head: str, name: str) -> None:
    assert front(head).names[0] == name


@pytest.mark.parametrize(("lang", "code"), [("id-ID", "id"), ("in", "id"), ("en", "en"), ("xx", None), ("", None)])
def test_language_is_one_that_there_is(lang: str, code: str | None) -> None:
    assert front(lang=lang).language == code


def test_links_with_headlines_are_news_and_short_ones_in_menus_sections() -> None:
    found = front()
    assert len(found.headlines) == 8
    assert found.sections == ("https://www.warta.example/lombok-barat/",)


def test_feeds_of_comments_and_of_other_sites_are_no_seeds() -> None:
    links = "".join(
        f"<link rel=alternate type='application/rss+xml' href='{href}'>"
        for href in ("/feed/", "/comments/feed/", "https://lain.example/feed/")
    )
    assert front(links).feeds == ("https://www.warta.example/feed/",)


@pytest.mark.parametrize(
    ("urls", "pattern"),
    [
        (["/2025/07/a-b-c.html", "/2024/11/d-e.html"], r"^/(?:19|20)\d\d/\d\d/[^/?]+\.html$"),
        (["/2025/07/14/a-b-c/", "/2024/11/03/d-e/"], r"^/(?:19|20)\d\d/\d\d/\d\d/[^/?]+/?$"),
        (["/berita/57/a-b-c", "/berita/14188/d-e"], r"^/berita/\d+/[^/?]+/?$"),
        (["/mataram/a-b-c", "/hukum/d-e-f"], r"^/[^/?]+/[^/?]*-[^/?]*/?$"),
        (["/mataram/a-b-c", "/mataram/d-e-f"], r"^/[^/?]+/[^/?]*-[^/?]*/?$"),
        (["/a-b-c", "/d-e-f"], r"^/[^/?]*-[^/?]*/?$"),
        ([f"/kabar-kita/a-{n}" for n in range(25)], r"^/kabar\-kita/[^/?]+/?$"),
        (["/read/1234567", "/read/765432"], r"^/read/\d+/?$"),
        (["/daerah/a-b", "/daerah/lombok/c-d", "/politik/e-f"], r"^/(?:[^/?]+/){1,4}[^/?]*-[^/?]*/?$"),
        (["/daerah/a-b", "/daerah/lombok/timur/c", "/daerah/d"], r"^/(?:[^/?]+/){1,4}[^/?]+/?$"),
    ],
)
def test_pattern_keeps_what_articles_share_and_no_chance(urls: list[str], pattern: str) -> None:
    (found,) = article_patterns(HOME.rstrip("/") + url for url in urls)
    assert found == pattern
    assert all(re.search(found, url) for url in urls)


def test_rare_form_of_address_makes_no_rule() -> None:
    urls = [f"{HOME}2025/07/a-b-{n}.html" for n in range(60)] + [f"{HOME}promo/ikut-lomba-foto"]
    assert len(article_patterns(urls)) == 1


ARTICLES = [f"{HOME}kabar/panen-raya-{n}/" for n in range(30)]


@pytest.mark.parametrize(
    ("others", "told", "count"),
    [
        pytest.param(["galeri/foto-pasar-pagi/", "galeri/foto-pasar-sore/"], [], 1, id="two among thirty"),
        pytest.param([f"opini/suara-warga-{n}" for n in range(5)], [], 2, id="five that no feed speaks of"),
        pytest.param([f"buku/cara-bertani-{n}" for n in range(5)], ARTICLES[:6], 1, id="five beside a feed"),
        pytest.param([f"{n}/kabar-lama-sekali" for n in range(12)], ARTICLES[:6], 2, id="older permalinks"),
        pytest.param(
            ["opini/suara-warga-1", "opini/suara-warga-2"], [f"{HOME}opini/suara-warga-1"], 2, id="told by a feed"
        ),
    ],
)
def test_few_pages_of_another_form_make_no_rule(others: list[str], told: list[str], count: int) -> None:
    assert len(article_patterns([*ARTICLES, *(HOME + path for path in others)], told)) == count


def test_rare_form_counts_with_its_own_words_if_the_outlets_database_names_it() -> None:
    urls = [f"{HOME}2025/07/a-b-{n}.html" for n in range(60)] + [f"{HOME}liputan/pilkades/babak-dua"]
    assert article_patterns(urls, certain=urls)[1:] == ("^/liputan/pilkades/[^/?]+/?$",)


def test_page_of_a_list_is_no_section() -> None:
    paths = ("/page/2", "/?query-1-page=3", "/index4.html", "/hukum/")
    pages = "<nav>" + "".join(f"<a href='{path}'>Hukum</a>" for path in paths) + "</nav>"
    assert front(body=pages + STORIES).sections == (f"{HOME}hukum/",)


def test_sections_that_look_like_articles_are_excluded_by_their_form() -> None:
    names = ("/kanal-kita/lombok-barat/", "/kanal-kita/lombok-timur/", "/daerah/lombok-utara/")
    menu = "<nav>" + "".join(f"<a href='{path}'>Lombok</a>" for path in names) + "</nav>"
    stories = "".join(
        f"<a href='/{section}/jalan-rusak-di-sikur-{n}/'>Jalan rusak di Sikur belum diperbaiki warga {n}</a>"
        for section in ("daerah", "hukum")
        for n in range(9)
    )
    proposal, _ = look({HOME: page(body=menu + stories)})
    assert proposal.outlet.urls.exclude == ("^/kanal\\-kita/", "^/daerah/lombok\\-utara/?$")
    below = proposal.outlet.classify(f"{HOME}daerah/lombok-utara/jalan-rusak-di-sikur")
    assert not below.rule.startswith("exclude")


@pytest.mark.parametrize(
    ("path", "story"),
    [
        ("jalan-rusak-di-sikur", True),
        ("berita/14188", True),
        ("lombok-barat", False),
        ("", False),
        ("?p=82102", True),
        ("news/view.asp?newsid=3001&lang=id", True),
        ("baca.php?id=7", True),
        ("list.php?catid=7", False),
        ("index.php?page_id=7", False),
        ("?cat=7", False),
    ],
)
def test_address_of_a_story_has_a_slug_or_a_number(path: str, story: bool) -> None:
    assert has_article_form(HOME + path) is story


def test_articles_that_a_parameter_numbers_have_a_rule_with_it() -> None:
    (pattern,) = article_patterns([f"{HOME}news/view.asp?newsid={n}&lang=id" for n in range(3001, 3009)])
    outlet = unlisted_site(HOME, "warta").model_copy(update={"urls": UrlRules(article=(pattern,))})
    asked = ["view.asp?newsid=4000&lang=id", "view.asp?lang=id&newsid=5", "view.asp?lang=id", "list.asp?newsid=5"]
    assert [outlet.classify(f"{HOME}news/{path}").is_article for path in asked] == [True, True, False, False]


def test_headline_is_long() -> None:
    assert reads_as_headline(HOME + "harga-cabai-naik", "Harga cabai di pasar naik")
    assert not reads_as_headline(HOME + "harga-cabai-naik", "Baca selengkapnya")


def test_wordpress_without_its_api_gets_the_usual_seeds() -> None:
    head = "<link rel=stylesheet href='/wp-content/x.css'><title>Warta</title>"
    sitemap = f"<urlset><url><loc>{HOME}2025/07/01/harga-cabai-naik.html</loc></url></urlset>".encode()
    found, asked = look(
        {HOME: page(head), f"{HOME}post-sitemap.xml": sitemap}, f"Sitemap: {HOME}post-sitemap.xml".encode()
    )
    outlet = found.outlet
    assert outlet.platform == "wordpress"
    assert outlet.seeds.rest == "/wp-json/wp/v2/posts"
    assert outlet.seeds.feeds == ("/feed/atom/?orderby=modified&order=desc", "/feed/")
    assert outlet.domains == ("warta.example", "www.warta.example")
    assert outlet.classify(f"{HOME}2025/08/02/jalan-rusak.html").is_article
    assert not outlet.classify(f"{HOME}lombok-barat/").is_article
    assert len(asked) <= 6


def test_hidden_wordpress_is_told_by_its_answering_api() -> None:
    posts = b'[{"id": 1, "link": "https://www.warta.example/harga-cabai-naik", "status": "publish", "type": "post"}]'
    found, _ = look({HOME: page("<title>Warta</title>"), f"{HOME}wp-json/wp/v2/posts": posts})
    assert found.outlet.platform == "wordpress"


def test_sections_are_looked_at_where_nothing_else_covers_the_site() -> None:
    section = page(body=STORIES)
    found, asked = look({HOME: page(), f"{HOME}lombok-barat/": section})
    assert found.outlet.seeds == Seeds(sections=("/", "/lombok-barat/"))
    assert found.outlet.platform == "generic"
    assert asked[-1] == f"{HOME}lombok-barat/"
    assert {trial.seed for trial in found.trials if trial.error is None} == {"listing"}
    assert found.newest


def test_of_two_feeds_that_name_the_same_the_first_is_a_seed() -> None:
    links = "".join(f"<link rel=alternate type='application/{kind}+xml' href='/{kind}'>" for kind in ("rss", "atom"))
    rss = "<rss version='2.0'><channel><item><link>{}</link></item></channel></rss>"
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='{}'/></entry></feed>"
    story, other = f"{HOME}2025/07/01/panen-raya-bawang.html", f"{HOME}2025/07/02/harga-cabai-naik.html"
    same, _ = look(
        {HOME: page(links), f"{HOME}rss": rss.format(story).encode(), f"{HOME}atom": atom.format(story).encode()}
    )
    both, _ = look(
        {HOME: page(links), f"{HOME}rss": rss.format(story).encode(), f"{HOME}atom": atom.format(other).encode()}
    )
    assert same.outlet.seeds.feeds == ("/rss",)
    assert both.outlet.seeds.feeds == ("/rss", "/atom")


def test_newest_are_told_by_the_feed_where_the_sitemap_gives_no_times() -> None:
    """Astro's sitemap has no lastmod, and begins with the pages of the list (Astro 5.18, 2026-11-30)."""
    stories = [f"{HOME}kabar/panen-raya-ke-{n}/" for n in range(4)]
    pages = [f"{HOME}kabar/{n}/" for n in range(2, 5)]
    sitemap = "".join(f"<url><loc>{url}</loc></url>" for url in (*pages, *stories))
    feed = f"<item><link>{stories[3]}</link><pubDate>Mon, 14 Jul 2025 09:30:00 +0800</pubDate></item>"
    found, _ = look(
        {
            HOME: page("<link rel=alternate type='application/rss+xml' href='/rss.xml'>"),
            f"{HOME}sitemap.xml": f"<urlset>{sitemap}</urlset>".encode(),
            f"{HOME}rss.xml": f"<rss version='2.0'><channel>{feed}</channel></rss>".encode(),
        }
    )
    assert found.newest[0].url == stories[3]
    assert len({candidate.url for candidate in found.newest}) == len(found.newest)


def test_of_a_sitemap_index_one_file_is_read() -> None:
    index = "".join(f"<sitemap><loc>{HOME}post-sitemap{n}.xml</loc></sitemap>" for n in range(1, 40))
    child = f"<urlset><url><loc>{HOME}2025/07/01/harga-cabai-naik.html</loc></url></urlset>".encode()
    pages = {HOME: page(), f"{HOME}peta.xml": f"<sitemapindex>{index}</sitemapindex>".encode()}
    pages |= {f"{HOME}post-sitemap{n}.xml": child for n in range(1, 40)}
    found, asked = look(pages, f"Sitemap: {HOME}peta.xml".encode())
    assert sum("post-sitemap" in url for url in asked) == 1
    assert found.outlet.seeds.sitemaps == ("/peta.xml",)


def test_sitemap_is_found_where_the_front_page_links_to_it_or_most_sites_have_it() -> None:
    """Astro's blog template has a link, and neither robots.txt nor /sitemap.xml (Astro 5.18, 2026-11-30)."""
    sitemap = f"<urlset><url><loc>{HOME}blog/harga-cabai-naik-lagi</loc></url></urlset>".encode()
    linked, asked = look({HOME: page("<link rel=sitemap href='/peta/isi.xml'>"), f"{HOME}peta/isi.xml": sitemap})
    usual, _ = look({HOME: page(), f"{HOME}sitemap-index.xml": sitemap})
    assert linked.outlet.seeds.sitemaps == ("/peta/isi.xml",)
    assert f"{HOME}sitemap.xml" not in asked
    assert usual.outlet.seeds.sitemaps == ("/sitemap-index.xml",)


def test_name_is_the_part_of_the_title_that_the_other_part_repeats() -> None:
    """Lektor's quickstart greets with the name and ends every title in it (Lektor 3.3, 2026-11-30)."""
    assert front("<title>Welcome to Kabar Rinjani! — Kabar Rinjani</title>").names == ("Kabar Rinjani",)
    assert front("<title>Kabar Rinjani- Kabar Rinjani</title>").names == ("Kabar Rinjani",)  # Wagtail's template


def test_front_page_that_cannot_be_had_is_an_error() -> None:
    sighting = Sighting(HOME, read_robots(404, b"", "kickcrawl"))
    sighting.answers[HOME] = SeedAnswer(HOME, 503)
    with pytest.raises(SeedError, match=r"out of reach \(HTTP 503\)"):
        wanted(sighting)


def test_unlisted_site_answers_with_and_without_www() -> None:
    assert unlisted_site("https://suara.example/", "suara").owns("https://www.suara.example/x")
    assert not unlisted_site("http://127.0.0.1:8099/", "x").owns("http://127.0.0.1:8100/x")


@pytest.mark.parametrize(
    ("text", "language", "times", "zone"),
    [
        ("Lombok, Mataram, NTB, Bima, Dompu", "id", [], "Asia/Makassar"),
        ("pukul 09.00 WITA", "id", [], "Asia/Makassar"),
        ("pukul 09.00 WIT", "id", [], "Asia/Jayapura"),
        ("kabar", "id", [420, 420], "Asia/Jakarta"),
        ("kabar", "id", [], "Asia/Jakarta"),
        ("news at 9 WITA", "en", [], "UTC"),
        ("news", "en", [480, 0, 480], "Etc/GMT-8"),
        ("news", "en", [-300], "Etc/GMT+5"),
        ("news", "en", [0], "UTC"),
        ("news", "de", [60, 120], "UTC"),
        ("news", "en", [330], "UTC"),
    ],
)
def test_zone_is_told_by_places_names_and_offsets(text: str, language: str, times: list[int], zone: str) -> None:
    from datetime import UTC, datetime

    assert zone_of(text, language, [Moment(datetime(2025, 7, 14, tzinfo=UTC), offset) for offset in times]) == zone


def test_region_and_language_are_told_by_words() -> None:
    assert region_of("Berita Jakarta dan Lombok") is None
    assert region_of("Lombok " * 6) == "ID-NB"
    assert region_of("Berita Kupang, Ende, Sikka, Labuan Bajo dan Flores. Lombok") == "ID-NT"
    assert region_of("Denpasar, Badung, Gianyar, Buleleng, Bali kembali") == "ID-BA"
    assert zone_of("Kupang " * 6, "id", []) == "Asia/Makassar"
    assert language_of("Kabar untuk warga di desa yang jauh") == "id"
    assert language_of("News from the village") == "en"


def test_written_file_has_few_lines_and_says_the_same(tmp_path: object) -> None:
    import tomllib

    outlet = Outlet(
        slug="uji",
        name='Warta "Uji" \\ \x7f',
        home=HOME,
        region="ID-NB",
        platform="wordpress",
        domains=("warta.example",),
        title_suffixes=("Warta",),
        dateline_names=("Warta",),
        delay=2.5,
        render=True,
        seeds=Seeds(rest="/r", sitemaps=("/a", "/b"), feeds=("/f",), sections=("/",)),
        urls=UrlRules(article=(r"^/\d+$", "^/o'brien"), exclude=("^/x",)),
    )
    text = to_toml(outlet, "dari\nuji")
    assert len(text.splitlines()) <= 21  # the longest that there can be
    assert "delay = 2.5  # seconds between two requests" in text
    assert Outlet.model_validate({"slug": "uji", **tomllib.loads(text)}) == outlet


@pytest.mark.parametrize(
    ("head", "body", "feeds"),
    [
        ("<link rel=alternate type='application/feed+json' href='/umpan.json'>", "", ("umpan.json",)),
        ("<link rel='Alternate' type='Application/RSS+XML' href='/umpan'>", "", ("umpan",)),
        ("<link rel=alternate type='text/xml' href='/rss.php'>", "", ("rss.php",)),
        ("<link rel=alternate type='application/json' href='/wp-json/wp/v2/pages/2'>", "", ()),
        (
            "",
            "<a href='/baru.xml'><img alt='RSS'></a><a href='/rss/'>Umpan</a><a href='/panen-rss-desa'>Panen</a>",
            ("baru.xml", "rss/"),
        ),
        ("<link rel=alternate type='application/rss+xml' href='/umpan'>", "<a href='/rss'>RSS</a>", ("umpan",)),
    ],
)
def test_feeds_are_named_in_the_head_or_else_by_links(head: str, body: str, feeds: tuple[str, ...]) -> None:
    assert front(head, body).feeds == tuple(HOME + feed for feed in feeds)


def test_feeds_that_a_page_of_feeds_lists_are_seeds() -> None:
    item = "<item><title>P</title><link>{}berita/panen-raya-di-{}</link></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    hub = page(
        body="<a href='/rss/'>Semua</a><a href='/rss/desa'>Desa</a><a href='/rss/kota'>Kota</a><a href='/kota'>K</a>"
    )
    feeds = {f"{HOME}rss/{name}": feed.format(HOME, name).encode() for name in ("desa", "kota")}
    proposal, _ = look({HOME: page(body=STORIES + "<a href='/rss/'>RSS</a>"), f"{HOME}rss/": hub, **feeds})
    assert proposal.outlet.seeds.feeds == ("/rss/desa", "/rss/kota")


def test_usual_feed_is_tried_where_what_is_called_one_is_none() -> None:
    feed = f"<rss version='2.0'><channel><item><link>{HOME}berita/panen-raya-di-desa</link></item></channel></rss>"
    pages = {HOME: page(body=STORIES + "<a href='/rss/'>RSS</a>"), f"{HOME}rss/": page(), f"{HOME}feed/": feed.encode()}
    assert look(pages)[0].outlet.seeds.feeds == ("/feed/",)


SITEMAP = "<urlset>{}</urlset>".format(
    "".join(f"<url><loc>{HOME}2025/07/{n:02d}/harga-cabai-naik-{n}.html</loc></url>" for n in range(1, 29))
)


@pytest.mark.parametrize(
    ("head", "robots", "path"),
    [
        ("<link rel=sitemap href='/peta/semua.xml'>", b"", "peta/semua.xml"),
        ("", b"Sitemap: /peta/semua.xml", "peta/semua.xml"),
        ("", b"Sitemap: http://[\nSitemap: /peta/semua.xml", "peta/semua.xml"),
        ("<link rel=sitemap href='https://127.0.0.1/s.xml'>", b"", "sitemap_index.xml"),
        ("<link rel=sitemap href='http://['>", b"", "sitemap_index.xml"),
        ("", b"", "sitemap_index.xml"),
    ],
    ids=[
        "named in the head",
        "without its host",
        "beside no address",
        "of another host",
        "no address",
        "named nowhere",
    ],
)
def test_sitemap_is_found_where_it_is_named_or_usual(head: str, robots: bytes, path: str) -> None:
    proposal, asked = look({HOME: page(head), HOME + path: SITEMAP.encode()}, robots)
    assert proposal.outlet.seeds.sitemaps == (f"/{path}",)
    assert all(url.startswith(HOME) for url in asked)


def test_lists_of_all_articles_are_looked_at_wherever_their_link_stands() -> None:
    proposal, _ = look({HOME: page(body=STORIES + "<p><a href='/indeks'>Indeks »</a></p>"), f"{HOME}indeks": page()})
    assert proposal.outlet.seeds.sections == ("/", "/indeks")


def test_articles_of_sections_may_have_other_addresses_than_those_of_the_front_page() -> None:
    english = "".join(
        f"<a href='/en/chili-prices-rise-again-{n}'>Chili prices rise again in market {n}</a>" for n in range(9)
    )
    menu = "<nav><a href='/en/'>English</a></nav>"
    proposal, _ = look({HOME: page(body=menu + STORIES), f"{HOME}en/": page(body=english)})
    assert proposal.outlet.classify(f"{HOME}en/chili-prices-rise-again-3").is_article
    assert proposal.outlet.seeds.sections == ("/", "/en/")


def test_links_of_a_front_page_are_relative_to_its_base() -> None:
    assert front("<base href='/berita/'>", "<nav><a href='kota'>Kota</a></nav>").sections == (f"{HOME}berita/kota",)
