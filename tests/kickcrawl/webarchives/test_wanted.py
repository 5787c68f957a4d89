"""Which captures of an index are asked for."""

from datetime import date
from typing import Any

import pytest

from kickcrawl.outlet import Outlet
from kickcrawl.webarchives.body_digest import is_body_of
from kickcrawl.webarchives.indexed import IndexedCapture
from kickcrawl.webarchives.wanted import is_page_of_another, own_address, wanted

WARTA = Outlet(slug="warta", name="Warta", home="https://warta.example/", domains=("warta.example", "lama.example"))


def capture(target: str, **changed: Any) -> IndexedCapture:
    fields: dict[str, Any] = {"status": 200, "media_type": "text/html", "digest": None} | changed
    at = "2024-05-01T08:30:00+00:00"
    return IndexedCapture(target=target, address="https://web.example/1", captured_at=at, **fields)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://www.warta.example:80/2024/05/padi/", "https://warta.example/2024/05/padi/"),
        ("https://warta.example/2024/05/padi/?utm_source=x", "https://warta.example/2024/05/padi/"),
        ("http://lama.example/padi", "http://lama.example/padi"),
        ("https://sub.warta.example/padi", None),
        ("https://lain.example/padi", None),
        ("dns:warta.example", None),
    ],
)
def test_captures_of_one_page_are_those_of_one_address(target: str, expected: str | None) -> None:
    assert own_address(WARTA, target) == expected


@pytest.mark.parametrize(
    ("found", "is_wanted"),
    [
        pytest.param(capture("https://warta.example/2024/05/padi/"), True, id="an article"),
        pytest.param(capture("https://warta.example/2024/05/padi/", media_type="warc/revisit"), True, id="a revisit"),
        pytest.param(capture("https://warta.example/2024/05/padi/", status=301), False, id="a redirect"),
        pytest.param(capture("https://warta.example/2024/05/padi/", status=None), False, id="no status"),
        pytest.param(capture("https://warta.example/2024/05/padi/", media_type="image/png"), False, id="a picture"),
        pytest.param(capture("https://warta.example/tag/padi/"), False, id="a list"),
        pytest.param(capture("https://warta.example/2024/05/01/padi/"), True, id="of the day"),
        pytest.param(capture("https://warta.example/2023/12/31/padi/"), True, id="of the day before: another clock's"),
        pytest.param(capture("https://warta.example/2019/05/01/padi/"), False, id="of another year"),
        pytest.param(capture("https://warta.example/privat/padi/"), False, id="forbidden today"),
    ],
)
def test_only_articles_of_the_outlet_and_the_days_are_asked_for(found: IndexedCapture, is_wanted: bool) -> None:
    allows = lambda url: "/privat/" not in url  # noqa: E731
    assert (wanted(WARTA, found, allows, date(2024, 1, 1), date(2024, 12, 31)) is not None) is is_wanted


def test_further_pages_are_kept_beside_their_article() -> None:
    known = {"https://warta.example/padi/", "https://warta.example/ikan", "https://warta.example/a?id=3"}
    assert is_page_of_another("https://warta.example/padi/2/", known)
    assert is_page_of_another("https://warta.example/ikan/3", known)
    assert is_page_of_another("https://warta.example/a?id=3&page=2", known)
    assert not is_page_of_another("https://warta.example/lomba-17/", known)
    assert not is_page_of_another("https://warta.example/padi/", known)


def test_body_is_held_against_either_digest_and_against_none_that_is_not_known() -> None:
    sha256 = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert is_body_of(sha256, b"padi", b"") is True
    assert is_body_of("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"") is True
    assert is_body_of("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"padi") is False
    assert is_body_of("md5:1234", b"padi") is None
    assert is_body_of(None, b"padi") is None
