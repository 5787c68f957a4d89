"""Links between the paragraphs of archived articles ("Baca juga") to addresses that no seed has named."""

from archive.database import Archive
from kickcrawl.article import RelatedLink


def unnamed_related(archive: Archive, outlet: str, since: str, most: int) -> list[RelatedLink]:
    """Return up to *most* links from articles archived *since* (ISO, UTC) to addresses of *outlet* that no seed named.

    They are in the order of their addresses.
    """
    rows = archive.rows(_UNNAMED, {"outlet": outlet, "since": since, "most": most})
    return [RelatedLink(url=row["url"], title=row["title"]) for row in rows]


_UNNAMED = """
    SELECT l.value ->> 'url' AS url, max(l.value ->> 'title') AS title
    FROM articles a JOIN json_each(a.related) l
    WHERE a.outlet = :outlet AND a.first_seen_at >= :since
    AND NOT EXISTS (SELECT 1 FROM frontier f WHERE f.url = l.value ->> 'url')
    AND NOT EXISTS (SELECT 1 FROM article_urls u WHERE u.url = l.value ->> 'url')
    GROUP BY 1 ORDER BY 1 LIMIT :most
"""
