"""Saved pages, each with what is right to read from it: tests/pages/<case>/page.html and expected.json.

expected.json holds the page's url, the slug of the outlet whose rules count (or "site": the rules themselves), and
either every field of the article or {"rejected": reason}. A field that is read wrongly today stands in "known_wrong"
with the reason; once it comes out right, the test asks to take it off that list. All pages are of our own making.
"""

import json
from dataclasses import asdict
from datetime import timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kickcrawl.article import Article, Page, PageSource, Rejection, SiteRules
from kickcrawl.extract import extract
from kickcrawl.outlet import BUNDLED, Outlet, load_outlets

CASES = sorted(folder.parent for folder in Path(__file__).parent.glob("pages/*/expected.json"))


@cache
def outlets() -> dict[str, Outlet]:
    return load_outlets([BUNDLED])


def expected(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return found


def read(case: Path, told: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of what is read from the page of *case*, as expected.json writes them."""
    rules = outlets()[told["outlet"]].rules if "outlet" in told else SiteRules(**told["site"])
    source = PageSource(url=told["url"], body=(case / "page.html").read_bytes(), content_type="text/html")
    found = extract(Page(requested_url=told["url"], sources=(source,), site=rules))
    return {"rejected": found.reason} if isinstance(found, Rejection) else fields(found)


def fields(article: Article) -> dict[str, Any]:
    zone = timezone(timedelta(minutes=article.published_offset or 0))
    return {
        "title": article.title,
        "text": article.text.split("\n\n"),
        "authors": list(article.authors),
        "sections": list(article.sections),
        "tags": list(article.tags),
        "language": article.language,
        "published_at": article.published_at and article.published_at.astimezone(zone).isoformat(),
        "published_offset": article.published_offset,
        "modified_at": article.modified_at and article.modified_at.isoformat(),
        "images": [asdict(image) for image in article.images],
        "related": [asdict(link) for link in article.related],
        "dateline": article.dateline,
        "initials": article.initials,
        "native_id": article.native_id,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page_is_read_as_expected_field_by_field(case: Path) -> None:
    told = expected(case)
    wanted, wrong = told["article"], told.get("known_wrong", {})
    found = read(case, told)
    assert found.keys() == wanted.keys()
    assert wrong.keys() <= wanted.keys()
    right = {name for name in wanted if found[name] == wanted[name]}
    differing = {name: (found[name], wanted[name]) for name in wanted.keys() - right - wrong.keys()}
    assert differing == {}, "(found, wanted) of each field that differs"
    assert right & wrong.keys() == set(), "comes out right now: take it off known_wrong"
    assert all(wrong.values()), "each known wrong has its reason"


def test_every_outlet_file_has_a_page_at_an_address_of_its_own() -> None:
    pages = {told["outlet"]: told["url"] for told in map(expected, CASES) if "outlet" in told}
    assert pages.keys() == outlets().keys()
    verdicts = {slug: outlets()[slug].classify(url) for slug, url in pages.items()}
    assert [slug for slug, verdict in verdicts.items() if not verdict.is_article] == []
    assert [slug for slug, url in pages.items() if not outlets()[slug].owns(url)] == []
