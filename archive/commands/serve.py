"""The command line's `serve`: the archive in a browser."""

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from archive.cli import read_only, which
from archive.database import version_of
from archive.site.base import told_base
from archive.version import VERSION
from kickcrawl.cli import main
from kickcrawl.errors import KickcrawlError
from kickcrawl.workers.forkserver import within

_OPTIONS = (
    click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0: any free one."),
    click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0: let other machines in, too."),
    click.option("--base-url", default="/", help="Sub-path at which a proxy shows it, such as /arsip/."),
)


def listens(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say where a site is to be."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@main.command()
@listens
@which
def serve(port: int, host: str, base_url: str, path: Path) -> None:
    """Show the archive in a browser, read-only, until Ctrl-C."""
    with read_only(path) as archive:
        if (version := version_of(archive)) < VERSION:
            why = "some pages take longer or lack what later versions keep; `kickcrawl update` brings it to"
            click.echo(f"kickcrawl: {path} is of version {version}: {why} {VERSION}", err=True)
        told_base()  # what is wrong with either is said in a sentence, before anything is started
    listener = listen(host, port)
    # Only here, so that the other commands start without them.
    from archive.site.app import site
    from archive.site.limits import MAX_MEMORY
    from archive.site.prefix import sub_path

    answer_at(listener, site(path, sub_path(base_url)), f"The archive {path}", MAX_MEMORY)


def answer_at(listener: socket.socket, application: Any, what: str, memory: int) -> None:
    """Serve an ASGI application until Ctrl-C, and say where *what* is. The process may fill *memory* bytes more."""
    import uvicorn

    from archive.site.wire import MAX_REQUEST_HEAD, Protocol

    config = uvicorn.Config(
        application,
        http=Protocol,
        h11_max_incomplete_event_size=MAX_REQUEST_HEAD,
        log_level="warning",
        server_header=False,
        lifespan="on",
        loop="asyncio",  # else it takes the crawl's, which is installed
    )
    server = uvicorn.Server(config)
    click.echo(f"{what} is at {address(listener)} - Ctrl-C ends this.")
    with listener, suppress(KeyboardInterrupt):
        within(memory, server.run, [listener])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = str(error.strerror or error).partition(" (while")[0]  # Python adds the address, which we name ourselves
        raise KickcrawlError(f"{host}:{port} cannot be used ({why}); name another with --host or --port") from error


def address(listener: socket.socket) -> str:
    """Return what to type into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"
