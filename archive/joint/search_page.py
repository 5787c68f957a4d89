"""The search over all shards, as the search of one archive (archive/site/search_page.py): the same page and files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.joint.counts import counts_among
from archive.joint.joint import unasked
from archive.joint.told import Told, counts_of_all, outlets_of
from archive.query.hits import Found
from archive.shards.fan import Fan
from archive.shards.reached import Names, Reached
from archive.shards.search import find_among
from archive.site.asked import MAX_HITS, ORDERS, Asked, Order, read_asked
from archive.site.asking import page
from archive.site.base import own_base_of
from archive.site.facets import Counts
from archive.site.marks import MARKS
from archive.site.search_page import counted, data_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What all shards found together, and what each of them says of itself."""

    found: Found
    told: Sequence[Told]


async def results(datasette: Any, request: Any) -> Any:
    """Answer a search over all shards as a page, or as JSON, CSV or Atom."""
    asked = read_asked({name: request.args.get(name) for name in request.args})
    file = request.url_vars["format"]
    order: Order = "newest" if file == "atom" else asked.in_order
    reached = await _find(datasette, asked, order, MARKS if not file else ("[", "]"))
    if file:
        answer = data_of(own_base_of(datasette, request), asked, reached.found.found, file)
        answer.headers |= unasked(reached)
        return answer
    found = reached.found.found
    has_more = found.total > len(found.hits)
    said = {
        "asked": asked, "choice": asked.choice, "orders": ORDERS, "order": order, "unasked": reached.problems,
        "outlets": outlets_of(reached.found.told), "hits": found.hits, "total": found.total, "ranked": found.ranked,
        "too_common": found.too_common, "sought": found.sought, "is_unranked": found.is_unranked,
        "has_more": has_more, "more": min(asked.limit * 4, MAX_HITS) if has_more and asked.limit < MAX_HITS else None,
    }  # fmt: skip
    counts = counts_of_all(reached.found.told) if asked.is_empty else await _count(datasette, asked, reached)
    said |= counted(datasette, asked, counts)
    return await page(datasette, request, "search.html", said)


async def _find(datasette: Any, asked: Asked, order: Order, marks: tuple[str, str]) -> Reached[Answered]:
    joint = datasette.joint

    def question(fan: Fan, _: Names) -> Answered:
        told = fan(joint.kept.tell, None)
        found = find_among(fan, asked.choice, order=order, limit=asked.limit, marks=marks)
        return Answered(found=found, told=told)

    reached: Reached[Answered] = await joint.ask(question)
    return reached


async def _count(datasette: Any, asked: Asked, reached: Reached[Answered]) -> Counts | None:
    """Return the counts beside the articles that were found; None where a shard takes too long to count its own."""
    counts = await datasette.joint.ask(lambda fan, _: counts_among(fan, asked.choice), among=reached.names)
    return counts.found if not counts.problems else None
