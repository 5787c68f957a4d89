"""Addresses of feed entries: counting links, several alternates, guids."""

import pytest

from kickcrawl.discovery.feed import read_feed

OWN = "https://warta.example/panen"
COUNTED = "https://umpan.example/~r/warta/~3/x1/"


def url_in(links: str, *, feed: str = "", url: str = "https://warta.example/feed", **site: object) -> str:
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"
    xmlns:pheedo="http://www.pheedo.com/namespace/pheedo" {feed}
    <entry><title>Panen</title>{links}</entry></feed>"""
    (found,) = read_feed(body.encode(), url, **site)  # type: ignore[arg-type]
    return found.url


@pytest.mark.parametrize(
    "links",
    [
        pytest.param(f'<link href="{COUNTED}"/><feedburner:origLink>{OWN}</feedburner:origLink>', id="FeedBurner"),
        pytest.param(f'<pheedo:origLink>{OWN}</pheedo:origLink><link href="{COUNTED}"/>', id="Pheedo, in front"),
        pytest.param(f'<link href="{COUNTED}"/><id>{OWN}</id>', id="the guid alone has it"),
        pytest.param(f'<link href="{OWN}"/><feedburner:origLink>{COUNTED}</feedburner:origLink>', id="the other way"),
        pytest.param(f'<link href="{OWN}"/><id>https://warta.example/lain</id>', id="the guid is another's"),
        pytest.param(f'<link href="https://warta.example/"/><id>{OWN}</id>', id="the link is the front page"),
        pytest.param(f'<link rel="alternate" href="{OWN}"/><link rel="alternate" href="{COUNTED}"/>', id="two hosts"),
        pytest.param(f'<link rel="alternate" href="{COUNTED}"/><link rel="alternate" href="{OWN}"/>', id="turned"),
        pytest.param(
            f'<link hreflang="id" href="{OWN}"/><link rel="alternate" hreflang="en" href="/en/panen"/>', id="languages"
        ),
        pytest.param(
            f'<link rel="alternate" hreflang="en" href="/en/panen"/><link hreflang="id-ID" href="{OWN}"/>',
            id="languages turned",
        ),
        pytest.param(
            f'<link rel="alternate" hreflang="en" href="/en/panen"/><link href="{OWN}"/>', id="no language said"
        ),
        pytest.param(
            f'<link rel="alternate" type="application/pdf" href="{OWN}.pdf"/><link type="text/html" href="{OWN}"/>',
            id="formats",
        ),
        pytest.param(
            f'<link href="{OWN}"/><link rel="alternate" type="application/json" href="/api/1"/>', id="formats turned"
        ),
        pytest.param(
            f'<link rel="replies" href="{OWN}#a"/><link rel="self" href="/x"/><link href="{OWN}"/>', id="rels"
        ),
        pytest.param(f'<link href="http://[rusak/"/><link rel="alternate" href="{OWN}"/>', id="one is broken"),
    ],
)
def test_entry_is_named_by_the_outlets_own_page_in_its_language(links: str) -> None:
    assert url_in(links, feed=">", language="id") == OWN


def test_language_and_host_are_the_feeds_own_where_nobody_says() -> None:
    links = f'<link hreflang="en" href="/en/panen"/><link rel="alternate" hreflang="id" href="{OWN}"/>'
    home = '<link rel="alternate" href="https://warta.example/"/>'
    assert url_in(links, feed='xml:lang="id">') == OWN
    assert url_in(f'<link href="{COUNTED}"/><id>{OWN}</id>', feed=f">{home}", url="https://umpan.example/w") == OWN


def test_hosts_of_the_outlet_decide_where_they_are_known() -> None:
    links = f'<link href="https://cdn.example/panen"/><link rel="alternate" href="{OWN}"/>'
    assert url_in(links, feed=">", url="https://cdn.example/feed", hosts=("www.warta.example",)) == OWN


def test_first_address_is_taken_where_none_is_the_outlets() -> None:
    links = '<link href="https://a.example/1"/><link rel="alternate" href="https://b.example/1"/>'
    assert url_in(links, feed=">") == "https://a.example/1"
