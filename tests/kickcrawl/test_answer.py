"""What an HTTP answer to the request for an article means."""

import pytest

from kickcrawl.answer import Meaning, Step, is_whole, meaning_of, sets_new_cookie

URL = "https://warta.example/2025/01/panen-padi/"
OTHER = "https://warta.example/2025/01/harga-cabai/"
READ, FOLLOW = Meaning(step=Step.READ), Meaning(step=Step.FOLLOW)

ANSWERS: dict[str, tuple[int, str | None, bool, Meaning]] = {
    "page": (200, None, False, READ),
    "page that a proxy has changed": (203, None, False, READ),
    "page of an archived article": (200, None, True, READ),
    "page with a Location, which means nothing": (200, OTHER, True, READ),
    "not found": (404, None, False, Meaning(step=Step.MISSING, reason="HTTP 404")),
    "gone": (410, None, True, Meaning(step=Step.MISSING, reason="HTTP 410")),
    "moved, nothing archived": (301, OTHER, False, FOLLOW),
    "moved, archived": (301, OTHER, True, Meaning(step=Step.CHECK_TARGET, target=OTHER)),
    "found, archived, relative": (302, "../harga-cabai/", True, Meaning(step=Step.CHECK_TARGET, target=OTHER)),
    "moved, archived, tracking": (308, f"{OTHER}?utm_source=x", True, Meaning(step=Step.CHECK_TARGET, target=OTHER)),
    "moved to no web address": (301, "mailto:redaksi@warta.example", True, FOLLOW),
    "moved without a target": (301, None, True, Meaning(step=Step.PUT_OFF, reason="HTTP 301")),
    "moved to an empty target": (302, "", False, Meaning(step=Step.PUT_OFF, reason="HTTP 302")),
    "several choices": (300, OTHER, True, Meaning(step=Step.PUT_OFF, reason="HTTP 300")),
    "not modified": (304, OTHER, True, Meaning(step=Step.PUT_OFF, reason="HTTP 304")),
    "no content": (204, None, True, Meaning(step=Step.PUT_OFF, reason="HTTP 204")),
    "forbidden": (403, None, True, Meaning(step=Step.PUT_OFF, reason="HTTP 403")),
    "for legal reasons": (451, None, True, Meaning(step=Step.DOUBT, reason="HTTP 451")),
    "too many requests": (429, None, False, Meaning(step=Step.PUT_OFF, reason="HTTP 429")),
    "broken server": (503, OTHER, False, Meaning(step=Step.PUT_OFF, reason="HTTP 503")),
}


@pytest.mark.parametrize(("status", "location", "is_known", "meaning"), ANSWERS.values(), ids=ANSWERS)
def test_answer_means(status: int, location: str | None, is_known: bool, meaning: Meaning) -> None:
    assert meaning_of(status, location, url=URL, is_known=is_known) == meaning


WHOLE: dict[str, tuple[bytes, bool]] = {
    "page": (b"<html><body>Panen</body></html>", True),
    "page with a cache's comment behind it": (b"<p>Panen</p></HTML >\n<!-- cached 8 s -->\n", True),
    "sitemap": (b"<urlset><url/></urlset>\n", True),
    "feed": (b"<rss><channel></channel></rss>", True),
    "list of REST": (b'[{"id": 4}]', True),
    "page without its end": (b"<html><body>Panen", False),
    "page that was cut behind another's source": (b"<p>&lt;/html&gt;</p><p>Panen", False),
    "list of REST without its end": (b'[{"id": 4}, {"id"', False),
    "sitemap without its end": (b"<urlset><url><loc>https://warta.example/1</loc></url>", False),
    "nothing": (b"", False),
}


@pytest.mark.parametrize(("body", "whole"), WHOLE.values(), ids=WHOLE)
def test_document_whose_end_did_not_come_is_whole(body: bytes, whole: bool) -> None:
    assert is_whole(body) is whole


def test_robots_txt_is_whole_with_its_last_line() -> None:
    assert is_whole(b"User-agent: *\nDisallow: /kotak\n", is_robots=True)
    assert not is_whole(b"User-agent: *\nDisallow: /ko", is_robots=True)


def test_only_a_cookie_that_was_not_sent_is_new() -> None:
    assert sets_new_cookie(["lewat=1; Path=/"], "")
    assert sets_new_cookie(["sesi=x", "lewat=1"], "sesi=x")
    assert not sets_new_cookie(["sesi=y; Path=/"], "lewat=1; sesi=x")
    assert not sets_new_cookie([], "lewat=1")
