"""What is known of a fetched page before it is read: why it need not be, and what its answer says of rights.

Asked by the crawl and by what replays it, so that both know the same.
"""

from collections.abc import Iterable

from kickcrawl.article import PageSource, Rejection
from kickcrawl.page.html import looks_like_html
from kickcrawl.rights.page import header_statements
from kickcrawl.statement import EVERYBODY, Statement


def result_unread(source: PageSource, withheld: Statement | None) -> Rejection | None:
    """Return why the page is not read: its body is *withheld*, or no HTML; None if it is to be read."""
    if withheld is not None:
        whom = "all robots" if withheld.whom == EVERYBODY else withheld.whom
        return Rejection(reason="noarchive", detail=f"its {withheld.source} says {withheld.value} to {whom}")
    return None if looks_like_html(source) else Rejection(reason="not-html", detail=source.content_type or "")


def rights_of(lines: Iterable[tuple[str, str]], withheld: Statement | None) -> tuple[Statement, ...]:
    """Return what the header *lines* of a page (name, value) say of rights, with the statement that *withheld* it."""
    found = header_statements(lines)
    return found if withheld is None or withheld in found else (*found, withheld)
