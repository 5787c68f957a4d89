"""What a page and its header lines say of rights, each where it stands; damage and other things' rights are no such."""

import json

import pytest

from kickcrawl.article import PageSource, SiteRules
from kickcrawl.page.parsed import parse_page
from kickcrawl.rights.page import MAX_STATEMENTS, header_statements, page_statements
from kickcrawl.rights.withheld import why_withheld
from kickcrawl.statement import read_statement

URL = "https://warta.example/panen-padi"
SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")


def told(head: str = "", body: str = "", **node: object) -> set[str]:
    data = json.dumps({"@type": "NewsArticle", "url": URL, "headline": "Panen padi", **node})
    script = f'<script type="application/ld+json">{data}</script>' if node else ""
    page = f"<html><head>{head}{script}</head><body><h1>Panen padi</h1><p>Isi berita.</p>{body}</body></html>"
    parsed = parse_page(PageSource(url=URL, body=page.encode(), content_type="text/html; charset=utf-8"), SITE)
    assert parsed is not None
    return {str(one) for one in page_statements(parsed)}


@pytest.mark.parametrize(
    ("head", "body", "statements"),
    [
        ("", "", set()),
        ('<meta name="TDM-Reservation" content="1">', "", {"meta: tdm-reservation: 1"}),
        ('<meta name="tdm-reservation" content="mungkin">', "", set()),
        ('<meta name="tdm-policy" content="/tdm.json">', "", {"meta: tdm-policy: /tdm.json"}),
        ('<meta name="robots" content="noai">', "", {"meta: robots: noai"}),
        ('<meta name="DC.rights" content=" Hak cipta\n Warta ">', "", {"meta: rights: Hak cipta Warta"}),
        ('<link rel="license" href="/lisensi">', "", {"link: licence: https://warta.example/lisensi"}),
        ("", '<a rel="nofollow license" href="http://[x">CC</a>', {"link: licence: http://[x"}),
        ("", "<footer>&copy; 2025 <b>Warta Uji</b></footer>", {"text: rights: © 2025 Warta Uji"}),
        ("", "<figure><figcaption>© Ani</figcaption></figure>", set()),
        ("", "<p>© 2025 Warta Uji</p><style>/* © Tema */</style>", {"text: rights: © 2025 Warta Uji"}),
        (
            "",
            "<p><a href='/kami'>Tentang kami</a> © 2025 Warta Uji</p>",
            {"text: rights: Tentang kami © 2025 Warta Uji"},
        ),
        ("", "<p><!-- tahun --> © 2025 Warta Uji</p>", {"text: rights: © 2025 Warta Uji"}),
        ("", "<style>/* © Tema */</style>" * 3 + "<script>// © Skrip</script>", set()),
    ],
)
def test_page_states_what_stands_in_its_tags(head: str, body: str, statements: set[str]) -> None:
    assert told(head, body) == statements


@pytest.mark.parametrize(
    ("node", "statements"),
    [
        ({"license": "https://creativecommons.org/licenses/by/4.0/"},
         {"json-ld: licence: https://creativecommons.org/licenses/by/4.0/"}),
        ({"license": {"@type": "CreativeWork", "name": "CC BY", "url": "https://cc.example/by"}},
         {"json-ld: licence: https://cc.example/by"}),
        ({"copyrightHolder": {"@type": "Organization", "name": "Warta Uji"}},
         {"json-ld: copyright-holder: Warta Uji"}),
        ({"usageInfo": "https://warta.example/pakai", "conditionsOfAccess": "Bebas"},
         {"json-ld: usage-info: https://warta.example/pakai", "json-ld: conditions-of-access: Bebas"}),
        ({"isAccessibleForFree": False}, {"json-ld: accessible-for-free: false"}),
        ({"isAccessibleForFree": "http://schema.org/True"}, {"json-ld: accessible-for-free: true"}),
        ({"license": [], "usageInfo": 7, "isAccessibleForFree": {}, "copyrightHolder": None}, set()),
        ({"image": {"@type": "ImageObject", "license": "https://cc.example/foto"}}, set()),
    ],
)  # fmt: skip
def test_json_ld_of_the_article_states_its_rights_and_not_its_pictures(
    node: dict[str, object], statements: set[str]
) -> None:
    assert told(**node) == statements


def test_header_lines_are_read_and_a_page_of_statements_is_bounded() -> None:
    lines = [("TDM-Reservation", "1"), ("x-robots-tag", "noarchive"), ("X-Robots-Tag", "a: noindex"), ("Date", "kini")]
    assert [str(one) for one in header_statements(lines)] == [
        "header: tdm-reservation: 1", "header: robots: noarchive", "header: robots (a): noindex",
    ]  # fmt: skip
    assert len(told(body="".join(f'<a rel="license" href="/{n}">x</a>' for n in range(500)))) == MAX_STATEMENTS


@pytest.mark.parametrize(
    ("lines", "body", "forbidden"),
    [
        ([], b"<html><body>noarchive", None),
        ([], b"<html><head><meta name=robots content=noarchive></head><body>x", "meta: robots: noarchive"),
        ([("X-Robots-Tag", "NOARCHIVE")], b"\x89PNG", "header: robots: noarchive"),
        ([("X-Robots-Tag", "lain: noarchive")], b"<html>", None),
        ([("Content-Type", "application/json")], b'{"x": "<meta name=robots content=noarchive>"}', None),
        ([("Content-Encoding", "gzip")], b"\x1f\x8b rusak", None),
        ([], "\ufeff<html><meta name=robots content=noarchive>".encode("utf-16-le"), "meta: robots: noarchive"),
    ],
)
def test_an_answer_is_withheld_where_it_says_so_to_all_or_to_us(
    lines: list[tuple[str, str]], body: bytes, forbidden: str | None
) -> None:
    found = why_withheld(URL, lines, body)
    assert (str(found) if found else None) == forbidden
    assert found is None or read_statement(found.written) == found
    assert why_withheld("https://warta.example/robots.txt", lines, body) is None


@pytest.mark.parametrize("line", ["", "[]", "noarchive", '["meta"]', "{}", "7"])
def test_what_is_no_statement_is_none(line: str) -> None:
    assert read_statement(line) is None
