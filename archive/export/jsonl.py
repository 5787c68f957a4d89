"""Articles as JSON Lines: one article a line, oldest first, in the encoding that pandas and jq read."""

import json
from collections.abc import Iterator
from pathlib import Path

from archive.database import Archive
from archive.export.articles import export_articles
from archive.export.format import Format
from archive.query.choice import Choice
from archive.whole_file import whole


def json_lines(archive: Archive, choice: Choice) -> Iterator[str]:
    """Yield the articles of *choice*, each as a line of JSON without its line break."""
    for record in export_articles(archive, choice):
        yield json.dumps(record, ensure_ascii=False)


def export_jsonl(archive: Archive, choice: Choice, output: Path) -> int:
    """Write the articles of *choice* to *output*, all or nothing; return how many.

    Raises UsageError if nothing can be written.
    """
    count = 0
    with whole(output) as part, part.open("w", encoding="utf-8") as file:
        for line in json_lines(archive, choice):
            file.write(f"{line}\n")
            count += 1
    return count


JSONL = Format(ending=".jsonl", unit="articles", write=export_jsonl)
