"""The pages of an article as they were captured: as a WACZ, and replayed here where `make replay` has installed it.

/article/ID.wacz    /article/ID/replay   /article/ID/replay?revision=2    /replay/ (ReplayWeb.page, served from here)
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import AsgiFileDownload

from archive.database import Archive
from archive.export.wacz import export_wacz
from archive.query.choice import Choice
from archive.site.article_page import read_state
from archive.site.asking import Missing, ask, page
from kickcrawl import CHECKOUT
from kickcrawl.errors import KickcrawlError

COMPONENT = CHECKOUT / ".venv" / "replay" / "npm" / "replaywebpage"  # AGPL-3.0: installed by who wants it, not shipped
_ID = r"(?P<id>[0-9a-f]{4,64})"


def can_replay() -> bool:
    """Tell whether ReplayWeb.page is installed."""
    return (COMPONENT / "sw.js").is_file()


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the addresses of captured pages with what answers them."""
    return [(rf"/article/{_ID}\.wacz$", wacz), (rf"/article/{_ID}/replay$", replay)]


@hookimpl
def extra_template_vars() -> dict[str, Any]:
    """Tell templates whether a page can be replayed here."""
    return {"can_replay": can_replay()}


async def wacz(datasette: Any, request: Any) -> Any:
    """Answer with all captures of an article as a file for ReplayWeb.page."""
    name = request.url_vars["id"]
    folder = TemporaryDirectory(prefix="kickcrawl-")
    file = Path(folder.name) / f"{name}.wacz"

    def export(archive: Archive) -> bool:
        state = read_state(archive, name, None, None)
        return state is not None and export_wacz(archive, Choice(article=state["id"]), file) > 0

    try:
        is_there = await ask(datasette, export)
    except KickcrawlError as error:
        folder.cleanup()
        raise Missing("unreplayable", name=name, why=error) from error
    if not is_there:
        folder.cleanup()
        raise Missing("article", name=name)
    return SentOnce(folder, file)


async def replay(datasette: Any, request: Any) -> Any:
    """Answer with the page that a revision was read from, replayed."""
    name, revision = request.url_vars["id"], request.args.get("revision")
    if not can_replay():
        raise Missing("page")
    found = await ask(datasette, lambda archive: read_replayed(archive, name, revision))
    if found is None:
        raise Missing("article", name=name)
    return await page(datasette, request, "replay.html", found)


def read_replayed(archive: Archive, name: str, revision: str | None) -> dict[str, Any] | None:
    """Return an article, and the capture that this revision of it was read from."""
    state = read_state(archive, name, revision, None)
    if state is None:
        return None
    capture = archive.row("SELECT * FROM captures WHERE id = :id", {"id": state["capture_id"]})
    assert capture is not None, "a revision refers to its capture"
    return {
        "article": state,
        "capture": capture,
        "ts": f"{datetime.fromisoformat(capture['fetched_at']):%Y%m%d%H%M%S}",
        "outlet": archive.row("SELECT * FROM outlets WHERE slug = :outlet", {"outlet": state["outlet"]}),
    }


class SentOnce:
    """An answer that is a file in a folder of its own, which goes when it was sent."""

    def __init__(
        self,
        folder: "TemporaryDirectory[str]",
        file: Path,
        content_type: str = "application/wacz",
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.folder = folder
        self.file = file
        self.content_type = content_type
        self.headers = headers

    async def asgi_send(self, send: Any) -> None:
        """Send the file, and delete it."""
        with self.folder:
            answer = AsgiFileDownload(str(self.file), self.file.name, self.content_type, dict(self.headers))
            await answer.asgi_send(send)
