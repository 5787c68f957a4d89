"""The site under a sub-path, behind a proxy that takes the sub-path away or leaves it: every link stays beneath it.

Datasette puts the sub-path before its links, but where a proxy leaves it in the request, it stands there twice, and
some redirects leave it out (its issues 2105 and 2347, open in 0.65.5).
"""

from collections.abc import MutableMapping
from typing import Any

from archive.site.headers import App, Scope, Send
from kickcrawl.errors import UsageError


def sub_path(text: str) -> str:
    """Return a sub-path as "/arsip/", "/" for none. Raises UsageError for what is none."""
    inner = text.strip("/")
    if any(sign in inner for sign in "?#: \\") or "//" in inner:
        raise UsageError(f"--base-url {text!r} is no path; write one as /arsip/")
    return f"/{inner}/" if inner else "/"


def beneath(base: str, app: App) -> App:
    """Return *app*, which believes to stand at the root, as it is served at *base*."""
    if base == "/":
        return app

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        async def send_beneath(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                fields = [(name, _moved(base, name, value)) for name, value in message.get("headers", ())]
                message = {**message, "headers": fields}
            await send(message)

        inner = dict(scope)
        for name in ("path", "raw_path"):
            if scope.get(name):
                inner[name] = without(base, scope[name])
        await app(inner, receive, send_beneath)

    return answer


def without(base: str, path: Any) -> Any:
    """Return a path, str or bytes, without the sub-path if it has it.

    >>> without("/arsip/", b"/arsip/search"), without("/arsip/", "/search")
    (b'/search', '/search')
    """
    start: Any = base.encode() if isinstance(path, bytes) else base
    slash = start[:1]
    if path == start[:-1]:
        return slash
    return slash + path[len(start) :] if path.startswith(start) else path


def _moved(base: str, name: bytes, value: bytes) -> bytes:
    is_ours = value.startswith(b"/") and not value.startswith((b"//", base.encode()))
    return base.encode() + value[1:] if name.lower() == b"location" and is_ours else value
