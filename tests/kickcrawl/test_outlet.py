"""Outlet files: every bundled one is whole, a wrong one is named with its key, and URLs are judged by their look."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kickcrawl.errors import OutletError, UsageError
from kickcrawl.outlet import BUNDLED, Outlet, load_outlets, outlet_folders, pick, read_outlet

FILES = sorted(BUNDLED.rglob("*.toml"))
GOOD = 'name = "Warta Uji"\nhome = "https://warta.example/"\n'


@pytest.fixture(scope="module")
def kicknews() -> Outlet:
    return pick(load_outlets([BUNDLED]), "kicknews")


def test_there_are_bundled_outlets() -> None:
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_bundled_outlet_says_where_it_is_and_how_it_is_read(file: Path) -> None:
    outlet = read_outlet(file)
    assert outlet.slug == file.stem
    assert urlsplit(outlet.home).scheme == "https"
    assert outlet.owns(outlet.home)
    assert outlet.region
    assert re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", outlet.region)
    assert outlet.region.lower() == file.parent.name
    assert outlet.platform in ("wordpress", "blogger", "generic")
    assert not outlet.classify(outlet.home).is_article


@pytest.mark.parametrize(
    ("toml", "key", "words"),
    [
        pytest.param("name = ", "", "no valid TOML", id="broken TOML"),
        pytest.param(GOOD + 'hom = "https://x.example/"\n', "hom", "there is no such key", id="unknown key"),
        pytest.param(GOOD + '[seeds]\nfeed = ["/feed/"]\n', "seeds.feed", "there is no such key", id="key in a table"),
        pytest.param('home = "https://warta.example/"\n', "name", "is missing", id="no name"),
        pytest.param('name = "Warta Uji"\n', "home", "is missing", id="no home"),
        pytest.param('name = "Warta Uji"\nhome = "warta.example"\n', "home", "https://", id="home without a scheme"),
        pytest.param(GOOD + 'timezone = "Asia/Lombok"\n', "timezone", "IANA", id="no such zone"),
        pytest.param(
            GOOD + f'timezone = "{"a" * 300}"\n', "timezone", "IANA", id="a zone longer than a name of a file"
        ),
        pytest.param(GOOD + '[urls]\narticle = ["^/(berita"]\n', "urls.article.0", "regular expression", id="pattern"),
        pytest.param(GOOD + 'region = "NTB"\n', "region", "of the form", id="region"),
        pytest.param(GOOD + 'language = "Indonesia"\n', "language", "of the form", id="language"),
        pytest.param(GOOD + 'platform = "joomla"\n', "platform", "wordpress", id="platform"),
        pytest.param(GOOD + 'domains = "x.example"\n', "domains", 'a list such as ["x.example"]', id="text for a list"),
        pytest.param(GOOD + '[seeds]\nfeeds = "/feed/"\n', "seeds.feeds", 'a list such as ["/feed/"]', id="one feed"),
        pytest.param(GOOD + "places = 3\n", "places", 'a list such as ["3"]', id="number for a list"),
        pytest.param(
            GOOD + "[layout]\nbody = 'p'\n", "layout", "below a line [[layout]]", id="table for a list of tables"
        ),
        pytest.param(GOOD + "places = [3]\n", "places.0", 'such as "3"', id="number for text"),
        pytest.param(GOOD + "publisher = ['a']\n", "publisher", 'such as "a"', id="list for text"),
        pytest.param(GOOD + 'seeds = "/feed/"\n', "seeds", "below a line [seeds]", id="text for a table"),
        pytest.param(GOOD + 'section_names = ["a"]\n', "section_names", "line [section_names]", id="list for a table"),
        pytest.param(GOOD + 'render = "ya"\n', "render", "neither true nor false", id="text for true"),
        pytest.param(GOOD + 'delay = "satu"\n', "delay", "write one such as 1.5", id="text for a number"),
        pytest.param(GOOD + "delay = -1\n", "delay", "greater than or equal to 0", id="delay"),
    ],
)
def test_wrong_file_is_named_with_its_key_and_what_to_write(tmp_path: Path, toml: str, key: str, words: str) -> None:
    file = tmp_path / "uji.toml"
    file.write_text(toml, encoding="utf-8")
    with pytest.raises(OutletError) as caught:
        read_outlet(file)
    assert (caught.value.file, caught.value.key) == (file, key)
    assert words in caught.value.reason
    assert str(file) in str(caught.value)


def test_home_with_an_impossible_port_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "uji.toml"
    file.write_text('name = "Warta Uji"\nhome = "https://warta.example:99999/"\n', encoding="utf-8")
    with pytest.raises(OutletError, match="home"):
        read_outlet(file)


def test_file_that_is_no_utf8_is_an_outlet_error(tmp_path: Path) -> None:
    file = tmp_path / "uji.toml"
    file.write_bytes(b'name = "Caf\xe9"\n')
    with pytest.raises(OutletError, match="no valid TOML"):
        read_outlet(file)


def test_file_that_is_not_there_is_an_outlet_error(tmp_path: Path) -> None:
    with pytest.raises(OutletError, match="cannot be read"):
        read_outlet(tmp_path / "uji.toml")


def test_file_name_that_is_no_slug_is_an_outlet_error(tmp_path: Path) -> None:
    file = tmp_path / "Warta Uji.toml"
    file.write_text(GOOD, encoding="utf-8")
    with pytest.raises(OutletError, match="slug"):
        read_outlet(file)


def test_operators_folder_wins_over_the_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "kicknews.toml").write_text(GOOD, encoding="utf-8")
    assert load_outlets([BUNDLED, tmp_path])["kicknews"].name == "Warta Uji"


def test_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        load_outlets([tmp_path / "tidak-ada"])


def test_operators_folder_comes_from_the_argument_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KICKCRAWL_OUTLETS", raising=False)
    assert outlet_folders() == [BUNDLED]
    monkeypatch.setenv("KICKCRAWL_OUTLETS", str(tmp_path))
    assert outlet_folders() == [BUNDLED, tmp_path]
    assert outlet_folders("lain") == [BUNDLED, Path("lain")]


def test_unknown_outlet_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="'tidak-ada'.*kicknews"):
        pick(load_outlets([BUNDLED]), "tidak-ada")


@pytest.mark.parametrize(
    ("path", "is_article"),
    [
        pytest.param("/panen-raya-jagung-di-pringgabaya", True, id="slug"),
        pytest.param("/panen-raya-jagung/", True, id="slug with a slash"),
        pytest.param("/2025/07/14/panen-raya", True, id="dated permalink"),
        pytest.param("/2025/07/panen-raya", True, id="permalink by month"),
        pytest.param("/panen-raya?utm_source=wa", True, id="tracking parameter"),
        pytest.param("/pagelaran-wayang-sasak", True, id="slug that opens with page"),
        pytest.param("/", False, id="front page"),
        pytest.param("/?utm_source=wa", False, id="front page with tracking"),
        pytest.param("/redaksi", False, id="static page"),
        pytest.param("/pedoman-media-siber/", False, id="static page with a slash"),
        pytest.param("/category/olahraga", False, id="category"),
        pytest.param("/tag/jagung/", False, id="tag"),
        pytest.param("/author/admin", False, id="author"),
        pytest.param("/page/2", False, id="page of the list"),
        pytest.param("/2025/07/14/", False, id="archive of a day"),
        pytest.param("/2025", False, id="archive of a year"),
        pytest.param("/feed/", False, id="feed"),
        pytest.param("/panen-raya/feed/", False, id="feed of comments"),
        pytest.param("/wp-json/wp/v2/posts", False, id="REST"),
        pytest.param("/wp-content/uploads/panen.jpg", False, id="picture"),
        pytest.param("/foto-panen.jpeg", False, id="picture at the root"),
        pytest.param("/?s=jagung", False, id="search"),
        pytest.param("/?attachment_id=7", False, id="attachment"),
        pytest.param("/panen-raya/comment-page-2", False, id="page of comments"),
        pytest.param("/panen-raya?replytocom=7", True, id="reply link is the story itself"),
    ],
)
def test_address_on_kicknews_is_judged_by_its_look(kicknews: Outlet, path: str, is_article: bool) -> None:
    assert kicknews.classify(f"https://kicknews.today{path}").is_article is is_article


@pytest.mark.parametrize(
    ("path", "is_article"),
    [
        pytest.param("/blog/tags/panen-raya/", False, id="tag below a path"),
        pytest.param("/warta/category/ekonomi.html", False, id="category with an ending"),
        pytest.param("/kabar/authors/siti-rahma", False, id="author"),
        pytest.param("/penulis/siti-rahma", False, id="author at the root"),
        pytest.param("/blog/archive/2026/", False, id="archive of a year below a path"),
        pytest.param("/blog/2026/11/", False, id="archive of a month below a path"),
        pytest.param("/archives.html", False, id="archive that is a file"),
        pytest.param("/index2.html", False, id="further page that is a file"),
        pytest.param("/berita/page/3/", False, id="further page below a path"),
        pytest.param("/tag:panen-raya", False, id="tag behind a colon"),
        pytest.param("/taxonomy/term/14", False, id="term by its number"),
        pytest.param("/docs/cara-memasang/langkah-pertama", False, id="manual"),
        pytest.param("/berita/panen-raya.rss", False, id="feed of one page"),
        pytest.param("/blog/2026/11/28/panen-raya", True, id="dated article below a path"),
        pytest.param("/kategori/ekonomi/panen-raya-jagung-tembus-400-ton", False, id="kategori at the root, as ever"),
        pytest.param("/warta/kategori/ekonomi/panen-raya-jagung", True, id="article below a category below a path"),
        pytest.param("/berita/tags-harga-naik-di-pasar", True, id="slug that opens with tags"),
        pytest.param("/baca/2026", True, id="number that looks like a year"),
        pytest.param("/index.php/ekonomi/12-panen-raya", True, id="article behind index.php"),
    ],
)
def test_lists_are_known_by_their_address_below_any_path(path: str, is_article: bool) -> None:
    outlet = Outlet(slug="uji", name="Uji", home="https://warta.example")
    assert outlet.classify(f"https://warta.example{path}").is_article is is_article


def test_verdict_names_the_rule_it_was_made_by(kicknews: Outlet) -> None:
    assert kicknews.classify("https://kicknews.today/").rule == "the front page"
    assert kicknews.classify("https://warta.example/panen").rule == "not on kicknews.today, www.kicknews.today"
    assert kicknews.classify("https://kicknews.today/redaksi").rule.startswith("exclude ^/(?:redaksi")
    assert kicknews.classify("https://kicknews.today/panen").rule.startswith("article ^/")
    assert kicknews.classify("https://kicknews.today/a/b/c").rule == "no article pattern fits"


def test_outlet_without_patterns_takes_what_no_rule_speaks_against() -> None:
    outlet = Outlet(slug="uji", name="Uji", home="https://warta.example")
    assert outlet.classify("https://warta.example/berita/1/panen") == (True, "no rule speaks against it")


def test_outlet_served_elsewhere_owns_that_server_only() -> None:
    there = read_outlet(BUNDLED / "id-nb" / "kicknews.toml").served_at("http://127.0.0.1:8831")
    assert there.home == "http://127.0.0.1:8831/"
    assert there.url("/feed/") == "http://127.0.0.1:8831/feed/"
    assert there.hosts == {"127.0.0.1:8831"}
    assert there.classify("http://127.0.0.1:8831/panen").is_article
    assert not there.owns("http://127.0.0.1:9999/panen")
    assert not there.owns("https://kicknews.today/panen")


def test_outlet_that_was_asked_for_its_hosts_before_can_be_served_elsewhere() -> None:
    outlet = read_outlet(BUNDLED / "id-nb" / "kicknews.toml")
    assert outlet.owns("https://kicknews.today/panen")
    assert outlet.served_at("http://127.0.0.1:8831").hosts == {"127.0.0.1:8831"}


def test_extractor_is_told_what_it_needs_of_the_outlet(kicknews: Outlet) -> None:
    rules = kicknews.rules
    assert (rules.slug, rules.name, rules.language, rules.timezone) == (
        "kicknews", "kicknews.today", "id", "Asia/Makassar",
    )  # fmt: skip
    assert "Mataram" in rules.places


@pytest.mark.parametrize("selector", ["div..isi", "p::first-line", ""])
def test_layout_that_is_no_css_selector_is_refused_with_an_example(tmp_path: Path, selector: str) -> None:
    file = tmp_path / "koran.toml"
    file.write_text('name = "Koran"\nhome = "https://koran.example/"\n[[layout]]\n' + f'body = "{selector}"\n')
    with pytest.raises(OutletError, match=r"layout\.0\.body.*no CSS selector"):
        read_outlet(file)
