"""Hold an archive against a newsroom's truth, field by field.

In: the archive's file and the truth, one row a post (see tests/newsroom for its keys). Out: a list of Findings, each
with what was measured, the target, and examples of what misses it.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

Truth = dict[str, Any]
PRECISION = 0.998  # share of the archived words that are in the truth's body, over all articles


@dataclass(slots=True)
class Finding:
    """One line of the table: *missed* holds examples; none means that the target is reached."""

    what: str
    measured: str
    target: str
    missed: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.missed

    def __str__(self) -> str:
        line = f"{'ok  ' if self.ok else 'MISS'} {self.what:<44} {self.measured:>14}   target {self.target}"
        return "\n".join([line, *(f"       {example}" for example in self.missed[:3])])


def check_archive(
    file: Path, truth: Sequence[Truth], *, may_be_null: Iterable[str] = (), revised: int = 0
) -> list[Finding]:
    """Return the findings; *may_be_null* are fields that this variant of the site does not show anywhere."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    rows = {row["url"]: row for row in connection.execute("SELECT * FROM articles")}
    public = [post for post in truth if post["archive"]]
    pairs = [(post, rows[post["url"]]) for post in public if post["url"] in rows]
    nullable = set(may_be_null)
    findings = [
        _all(public, "public posts archived", lambda post: post["url"] in rows),
        _no_strangers(rows, truth),
        _hidden(file, truth),
        _each(pairs, "title", lambda p, r: _quotes(p["title"]) == _quotes(r["title"]), "title"),
        _each(pairs, "authors", lambda p, r: json.loads(r["authors"]) == [p["author"]], "authors"),
        _each(pairs, "section", lambda p, r: r["section"] in p["category"], "section"),
        _each(pairs, "sections", lambda p, r: set(json.loads(r["sections"])) == set(p["category"]), "sections"),
        _each(pairs, "tags", lambda p, r: set(json.loads(r["tags"])) == set(p["tags"]), "tags"),
        _each(pairs, "published", lambda p, r: _same_time(p["published"], r["published_at"]), "published_at"),
        _each(
            pairs,
            "modified",
            lambda p, r: (
                _same_time(p["modified"], r["modified_at"]) or (r["modified_at"] is None and "modified" in nullable)
            ),
            "modified_at",
        ),
        _each(pairs, "paragraphs in order", lambda p, r: not _lost(p["body"], r["text"]), "text"),
        _precision(pairs),
        _each(
            pairs, "no read-also line", lambda _p, r: not re.search(r"\b(?:baca|simak) juga\b", r["text"], re.I), "text"
        ),
        _each(pairs, "no caption in the text", _no_caption, "text"),
        _each(pairs, "captions kept", _captions_kept, "images"),
        _integrity(connection, revised),
    ]
    connection.close()
    return findings


def words(text: str) -> list[str]:
    """Return the words of *text*, lower-case: the truth is compared without punctuation."""
    return re.findall(r"\w+", text.lower())


def _all(public: Sequence[Truth], what: str, holds: Any) -> Finding:
    missed = [post["url"] for post in public if not holds(post)]
    return Finding(what, f"{len(public) - len(missed)}/{len(public)}", "100 %", missed)


def _each(pairs: Sequence[tuple[Truth, Any]], what: str, holds: Any, column: str) -> Finding:
    missed = [f"{p['url']}: {str(r[column])[-160:]!r}" for p, r in pairs if not holds(p, r)]
    return Finding(what, f"{len(pairs) - len(missed)}/{len(pairs)}", "100 %", missed)


def _no_strangers(rows: dict[str, Any], truth: Sequence[Truth]) -> Finding:
    wanted = {post["url"] for post in truth if post["archive"]}
    once = {url for post in truth for url in post["old_urls"]} | {
        post["url"] for post in truth if post["status"] == "trash"
    }
    unwanted = [url for url, row in rows.items() if url not in wanted and not (url in once and row["gone_at"])]
    return Finding("rows that are no article, or one twice", str(len(unwanted)), "0", unwanted)


def _hidden(file: Path, truth: Sequence[Truth]) -> Finding:
    """Look for the words of hidden posts in every byte of the database's files."""
    data = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    canaries = [post["canary"] for post in truth if post["canary"]]
    found = [canary for canary in (*canaries, "KANARIREVISI") if canary.encode() in data]
    return Finding(f"words of {len(canaries)} hidden posts found", str(len(found)), "0", found)


def _lost(body: Sequence[str], text: str) -> list[str]:
    here, position, lost = " ".join(words(text)), 0, []
    for paragraph in body:
        at = here.find(" ".join(words(paragraph)), position)
        if at < 0:
            lost.append(paragraph)
        else:
            position = at
    return lost


def _precision(pairs: Sequence[tuple[Truth, Any]]) -> Finding:
    """Initials on a line of their own are the journalist's and stay in the text; the truth's body leaves them out."""
    inside = signed = total = 0
    for post, row in pairs:
        archived, body = Counter(words(row["text"])), Counter(words(" ".join(post["body"])))
        inside += sum((archived & body).values())
        signed += sum((archived & (body + Counter(words(post["initials"] or "")))).values())
        total += sum(archived.values())
    share = signed / total if total else 0.0
    missed = [] if share >= PRECISION else [f"{total - signed} of {total} words are not in the truth"]
    measured = f"{share:.5f}, without initials {inside / total if total else 0:.5f}"
    return Finding("precision of the text", measured, f">= {PRECISION}", missed)


def _no_caption(post: Truth, row: Any) -> bool:
    captions = [c for c in (*post["captions"], post["featured_caption"]) if c and len(words(c)) > 2]
    text = " ".join(words(row["text"]))
    return not any(" ".join(words(c)) in text for c in captions)


def _captions_kept(post: Truth, row: Any) -> bool:
    kept = {" ".join(words(image["caption"] or "")) for image in json.loads(row["images"])}
    return all(" ".join(words(c)) in kept for c in (*post["captions"], post["featured_caption"]) if c)


def _integrity(connection: sqlite3.Connection, revised: int) -> Finding:
    missed = [str(tuple(row)) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    missed += [str(tuple(row)) for row in connection.execute("PRAGMA foreign_key_check")]
    articles, revisions = (
        connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("articles", "revisions")
    )
    if revisions != articles + revised:
        missed.append(f"{revisions} revisions of {articles} articles, {revised} of them revised")
    return Finding("database whole, revisions counted", f"{articles}+{revisions - articles}", f"+{revised}", missed)


def _same_time(true: str, archived: str | None) -> bool:
    return archived is not None and datetime.fromisoformat(true) == datetime.fromisoformat(archived)


def _quotes(text: str) -> str:
    return re.sub("[“”„\"‘’']", '"', text).replace("--", "–")
