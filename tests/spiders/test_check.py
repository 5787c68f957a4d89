"""`kickcrawl outlets --check` against the newsroom, with files that are right and files that are wrong."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kickcrawl.outlet import read_outlet
from tests.newsroom import serve, serve_blogger
from tests.support.crawling import kickcrawl

pytestmark = pytest.mark.crawl

RIGHT = """# Warta Uji, in a test.
name = "Warta Uji"
home = "{base}/"
language = "id"
timezone = "Asia/Makassar"
platform = "wordpress"
domains = []
verified = false  # not crawled live yet

[seeds]
rest = "/wp-json/wp/v2/posts"
sitemaps = ["/tidak-ada.xml", "/wp-sitemap.xml"]
feeds = ["/feed/"]
sections = ["/"]

[urls]
article = ['^/\\d{{4}}/\\d\\d/[^/?]+/$']

# History: none
"""


def check(folder: Path, *arguments: str) -> tuple[int, dict[str, dict[str, object]], dict[str, object]]:
    """Run the command on the outlet ``uji``; return its status, each claim by its key, and all that was told."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KICKCRAWL_")}
    environment = clean | {"KICKCRAWL_OUTLETS": str(folder)}
    done = kickcrawl("outlets", "uji", "--check", "--delay", "0", "--json", *arguments, environment=environment)
    assert done.stdout, done.stderr
    (told,) = json.loads(done.stdout)
    return done.returncode, {claim["key"]: claim for claim in told["claims"]}, told


@pytest.mark.slow
def test_right_file_gets_the_day_on_which_all_of_it_fitted_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "uji.toml"
    with serve(seed=51, articles=30) as site:
        file.write_text(RIGHT.format(base=site.base))
        status, claims, told = check(tmp_path)
        assert (status, told["fits"], told["written"]) == (0, True, {}), claims
        assert file.read_text() == RIGHT.format(base=site.base), "only --write writes"
        status, _, told = check(tmp_path, "--write")
        asked = [hit.path for hit in site.hits if not hit.path.startswith("/20")]  # articles aside
    today = datetime.now(UTC).date()
    assert (status, told["written"]) == (0, {"verified": today.isoformat()})
    assert read_outlet(file).verified == today
    before = RIGHT.format(base=site.base).splitlines()
    changed = [line for line in file.read_text().splitlines() if line not in before]
    assert len(changed) == 1
    assert changed[0].startswith(f"verified = {today}")
    assert {key for key, claim in claims.items() if claim["fits"]} >= {
        "home", "platform", "language", "timezone", "seeds.rest", "seeds.sitemaps", "seeds.feeds", "seeds.sections",
        "urls.article", "articles",
    }  # fmt: skip
    assert "/tidak-ada.xml: HTTP 404" in str(claims["seeds.sitemaps"]["found"])
    assert len(asked) == 2 * len(set(asked)), "each check asks for each address once"


BLOGGER = """name = "Warta Uji"
home = "{base}/"
timezone = "Asia/Makassar"
platform = "blogger"

[seeds]
blogger = "/feeds/posts/default"
sitemaps = ["/sitemap.xml"]

[urls]
article = ['^/\\d{{4}}/\\d\\d/[^/?]+\\.html$']
"""


@pytest.mark.slow
def test_file_of_another_platform_is_checked_by_its_own_lists(tmp_path: Path) -> None:
    file = tmp_path / "uji.toml"
    with serve_blogger(seed=54, articles=20) as site:
        file.write_text(BLOGGER.format(base=site.base))
        status, claims, told = check(tmp_path, "--write")
    assert (status, claims["seeds.blogger"]["fits"]) == (0, True), claims
    assert told["written"] == {"verified": datetime.now(UTC).date().isoformat()}
    assert file.read_text().index("verified = ") < file.read_text().index("[seeds]")


WRONG = {
    "platform": ('platform = "wordpress"', 'platform = "blogger"', {"platform": "wordpress"}),
    "timezone": ("Asia/Makassar", "Asia/Jakarta", {"timezone": "Asia/Makassar"}),
    "language": ('language = "id"', 'language = "en"', {"language": "id"}),
    "seeds.rest": ("/wp-json/wp/v2/posts", "/wp-json/wp/v2/berita", {}),
    "seeds.sitemaps": ("/wp-sitemap.xml", "/peta.xml", {}),
    "seeds.feeds": ('"/feed/"', '"/umpan/"', {}),
    "seeds.sections": ('sections = ["/"]', 'sections = ["/", "/category/tidak-ada/"]', {}),
    "urls.article": ("^/\\d{4}/\\d\\d/", "^/berita/", {}),
}


@pytest.mark.slow
@pytest.mark.parametrize("key", WRONG)
def test_wrong_claim_is_told_with_what_was_found(tmp_path: Path, key: str) -> None:
    right, wrong, corrected = WRONG[key]
    file = tmp_path / "uji.toml"
    with serve(seed=52, articles=30) as site:
        text = RIGHT.format(base=site.base)
        file.write_text(text.replace(right, wrong))
        status, claims, told = check(tmp_path, "--write")
    assert status == 1
    assert [name for name, claim in claims.items() if claim["fits"] is False] == [key]
    assert claims[key]["found"]
    assert told["written"] == (corrected | {"verified": datetime.now(UTC).date().isoformat()} if corrected else {})
    assert file.read_text() == text.replace(right, wrong) or corrected
    assert not corrected or getattr(read_outlet(file), key) == corrected[key]


@pytest.mark.slow
def test_host_that_does_not_answer_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "uji.toml"
    with serve(seed=53, articles=5) as site:
        base = site.base
    file.write_text(RIGHT.format(base=base))
    status, claims, told = check(tmp_path, "--write")
    assert (status, told["written"], [*claims]) == (1, {}, ["home"])
    assert read_outlet(file).verified is False


def test_who_asks_must_be_told_before_live_sites_are_asked(tmp_path: Path) -> None:
    (tmp_path / "uji.toml").write_text(RIGHT.format(base="https://warta.example"))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KICKCRAWL_")}
    done = kickcrawl("outlets", "uji", "--check", environment=clean | {"KICKCRAWL_OUTLETS": str(tmp_path)})
    assert done.returncode == 2
    assert "KICKCRAWL_CONTACT" in done.stderr


@pytest.mark.parametrize("option", [("--quiet-hours", "23:00-05:00"), ("--requests-per-day", "9")], ids=lambda o: o[0])
def test_check_refuses_what_only_a_schedule_knows(tmp_path: Path, option: tuple[str, str]) -> None:
    done = kickcrawl("outlets", "--check", *option, environment=dict(os.environ))
    assert (done.returncode, done.stdout) == (2, "")
    assert "leave them out" in done.stderr
