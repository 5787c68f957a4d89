"""Security headers on every answer, and a page's own scripts and styles as the only ones that run.

A nonce is put into the *templates* as they are compiled, never into a finished page: what comes out of the archive can
bring no script to life, even if it were not escaped. Style attributes, which a nonce cannot allow, are taken out of
Datasette's templates on the way; site.css does their work.
"""

import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette import hookimpl
from jinja2 import Environment
from jinja2.ext import Extension

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Any, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# For the pages of ReplayWeb.page, which `make replay` installed: see docs/decisions/0069.
REPLAYING = ("frame-src 'self'", "worker-src 'self'")
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TAG = re.compile(r"<(script|style)(?=[\s>])")
_STYLE_ATTRIBUTE = re.compile(r'\sstyle="(?:\{\{.*?\}\}|[^"{])*"', re.DOTALL)


class Nonces(Extension):
    """Gives every <script> and <style> that stands in a template the nonce of its answer."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _TAG.sub(r'<\1 nonce="{{ csp_nonce }}"', _STYLE_ATTRIBUTE.sub("", source))


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    env.add_extension(Nonces)


@hookimpl
def extra_template_vars(request: Any) -> dict[str, str]:
    return {"csp_nonce": request.scope.get("csp_nonce", "") if request else ""}


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Send our headers with every answer."""
    return with_headers


def with_headers(app: App) -> App:
    """Return *app* with our headers on each of its answers; those that it sends itself are replaced."""

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        ours = headers(nonce, is_replay=scope["path"].startswith("/replay/") or scope["path"].endswith("/replay"))
        names = {name for name, _ in ours}

        async def send_safely(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                theirs = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in names]
                message = {**message, "headers": [*theirs, *ours]}
            await send(message)

        await app({**scope, "csp_nonce": nonce}, receive, send_safely)

    return answer


def headers(nonce: str, *, is_replay: bool = False) -> list[tuple[bytes, bytes]]:
    """Return our headers as ASGI writes them, names in lower case."""
    policy = "; ".join((POLICY.format(nonce=nonce), *(REPLAYING if is_replay else ())))
    all_of_them = {"Content-Security-Policy": policy} | FIXED
    return [(name.lower().encode(), value.encode()) for name, value in all_of_them.items()]
