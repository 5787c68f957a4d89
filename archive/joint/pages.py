"""The pages over all shards: the front, the shards with what is to be known of each, and why something is not here.

/   /shards   /search   /questions   and what is of one shard, where that cannot be asked
"""

from collections.abc import Callable
from typing import Any

from datasette import Response, hookimpl

from archive.joint.joint import Joint
from archive.joint.questions import question, questions
from archive.joint.router import WHEREABOUTS, WHY
from archive.joint.search_page import results
from archive.joint.told import Told, joined
from archive.query.choice import Choice
from archive.shards.reached import Reached
from archive.site.asking import Missing, Refused, Unreached, page
from archive.site.facets import within
from archive.site.queries import front_page


@hookimpl(tryfirst=True)
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Return the addresses of the pages over all, before all others; none for the site of a single archive."""
    if not hasattr(datasette, "joint"):
        return []
    return [
        (r"/$", front),
        (r"/search(?:\.(?P<format>json|csv|atom))?$", results),
        (r"/shards(?:\.(?P<format>json))?$", shards),
        (r"/questions$", questions),
        (r"/questions/(?P<name>[\w-]+)(?:\.(?P<format>json|csv))?$", question),
        (r"/shard/(?P<name>[^/]+)(?:/.*)?$", no_shard),
        (r"/(?!static/|replay/|-/static/).*$", nowhere),
    ]


async def tell_all(joint: Joint) -> Reached[Any]:
    """Return what each shard says of itself."""
    reached: Reached[Any] = await joint.ask(lambda fan, _: fan(joint.kept.tell, None))
    return reached


async def front(datasette: Any, request: Any) -> Any:
    """Answer with the front page of all shards."""
    reached = await tell_all(datasette.joint)
    said = front_page(joined(reached.names, reached.found))
    choice = Choice()
    spans = {bar.label: within(choice, bar.label) for bar in (said["chart"].bars if said["chart"] else ())}
    search_at = datasette.urls.path("/search")
    links = {label: f"{search_at}?since={span.since}&until={span.until}" for label, span in spans.items()}
    said |= {"links": links, "unasked": reached.problems, "note": datasette.joint.note}
    return await page(datasette, request, "front.html", said)


async def shards(datasette: Any, request: Any) -> Any:
    """Answer with a list of the shards, and what each says of itself, or why it cannot."""
    joint: Joint = datasette.joint
    reached = await tell_all(joint)
    told: dict[str, Told] = dict(zip(reached.names, reached.found, strict=True))
    rows = [
        {
            "name": shard.name,
            "problem": reached.problems.get(shard.name),
            "note": shard.note,
            "told": told.get(shard.name),
        }
        for shard in joint.shards
    ]
    if request.url_vars["format"]:
        return Response.json([_as_data(row) for row in rows])
    said = {"rows": rows, "note": joint.note, "totals": {name: sum(getattr(one, name) for one in told.values())
            for name in ("articles", "revisions", "captures")}}  # fmt: skip
    return await page(datasette, request, "shards.html", said)


def _as_data(row: dict[str, Any]) -> dict[str, Any]:
    told = row["told"]
    found = (
        {name: getattr(told, name) for name in ("articles", "revisions", "captures", "version", "head")} if told else {}
    )
    outlets = [outlet["slug"] for outlet in told.front.outlets] if told else []
    return {"shard": row["name"], "problem": row["problem"], "note": row["note"], "outlets": outlets} | found


async def no_shard(datasette: Any, request: Any) -> Any:
    """Answer why a shard's own site is not there."""
    name = request.url_vars["name"]
    shard = datasette.joint.find(name)
    if shard is None:
        raise Missing("shard", name=name)
    if why := shard.problem or request.scope.get(WHY):
        raise Unreached("shard_problem", name=name, why=why)
    raise Missing("shard_empty", name=name)


async def nowhere(datasette: Any, request: Any) -> Any:
    """Answer that there is no such page, article, outlet or address, or that it may be where it cannot be asked."""
    found_at = request.scope.get(WHEREABOUTS)
    if found_at is None:
        raise Missing("page")
    if found_at.among:
        raise Refused("in_several", name=found_at.name, shards=", ".join(found_at.among))
    if found_at.problems:
        raise Unreached("perhaps_there", name=found_at.name, shards=", ".join(found_at.problems))
    raise Missing(found_at.kind, name=found_at.name)
