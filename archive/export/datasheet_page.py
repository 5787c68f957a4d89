"""The datasheet of an export in words: Markdown, from which a paper's method section can be written."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Sheet = Mapping[str, Any]  # as datasheet() returns it

_FILTERS = {
    "words": "with the words {}", "outlet": "of the outlet {}", "section": "in the section {}",
    "author": "by {}", "since": "published on or after {}", "until": "published on or before {}",
    "utc": "days are those of UTC", "originals": "one article of each story, its first",
    "exact": "words as they are written only", "licence": "whose page states a licence with {}",
    "without_reserved": "without those that are reserved against text and data mining, or say noai or noarchive",
}  # fmt: skip
_STATES = {
    "archived": "archived", "alias": "other addresses of archived articles", "gone": "gone",
    "rejected": "fetched, and no article", "excluded": "not to be fetched", "waiting": "still to be fetched",
}  # fmt: skip


def page_of(sheet: Sheet, title: str) -> str:
    """Return *sheet* as Markdown under *title*."""
    parts = (_what(sheet), _outlets(sheet), _rights(sheet), _notes(sheet), _columns(sheet), _files(sheet))
    return "\n".join([f"# {title}", "", *(line for part in parts for line in part)])


def _what(sheet: Sheet) -> Iterator[str]:
    source, shards = sheet["archive"], sheet.get("shards")
    version = sheet["software"]["kickcrawl"]
    whence = f"{len(shards)} archives (shards)" if shards else f"the archive `{source['name']}`"
    yield f"Taken on {sheet['made_at']} from {whence} with kickcrawl {version}."
    asked = [_FILTERS[name].format(f"*{value}*") for name, value in sheet["filters"].items()]
    yield f"Articles {', '.join(asked)}." if asked else "All articles."
    days = "UTC" if sheet["filters"].get("utc") else "each outlet's own clock"
    yield f"Days that were asked for are those of {days}; all times are UTC."
    yield ""
    yield from _shards(source, shards) if shards else _archive(source)
    yield ""
    yield "| table | records | outlet | of it | first published | last published | without a time |"
    yield "|---|---|---|---|---|---|---|"
    for name, table in sheet["tables"].items():
        for outlet, told in table["outlets"].items():
            span = " | ".join(told[key] or "-" for key in ("first_published_at", "last_published_at"))
            yield f"| {name} | {table['records']} | {outlet} | {told['records']} | {span} | {told['undated']} |"
        if not table["outlets"]:
            yield f"| {name} | 0 | - | 0 | - | - | 0 |"
    yield ""


def _archive(source: Sheet) -> Iterator[str]:
    yield f"At that moment the archive held {source['articles']:,} articles and {source['captures']:,} captures;"
    yield f"the head of its hash chain was `{source['chain_head']}` ({source['chain_links']} links)."


def _shards(all_of_them: Sheet, shards: Sequence[Sheet]) -> Iterator[str]:
    yield f"Together they held {all_of_them['articles']:,} articles and {all_of_them['captures']:,} captures. Each"
    yield "was read at one moment of its own, when its hash chain had this head. Those of one time come by their ids."
    yield "Numbers of captures and runs are each shard's own: outlet and number together name one."
    yield ""
    yield "| shard | articles | captures | links | head |"
    yield "|---|---|---|---|---|"
    for shard in shards:
        counts = " | ".join(f"{shard[name] or 0:,}" for name in ("articles", "captures", "chain_links"))
        yield f"| {shard['shard']} | {counts} | `{shard['chain_head']}` |"


def _outlets(sheet: Sheet) -> Iterator[str]:
    yield "## How complete each outlet is"
    yield ""
    for slug, outlet in sheet["outlets"].items():
        held, runs = outlet["archived"], outlet["runs"]
        who = ", ".join(str(outlet[key]) for key in ("publisher", "place", "region", "language") if outlet[key])
        where = f"; shard: {outlet['shard']}" if "shard" in outlet else ""
        yield f"**{outlet['name']}** (`{slug}`, {outlet['home']}; {who}; clock: {outlet['timezone']}{where})."
        yield (
            f"Crawled in {runs['runs']} runs from {runs['first_started_at']} to {runs['last_started_at']};"
            f" the last complete one began at {runs['last_complete_at'] or '(none was complete)'}."
            f" {runs['partial']} of them were asked for a part only."
        )
        yield (
            f"Archived: {held['articles']:,} articles, published {held['first_published_at'] or '?'} to"
            f" {held['last_published_at'] or '?'}, {held['undated']} without a publish time;"
            f" {held['revised']} were edited since, {held['gone']} have gone from the site,"
            f" {held['incomplete']} lack further pages."
        )
        addresses = outlet["addresses"]
        yield f"Of {addresses['named']:,} addresses that its seeds ever named: {_states(addresses)}."
        yield from _coverage(outlet["coverage"])
        if outlet["taken_down"]:
            yield f"Taken down, and so in no export: {outlet['taken_down']}."
        for complaint in outlet["complaints"]:
            yield f"Unhealthy since {complaint['since']}: {complaint['what']}."
        yield f"Read by extractor {', '.join(f'`{one}`' for one in outlet['extractors']) or '-'}."
        yield ""


def _coverage(certificate: Mapping[str, Any] | None) -> Iterator[str]:
    if certificate is None:
        return
    yield ""
    yield f"Coverage of {certificate['since']} to {certificate['until']}, days of {certificate['timezone']}:"
    yield ""
    yield from (f"- {sentence}." for sentence in certificate["words"])
    yield ""


def _states(account: Mapping[str, Any]) -> str:
    told = []
    for group in account["states"]:
        why = f" ({group['reason']})" if group.get("reason") else ""
        told.append(f"{group['addresses']:,} {_STATES.get(group['state'], group['state'])}{why}")
    return ", ".join(told) or "nothing is known (a slice holds no frontier)"


def _rights(sheet: Sheet) -> Iterator[str]:
    yield "## Rights, as observed"
    yield ""
    yield "What pages and servers said when they were fetched. No judgement, and no permission: texts and pictures"
    yield "belong to their authors and outlets. robots.txt was obeyed, and nothing behind a password was fetched."
    yield ""
    for slug, outlet in sheet["outlets"].items():
        rights = outlet["rights"]
        said = [f'"{what}" on {count}' for what, count in rights["statements"].items()]
        yield f"- `{slug}`: of {rights['pages']:,} articles: {'; '.join(said) or 'no statement'}."
        yield f"  Reserved against mining or copies: {rights['reserved'] or 0:,}. Not archived, as their pages say"
        yield f"  noarchive: {rights['withheld']:,}."
        for one in rights["site"]:
            yield f'  {one["where"]} says "{one["what"]}" (seen {one["first_seen_at"]} to {one["last_seen_at"]}).'
        if rights["robots_at"]:
            shut = ", ".join(rights["shut_out"]) or "no agent"
            signals = f" Content-Signal: {'; '.join(rights['signals'])}." if rights["signals"] else ""
            yield f"  Its robots.txt of {rights['robots_at']} shuts out {shut}.{signals}"
    yield ""


def _notes(sheet: Sheet) -> Iterator[str]:
    if sheet.get("notes"):
        yield "## Notes"
        yield ""
        yield from (f"- {note}" for note in sheet["notes"])
        yield ""


def _columns(sheet: Sheet) -> Iterator[str]:
    for name, table in sheet["tables"].items():
        yield f"## Columns of {name}"
        yield ""
        yield "| column | kind | meaning |"
        yield "|---|---|---|"
        for column in table["columns"]:
            meaning = column["meaning"].replace("|", "\\|").replace("\n", " ")
            yield f"| `{column['name']}` | {column['kind']} | {meaning} |"
        yield ""


def _files(sheet: Sheet) -> Iterator[str]:
    yield "## Files"
    yield ""
    yield "| file | bytes | SHA-256 |"
    yield "|---|---|---|"
    for file in sheet["files"]:
        yield f"| `{file['name']}` | {file['bytes']} | `{file['sha256']}` |"
    yield ""
