"""Kinds of pages: an article, or why it is none."""

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.page.kind import why_no_article
from kickcrawl.page.parsed import page_of_tree
from kickcrawl.platforms import declared_kind

URL = "https://warta.example/panen-raya"
SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
LINKS = "".join(f"<h3><a href='/c{n}'>Cerita {n}</a></h3>" for n in range(8))
PROSE = "Warga Sembalun memanen bawang putih sejak pekan lalu dan menjualnya ke pasar induk. " * 6
LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Panen"}</script>'
WORDPRESS = '<link rel="stylesheet" href="/wp-content/themes/uji/style.css">'
OG = '<meta property="og:type" content="article">'


def reason(body: str, *, classes: str = "", head: str = "", url: str = URL) -> str | None:
    page = f'<html><head>{head}</head><body class="{classes}">{body or "<p>Panen</p>"}</body></html>'
    root = lxml.html.document_fromstring(page)
    parsed = page_of_tree(root, url, SITE)
    rejection = why_no_article(parsed, declared_kind(parsed))
    return rejection.reason if rejection else None


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        pytest.param("post-template-default single single-post postid-7", None, id="post"),
        pytest.param("single single-post archive", None, id="post with a theme's own class"),
        pytest.param("single single-liputan postid-7", None, id="unknown content class"),
        pytest.param("home blog", "front-page", id="front page"),
        pytest.param("home page page-id-2", "front-page", id="static front page"),
        pytest.param("archive category category-ekonomi", "list-page", id="category"),
        pytest.param("page page-id-7", "static-page", id="static page"),
        pytest.param("search search-results", "search-page", id="search"),
        pytest.param("error404", "error-page", id="404 in a 200"),
        pytest.param("attachment single single-attachment", "attachment", id="attachment"),
        pytest.param("tema-gelap", None, id="no class that says"),
    ],
)
def test_body_classes_of_wordpress_decide(classes: str, expected: str | None) -> None:
    assert reason("", classes=classes, head=WORDPRESS) == expected


@pytest.mark.parametrize("name", ["page", "home", "archive"])
def test_class_of_another_platform_does_not_outweigh_what_the_page_declares(name: str) -> None:
    assert reason("<h1>Panen</h1>", classes=f"{name} layout-b", head=OG + LD) is None


@pytest.mark.parametrize(
    "title",
    ["Just a moment...", "Attention Required! | Penjaga", "Access denied", "403 Forbidden", "Are you a robot?"],
)
def test_page_between_crawler_and_site_is_a_block_page(title: str) -> None:
    assert reason("", head=f"<title>{title}</title>") == "block-page"


def test_article_about_captchas_is_an_article() -> None:
    head = f"<title>Warga Lansia Keluhkan Captcha di Laman Bansos</title>{LD}"
    assert reason("<h1>Warga Lansia Keluhkan Captcha</h1>", classes="single", head=head) is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<form class='post-password-form'><input></form>", id="form by class"),
        pytest.param("<form action='/wp-login.php?action=postpass'><input></form>", id="form by action"),
        pytest.param(
            "<article class='post post-password-required'><input type='password'></article>", id="article by class"
        ),
    ],
)
def test_page_that_asks_for_a_password_is_rejected(body: str) -> None:
    assert reason(body, classes="single") == "password"


def test_login_box_of_the_site_is_no_locked_article() -> None:
    assert reason("<form action='/login'><input type='password'></form><p>Panen</p>", classes="single") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://warta.example/", "front-page", id="root"),
        pytest.param("https://warta.example", "front-page", id="root without slash"),
        pytest.param("https://warta.example/?p=7", None, id="plain permalink"),
    ],
)
def test_root_of_the_site_is_its_front_page(url: str, expected: str | None) -> None:
    assert reason("", url=url, head=LD) == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        pytest.param("", LINKS, "list-page", id="many linked headlines"),
        pytest.param("", LINKS.replace("h3", "h2"), "list-page", id="second-level headlines"),
        pytest.param("", f"<p>{PROSE}</p>{LINKS}", None, id="text of its own"),
        pytest.param(LD, LINKS, None, id="JSON-LD declares an article"),
        pytest.param(OG, LINKS, None, id="og:type declares an article"),
        pytest.param('<meta property="article:published_time" content="x">', LINKS, None, id="publish time declared"),
        pytest.param("", f"<h1>Panen</h1><time>14 Juli</time>{LINKS}", None, id="one headline and a time"),
        pytest.param("", "".join(f"<a href='/c{n}'><h3>Cerita {n}</h3></a>" for n in range(8)), "list-page",
                     id="links around headlines"),
    ],
)  # fmt: skip
def test_page_of_many_linked_headlines_is_a_list_unless_it_declares_an_article(
    head: str, body: str, expected: str | None
) -> None:
    assert reason(body, head=head) == expected


def test_list_that_calls_itself_an_article_is_told_by_its_entries() -> None:
    """Starlight calls every page an article, those of a list, too (Starlight 0.36, 2026-11-30)."""
    entries = "".join(f"<article><h2><a href='/c{n}'>Cerita {n}</a></h2><p>{PROSE}</p></article>" for n in range(4))
    assert reason(f"<h1>Blog</h1>{entries}", head=OG) == "list-page"
    assert reason(f"<h1>Panen</h1>{entries}", head=OG + LD) is None
    assert reason(f"<h1>Panen Raya di Jonggat</h1>{entries}", head=OG) is None
    assert reason(f"<h1>Panen</h1><img src='/panen.jpg'>{entries}", head=OG) is None
    assert reason(f"<h1>Panen</h1>{LINKS}", head=OG) is None
