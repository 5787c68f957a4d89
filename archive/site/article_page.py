"""What an article's page says: itself, its story, its revisions with what changed, its witnesses, its addresses."""

from typing import Any

from archive.cite.cite import citation
from archive.database import Archive
from archive.history.past import as_it_stood
from archive.history.revisions import differences, read_addresses, read_revisions
from archive.lookup import ArticleRecord, find_record
from archive.site.asking import Missing
from archive.site.picture import has_picture
from archive.site.story_page import with_outlets
from archive.stories.clusters import find_story
from kickcrawl.errors import UsageError
from kickcrawl.fields import CLAIMED

MAX_MEMBERS = 12  # of its story; the story's own page has more
MAX_REVISIONS = 20  # the latest ones are compared on the page; the table revisions has all


def read_state(archive: Archive, name: str, revision: str | None, on: str | None) -> ArticleRecord | None:
    """Return the article of that id, or the first digits of one, today or as it stood then; None if there is none.

    *revision* and *on* are a number and a day as a visitor wrote them; raises Missing for what it has not.
    """
    record = find_record(archive, name)
    if record is None:
        return None
    try:
        return as_it_stood(archive, record, revision, on)
    except UsageError as error:
        about = {"name": record["id"], "latest": record["revision"], "day": record["first_seen_at"][:10]}
        raise Missing("state", asked=revision or on, **about) from error


def read_article(
    archive: Archive, name: str, revision: str | None, on: str | None, base: str | None
) -> dict[str, Any] | None:
    """Return everything about an article, which is chosen as read_state() does, or None.

    Its citation names the permanent address on the site that stands at *base*.
    """
    article = read_state(archive, name, revision, on)
    if article is None:
        return None
    values = {"id": article["id"], "capture": article["capture_id"], "outlet": article["outlet"]}
    revisions = compared_revisions(archive, article["id"])
    latest = revisions[0]["number"]
    return {
        "article": article,
        "latest": latest,
        "cited": citation(archive, f"{article['id']}@{article['revision']}", "text", base),
        "is_past": article["revision"] != latest,
        "paragraphs": paragraphs(article["text"], article["dateline"], article["initials"]),
        "outlet": archive.row("SELECT * FROM outlets WHERE slug = :outlet", values),
        "capture": archive.row("SELECT * FROM captures WHERE id = :capture", values),
        "addresses": read_addresses(archive, article["id"]),
        "pictures": [image | {"is_kept": has_picture(archive, image["url"])} for image in article["images"] or ()],
        "related": [link | {"id": _archived(archive, link["url"])} for link in article["related"] or ()],
        "story": _told(archive, article["id"]),
        "revisions": revisions,
        "witnesses": witnesses(article) if article["revision"] == latest else [],
    }


def read_difference(archive: Archive, name: str, *pair: int) -> dict[str, Any] | None:
    """Return two revisions of an article, or its last two, and in what they differ; None for no such article.

    Raises Missing where it has no such revisions.
    """
    article = find_record(archive, name)
    if article is None:
        return None
    numbered = {revision.number: revision for revision in read_revisions(archive, article["id"])}
    before, after = pair or (max(numbered) - 1, max(numbered))
    if before not in numbered or after not in numbered:
        raise Missing("pair", name=article["id"], latest=max(numbered))
    states = numbered[before], numbered[after]
    return {
        "article": article,
        "outlet": archive.row("SELECT * FROM outlets WHERE slug = :outlet", {"outlet": article["outlet"]}),
        "before": states[0],
        "after": states[1],
        "changes": differences(*(state.content for state in states)),
    }


def compared_revisions(archive: Archive, article_id: str) -> list[dict[str, Any]]:
    """Return the last revisions, latest first, each with what it changed against the one before: in a line, in full."""
    # One more than is shown: the oldest is compared with it.
    found = read_revisions(archive, article_id, last=MAX_REVISIONS + 1)
    compared = [
        {"number": revision.number, "recorded_at": revision.recorded_at, "run_id": revision.run_id}
        | {"description": revision.describe(), "source": revision.source}
        | {"changes": differences(before.content, revision.content) if before else []}
        for before, revision in zip([None, *found], found, strict=False)
    ]
    return compared[::-1][:MAX_REVISIONS]


def witnesses(article: ArticleRecord) -> list[dict[str, Any]]:
    """Return for each field where its value came from, and what other sources said instead."""
    origins = article["origins"] or {}
    fields: list[str] = [name for name in CLAIMED if name in origins]
    others = article["disagreements"] or []
    fields += sorted({*origins, *(claim["field"] for claim in others)} - {*fields})
    return [
        {
            "field": name,
            "source": origins.get(name),
            "value": None if name == "text" else article.get(name),
            "others": [claim for claim in others if claim["field"] == name],
        }
        for name in fields
    ]


def paragraphs(text: str, dateline: str | None = None, initials: str | None = None) -> list[dict[str, Any]]:
    """Return the paragraphs of a text, table rows as rows of cells; the dateline and the initials stand apart.

    >>> paragraphs("Selong, Warga antre.", "Selong,")
    [{'dateline': 'Selong,', 'lines': ['Warga antre.'], 'initials': None}]
    """
    shown: list[dict[str, Any]] = []
    for part in text.split("\n\n") if text else []:
        lines = part.split("\n")
        if all(" | " in line for line in lines):
            rows = [line.split(" | ") for line in lines]
            if shown and "rows" in shown[-1]:
                shown[-1]["rows"] += rows
            else:
                shown.append({"rows": rows})
        elif shown and "rows" not in shown[-1] and part == initials:
            shown[-1]["initials"] = initials
        else:
            shown.append({"dateline": None, "lines": lines, "initials": None})
    first = shown[0] if shown else {}
    if dateline and "lines" in first and first["lines"][0].startswith(dateline):
        first |= {
            "dateline": dateline,
            "lines": [first["lines"][0].removeprefix(dateline).lstrip(), *first["lines"][1:]],
        }
    return shown


def _told(archive: Archive, article_id: str) -> dict[str, Any] | None:
    """Return the story of an article with its first members, and their outlets."""
    found = find_story(archive, article_id)
    return {**found, "members": with_outlets(archive, found["members"][:MAX_MEMBERS])} if found else None


def _archived(archive: Archive, url: str) -> str | None:
    return archive.text("SELECT article_id FROM article_urls WHERE url = :url", {"url": url})
