"""What a crawl is asked to do: wrong arguments and settings are answered before anything is opened."""

import pytest
from scrapy.settings import Settings

from kickcrawl.errors import UsageError
from kickcrawl.outlet import Outlet
from spiders.plan import make_plan

HERE = "http://127.0.0.1:9"


def settings_with(**given: str) -> Settings:
    settings = Settings()
    settings.setmodule("kickcrawl.settings")
    settings.setdict(given, priority="cmdline")
    return settings


@pytest.mark.parametrize(
    ("spider", "arguments", "says"),
    [
        ("kicknews", {"since": "kemarin"}, "since: 'kemarin' is no date; write it as 2025-01-31"),
        ("kicknews", {"since": "2025-02-30"}, "since: '2025-02-30' is no date; write it as 2025-01-31"),
        ("kicknews", {"limit": "banyak"}, "limit: 'banyak' is no number of articles; write one such as 100"),
        ("kicknews", {"limit": "-5"}, "limit: '-5' is no number of articles; write one such as 100"),
        ("kicknews", {"sinse": "2025-01-01"}, "there is no argument 'sinse'"),
        ("kicknews", {"base_url": ""}, "base_url: '' is no web address"),
        ("kicknews", {"base_url": "kicknews.today"}, "base_url: 'kicknews.today' is no web address"),
        ("kicknews", {"base_url": "http://127.0.0.1:99999"}, "base_url: 'http://127.0.0.1:99999' is no web address"),
        ("kicknews", {"base_url": "http://[::1"}, r"base_url: 'http://\[::1' is no web address"),
        ("kicknews", {"since": "2025-02-01", "until": "2025-01-01"}, "since 2025-02-01 is after until 2025-01-01"),
        ("kicknews", {"region": "ID-NB"}, "kicknews is one outlet"),
        ("koran-pagi", {}, "there is no outlet 'koran-pagi'"),
        ("news", {}, "say what to crawl"),
        ("news", {"outlets": " , "}, "say what to crawl"),
        ("news", {"outlets": "tidak-ada"}, "there is no outlet 'tidak-ada'"),
        ("news", {"region": "XX"}, "no outlet is of region 'XX'; there are: ID-BA"),
        ("news", {"outlets": "kicknews", "url": HERE}, "outlets and url each say what to crawl; name one of them"),
        ("kicknews", {}, "KICKCRAWL_CONTACT"),
    ],
    ids=str,
)  # fmt: skip
def test_wrong_arguments_are_answered_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, spider: str, arguments: dict[str, str], says: str
) -> None:
    monkeypatch.delenv("KICKCRAWL_CONTACT", raising=False)
    with pytest.raises(UsageError, match=says):
        make_plan(spider, arguments, settings_with())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DOWNLOAD_DELAY", "1,5"),
        ("DOWNLOAD_DELAY", "-1"),
        ("READ_TIMEOUT", "nan"),
        ("WARC_SIZE", "1 GB"),
        ("RETRY_TIMES", ""),
    ],
)
def test_settings_that_are_no_numbers_are_answered_with_one_that_is(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"{name}: '{value}' is no number of 0 or more; write one such as [0-9.]+$"):
        make_plan("kicknews", {"base_url": HERE}, settings_with(**{name: value}))


def test_an_outlet_that_is_named_twice_is_crawled_once() -> None:
    warta = Outlet(slug="warta", name="Warta Uji", home=f"{HERE}/")
    plan = make_plan("news", {"outlets": "warta, warta"}, settings_with(), {"warta": warta})
    assert plan.outlets == (warta,)


def test_seconds_may_have_fractions() -> None:
    given = settings_with(DOWNLOAD_DELAY="0.5", DOWNLOAD_TIMEOUT="2.5", READ_TIMEOUT="0.1", PAUSE_LONGEST="0")
    assert make_plan("kicknews", {"base_url": HERE}, given).outlets[0].home == f"{HERE}/"
