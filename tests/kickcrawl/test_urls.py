"""URLs: one canonical form for each address, and the further pages of a story."""

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kickcrawl.urls import (
    canonicalize,
    host_of,
    is_further_page,
    joined,
    same_address,
    same_addresses,
)

STORY = "https://warta.example/panen-raya-jagung"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        pytest.param("HTTPS://Warta.Example/panen", "https://warta.example/panen", id="upper case in scheme and host"),
        pytest.param("https://warta.example/Panen", "https://warta.example/Panen", id="the path keeps its case"),
        pytest.param("https://warta.example:443/panen", "https://warta.example/panen", id="default port"),
        pytest.param("http://warta.example:443/panen", "http://warta.example:443/panen", id="other scheme's port"),
        pytest.param("http://127.0.0.1:8831/panen", "http://127.0.0.1:8831/panen", id="own port"),
        pytest.param("http://[::1]:8831/panen", "http://[::1]:8831/panen", id="IPv6"),
        pytest.param("https://warta.example./panen", "https://warta.example/panen", id="root dot"),
        pytest.param("https://warta.example", "https://warta.example/", id="no path"),
        pytest.param("https://warta.example//2025///panen", "https://warta.example/2025/panen", id="double slashes"),
        pytest.param("https://warta.example/panen/", "https://warta.example/panen/", id="slash at the end stays"),
        pytest.param("https://warta.example/panen#komentar", "https://warta.example/panen", id="fragment"),
        pytest.param("https://warta.example/panen?utm_source=wa", "https://warta.example/panen", id="utm"),
        pytest.param(
            "https://warta.example/a?at_campaign=rss&at_custom1=x&mtm_source=x&pk_kwd=x&gad_source=1&__hstc=1&wt_zmc=x",
            "https://warta.example/a",
            id="counters' marks",
        ),
        pytest.param(
            "https://warta.example/?pk_id=3&at=x", "https://warta.example/?pk_id=3&at=x", id="like a counter's"
        ),
        pytest.param("https://warta.example/?p=3&fbclid=x", "https://warta.example/?p=3", id="fbclid beside a number"),
        pytest.param(
            "https://warta.example/?refid=7", "https://warta.example/?refid=7", id="a name that opens with ref"
        ),
        pytest.param("https://warta.example/?b=1&a=2", "https://warta.example/?b=1&a=2", id="order of parameters"),
        pytest.param("https://warta.example/?kota=", "https://warta.example/?kota=", id="empty parameter"),
        pytest.param("https://warta.example/panen/amp", "https://warta.example/panen", id="amp behind"),
        pytest.param("https://warta.example/panen/amp/", "https://warta.example/panen/", id="amp behind, with slash"),
        pytest.param("https://warta.example/amp/panen", "https://warta.example/panen", id="amp before"),
        pytest.param("https://warta.example/panen?amp=1", "https://warta.example/panen", id="amp as parameter"),
        pytest.param("https://warta.example/kampung", "https://warta.example/kampung", id="amp inside a word"),
        pytest.param("https://warta.example/panen/amp/12", "https://warta.example/panen", id="amp with a number"),
        pytest.param("https://warta.example/12/amp", "https://warta.example/12", id="amp behind a number"),
        pytest.param("https://warta.example/amp/12", "https://warta.example/12", id="amp before a number"),
        pytest.param("https://warta.example/panen?print=1", "https://warta.example/panen", id="printed"),
        pytest.param("https://warta.example/panen?tmpl=component", "https://warta.example/panen", id="Joomla's print"),
        pytest.param("https://warta.example/panen.html?m=1", "https://warta.example/panen.html", id="for telephones"),
        pytest.param(
            "https://warta.example/?m=202507", "https://warta.example/?m=202507", id="a month is no telephone"
        ),
        pytest.param(
            "https://warta.example/a?_ga=2.7&_gl=1&page=2", "https://warta.example/a?page=2", id="Google's marks"
        ),
        pytest.param("https://warta.example/a?page=1", "https://warta.example/a", id="the first page is the story"),
        pytest.param("https://warta.example/a?utm%5Fsource=x", "https://warta.example/a", id="an escaped name"),
        pytest.param("https://warta.example/a;jsessionid=5F2/b", "https://warta.example/a/b", id="session in the path"),
        pytest.param("https://warta.example/(S(4x5))/b", "https://warta.example/b", id="session in a segment"),
        pytest.param("https://warta.example/panen%2Draya", "https://warta.example/panen-raya", id="needless escape"),
        pytest.param("https://warta.example/d%c3%a9sa", "https://warta.example/d%C3%A9sa", id="escape in lower case"),
        pytest.param("https://warta.example/a%2fb", "https://warta.example/a%2Fb", id="an escaped slash is none"),
        pytest.param("https://warta.example/100%", "https://warta.example/100%25", id="a stray percent sign"),
        pytest.param("https://warta.example/a/../b/./c", "https://warta.example/b/c", id="dots"),
        pytest.param("https://warta.example/a/%2E%2e/b", "https://warta.example/b", id="escaped dots"),
        pytest.param("https://warta.example/../../etc", "https://warta.example/etc", id="dots beyond the root"),
        pytest.param("https://warta.example/a?kota=%E9", "https://warta.example/a?kota=%E9", id="a query in Latin-1"),
        pytest.param("https://warta.example/?berita", "https://warta.example/?berita", id="a query without a value"),
        pytest.param("https://siti:rahasia@warta.example/", "https://warta.example/", id="no name and no password"),
        pytest.param("http://[0:0::1]/a", "http://[::1]/a", id="IPv6 in another form"),
        pytest.param("https://wárta.example/", "https://xn--wrta-5na.example/", id="letters beyond ASCII in the host"),
        pytest.param(" https://warta.example/a b ", "https://warta.example/a%20b", id="spaces"),
        pytest.param("https://warta.example/désa", "https://warta.example/d%C3%A9sa", id="letters beyond ASCII"),
    ],
)
def test_an_address_has_one_canonical_form(url: str, canonical: str) -> None:
    assert canonicalize(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "", "/panen", "panen", "mailto:x@warta.example", "ftp://warta.example/a", "https:///a", "http://[rusak/",
        "http://warta.example:abc/", "http://warta.example:99999/", "http://wa rta.example/", "http://warta%00.example/",
        "http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://0177.0.0.1/", "http://[::1%25eth0]/",
        f"http://{'a' * 64}.example/", "http://..example/", "http://wa\ud800rta.example/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_has_no_canonical_form(url: str) -> None:
    with pytest.raises(ValueError, match="no http or https address"):
        canonicalize(url)


def test_address_longer_than_any_newspapers_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValueError, match=r"^.{30,90} is longer than 4096 characters$"):
        canonicalize("https://warta.example/" + "a/" * 3000)


SEGMENTS = st.lists(
    st.text("abcdp0123-_.~%é;=2EF", max_size=8) | st.sampled_from(["berita", "a b", "amp", "..", "%2e", ";sid=3"]),
    max_size=5,
)
PARAMETERS = st.lists(
    st.tuples(
        st.sampled_from(["p", "utm_source", "q", "halaman", "amp", "m", "%61mp"]), st.text("ab01 &=+%é/", max_size=6)
    ),
    max_size=3,
)


@given(
    scheme=st.sampled_from(["http", "https", "HTTP"]),
    host=st.sampled_from(["warta.example", "WWW.Warta.Example", "127.0.0.1", "[::1]", "warta.example."]),
    port=st.sampled_from(["", ":80", ":443", ":8831"]),
    segments=SEGMENTS,
    amp=st.sampled_from(["", "/amp", "/amp/"]),
    parameters=PARAMETERS,
    fragment=st.sampled_from(["", "#", "#atas"]),
)
def test_canonicalizing_twice_is_the_same_as_once(
    scheme: str, host: str, port: str, segments: list[str], amp: str, parameters: list[tuple[str, str]], fragment: str
) -> None:
    query = "?" + "&".join(f"{name}={value}" for name, value in parameters) if parameters else ""
    once = canonicalize(f"{scheme}://{host}{port}/{'/'.join(segments)}{amp}{query}{fragment}")
    assert canonicalize(once) == once


@pytest.mark.parametrize(
    "path",
    ["/panen/amp/amp/", "/amp/amp/panen", "/panen/amp/12/amp", "/.;/amp", "/panen/amp/.;/amp"],
    ids=["behind", "before", "numbered", "behind a dot", "around a dot"],
)
def test_canonicalizing_twice_is_the_same_as_once_where_marks_of_amp_come_to_light(path: str) -> None:
    once = canonicalize(f"https://warta.example{path}")
    assert canonicalize(once) == once


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(STORY, STORY + "/", True, id="slash at the end"),
        pytest.param(STORY, STORY.replace("https", "http"), True, id="scheme"),
        pytest.param(STORY, STORY.replace("//", "//www."), True, id="www"),
        pytest.param(STORY, STORY.replace(".example", ".example:443"), True, id="default port"),
        pytest.param(STORY, STORY.replace(".example", ".example:8080"), False, id="other port"),
        pytest.param(STORY, STORY + "-2", False, id="other slug"),
        pytest.param(STORY, STORY + "?p=2", False, id="other query"),
        pytest.param(STORY, STORY.replace("warta", "kabar"), False, id="other host"),
    ],
)
def test_scheme_www_and_last_slash_make_no_other_address(one: str, other: str, same: bool) -> None:
    assert same_address(one, other) is same
    assert (canonicalize(other) in same_addresses(canonicalize(one))) is same


@pytest.mark.parametrize(
    ("url", "host"),
    [
        pytest.param("https://Warta.Example/a", "warta.example", id="lower case"),
        pytest.param("https://warta.example:443/", "warta.example", id="default port"),
        pytest.param("http://warta.example:443/", "warta.example:443", id="a port of another scheme"),
        pytest.param("http://127.0.0.1:8831/", "127.0.0.1:8831", id="own port"),
        pytest.param("/panen", "", id="no host"),
        pytest.param("http://warta.example:abc/", "", id="port in letters"),
        pytest.param("http://[rusak/", "", id="broken brackets"),
    ],
)
def test_host_comes_with_its_port_if_it_has_one(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("ending", "is_one"),
    [
        ("/2", True), ("/2/", True), ("/12/", True), ("?page=3", True), ("/?halaman=2", True), ("/?hal=2", True),
        ("", False), ("/", False), ("-2", False), ("/2/3", False), ("/foto/", False), ("/2025/", False),
        ("/page/2/", True), ("/halaman/3", True), ("?p=2", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("story", ["https://warta.example/panen", "https://warta.example/panen/"])
def test_further_page_is_told_by_its_ending(story: str, ending: str, is_one: bool) -> None:
    assert is_further_page("https://warta.example/panen" + ending, story) is is_one


_ADDRESSES = st.builds(
    "{}{}".format,
    st.sampled_from(("https://", "http://", "HTTPS://", "//", "/", "")),
    st.text("aZ09/.,~%=&@!()*:-?#;", max_size=15),
)


_BASES = (
    "https://warta.example",
    "HTTPS://warta.example/panen",
    "http:///panen",
    "panen",
    "",
)  # pages that were fetched


@given(_ADDRESSES, st.sampled_from((f"{STORY}?halaman=2", *_BASES)))
def test_address_in_full_or_from_the_root_is_joined_as_urljoin_does(address: str, base: str) -> None:
    def said(join: Callable[[str, str], str]) -> str | None:
        try:
            return join(base, address)
        except ValueError:
            return None

    assert said(joined) == said(urljoin)
