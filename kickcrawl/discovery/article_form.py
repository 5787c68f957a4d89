"""Tell by its form alone whether an address, or a link with its text, may be an article's: a hint, never proof."""

import re
from urllib.parse import unquote, urlsplit

PAGE_ENDING = re.compile(r"\.(?:html?|php|aspx?)$")


def reads_as_headline(url: str, text: str) -> bool:
    """Tell whether a link with this *text* leads to an article: many words, and an address with a slug or a number."""
    return len(text.split()) >= 4 and len(text) >= 20 and has_article_form(url)


def has_article_form(url: str) -> bool:
    """Tell whether the last part of *url* is a slug of three words or more, or ends in a long number."""
    segments = [segment for segment in unquote(urlsplit(url).path).split("/") if segment]
    if not segments:
        return bool(re.search(r"(?:^|&)(?:p|id|berita|news)=\d+", urlsplit(url).query))
    last = PAGE_ENDING.sub("", segments[-1])
    words = re.findall(r"[^\W_]+", last)
    return len(words) >= 3 or bool(re.search(r"\d{4,}$", last) and len(segments) > 1)
