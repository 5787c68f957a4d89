"""Tell by its form alone whether an address, or a link with its text, may be an article's: a hint, never proof."""

import re
from urllib.parse import unquote, urlsplit

PAGE_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm)$")
# What numbers articles, but no lists, people and menus.
_NUMBERED = re.compile(
    r"(?:^|&)(?!(?:page|attachment|cat\w*|kategori|kanal|rubrik|item|user|author|tag|menu|[cu])_?id=)"
    r"(?P<name>p|no|nr|berita|news|artikel|article|\w*id)=\d+(?=&|$)",
    re.IGNORECASE,
)


def reads_as_headline(url: str, text: str) -> bool:
    """Tell whether a link with this *text* leads to an article: many words, and an address with a slug or a number."""
    return len(text.split()) >= 4 and len(text) >= 20 and has_article_form(url)


def has_article_form(url: str) -> bool:
    """Tell whether the last part of *url* is a slug of three words or more, ends in a long number, or is a program's
    file with the article's number behind it."""
    segments = [segment for segment in unquote(urlsplit(url).path).split("/") if segment]
    if numbering_name(url):
        return True
    if not segments:
        return False
    last = PAGE_ENDING.sub("", segments[-1])
    words = re.findall(r"[^\W_]+", last)
    return len(words) >= 3 or bool(re.search(r"\d{4,}$", last) and len(segments) > 1)


def numbering_name(url: str) -> str | None:
    """Return the name of the parameter that numbers articles: of a front page, or of a program's file; else None.

    >>> numbering_name("https://warta.example/news/view.asp?newsid=3001&lang=id")
    'newsid'
    """
    parts = urlsplit(url)
    is_file = parts.path in ("", "/") or PAGE_ENDING.search(parts.path)
    match = _NUMBERED.search(parts.query) if is_file else None
    return match["name"] if match else None
