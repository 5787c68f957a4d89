"""Of a compressed answer nothing is guessed before it is decompressed; then it is the page that it would be plain."""

import gzip

import pytest
import scrapy.http.response.text
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Headers, HtmlResponse, Request, Response, XmlResponse
from scrapy.utils.test import get_crawler

from spiders.network.guard import plain_if_compressed

REQUEST = Request("http://warta.example/panen")
PAGE = '<!doctype html><meta charset="utf-8"><title>Panen</title><p>Warga Bayan menanam padi “gogo”.</p>'.encode()


def answer(body: bytes, **lines: str) -> HtmlResponse:
    headers = Headers({name.replace("_", "-"): value for name, value in lines.items()})
    return HtmlResponse(REQUEST.url, body=body, headers=headers, request=REQUEST, flags=["cut"], protocol="HTTP/1.1")


def decompressed(came: Response) -> Response:
    shown = HttpCompressionMiddleware(crawler=get_crawler()).process_response(REQUEST, came)
    assert isinstance(shown, Response)
    return shown


def test_charset_of_compressed_bytes_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    guessed: list[bytes] = []
    guess = scrapy.http.response.text.from_bytes
    monkeypatch.setattr(scrapy.http.response.text, "from_bytes", lambda body: guessed.append(body) or guess(body))
    came = answer(gzip.compress(PAGE, mtime=0), Content_Type="text/html", Content_Encoding="gzip")
    shown = decompressed(plain_if_compressed(came))
    assert guessed == []
    assert isinstance(shown, HtmlResponse)
    assert (shown.body, shown.encoding, shown.flags, shown.protocol) == (PAGE, "utf-8", ["cut"], "HTTP/1.1")
    assert shown.css("p::text").get() == "Warga Bayan menanam padi “gogo”."


def test_plain_answer_stays_what_it_is() -> None:
    came = answer(PAGE, Content_Type="text/html")
    assert plain_if_compressed(came) is came


def test_compressed_feed_is_a_feed_again() -> None:
    body = gzip.compress(b"<?xml version='1.0'?><rss/>", mtime=0)
    came = answer(body, Content_Type="application/rss+xml", Content_Encoding="gzip")
    shown = decompressed(plain_if_compressed(came))
    assert isinstance(shown, XmlResponse)
