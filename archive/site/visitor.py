"""What a visitor prefers: a language, and light or dark; by the address, else by a cookie, else by the browser.

?_lang=id ?_theme=dark    chosen in the address, and kept in a cookie of this name for a year
Accept-Language           else the browser's language, or English
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from datasette import hookimpl
from datasette.utils import path_with_replaced_args

from archive.site.above import above_of
from archive.site.headers import App, Scope, Send
from archive.site.words import LANGUAGES, WORDS, Words, counted, noticed, number

THEMES = ("auto", "light", "dark")  # auto: as the device has it
CHOICES: Mapping[str, tuple[str, ...]] = {"_lang": LANGUAGES, "_theme": THEMES}
A_YEAR = 365 * 86_400  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """How a page is to be shown."""

    language: str
    theme: str

    @property
    def words(self) -> Words:
        """The table of words of the visitor's language."""
        return WORDS[self.language]


def visitor(query: Mapping[str, str], cookies: Mapping[str, str], accept_language: str = "") -> Visitor:
    """Return who asks, from the arguments of the address, the cookies and the header Accept-Language.

    >>> visitor({"_theme": "dark"}, {"_theme": "light"}, "id, en;q=0.5")
    Visitor(language='id', theme='dark')
    """

    def chosen(name: str) -> str | None:
        return next((given[name] for given in (query, cookies) if given.get(name) in CHOICES[name]), None)

    return Visitor(language=chosen("_lang") or spoken(accept_language), theme=chosen("_theme") or THEMES[0])


def spoken(accept_language: str) -> str:
    """Return the language of ours that the header asks for first, by its quality values (RFC 9110).

    >>> spoken("fr, id-ID;q=0.7, en;q=0.3")
    'id'
    """
    ranked = []
    for place, entry in enumerate(accept_language.lower().split(",")):
        tag, _, quality = entry.replace(" ", "").partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        language = "id" if tag.partition("-")[0] == "in" else tag.partition("-")[0]  # Java still says "in"
        if weight > 0 and language in LANGUAGES:
            ranked.append((-weight, place, language))
    return min(ranked)[2] if ranked else LANGUAGES[0]


def visitor_of(request: Any) -> Visitor:
    """Return who asks; the browser's defaults where there is no request."""
    if request is None:
        return visitor({}, {})
    query = {name: request.args.get(name) for name in CHOICES if request.args.get(name)}
    return visitor(query, request.cookies, request.headers.get("accept-language", ""))


@hookimpl
def extra_template_vars(datasette: Any, request: Any) -> dict[str, Any]:
    """Give every template the visitor's words, what counts in them, and links that choose other ones."""
    who = visitor_of(request)

    def choosing(name: str, value: str) -> str:
        path = "/" + request.path.lstrip("/") if request else "/"
        changed: str = path_with_replaced_args(request, {name: value}, path) if request else path
        return str(datasette.urls.path(changed))

    return {
        "language": who.language,
        "theme": who.theme,
        "words": who.words,
        "languages": {language: words["itself"] for language, words in WORDS.items()},
        "themes": THEMES,
        "choosing": choosing,
        "counted": lambda name, n: counted(who.words, name, n),
        "number": lambda n: number(who.words, n),
        "noticed": lambda edits, withdrawals: noticed(who.words, edits, withdrawals),
    }


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Keep what a visitor chose in the address, and tell caches by what a page differs."""
    above = above_of(datasette)
    return lambda app: remembering(app, above.path if above else datasette.setting("base_url"))


def remembering(app: App, path: str) -> App:
    """Return *app* with a cookie, for *path*, on answers to requests that choose something."""

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        kept = cookies(scope.get("query_string", b"").decode("latin-1"), path)

        async def send_kept(message: Any) -> None:
            if message["type"] == "http.response.start":
                fields = [*message.get("headers", ()), *((b"set-cookie", cookie.encode()) for cookie in kept)]
                message = {**message, "headers": varied(fields)}
            await send(message)

        await app(scope, receive, send_kept)

    return answer


def varied(fields: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return header fields with one Vary in which what a visitor prefers is named, too; data is the same for all."""
    if not any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in fields):
        return fields
    before = [value for name, value in fields if name.lower() == b"vary"]
    others = [(name, value) for name, value in fields if name.lower() != b"vary"]
    named = [part.strip() for value in (*before, b"Accept-Language, Cookie") for part in value.split(b",")]
    return [*others, (b"vary", b", ".join(dict.fromkeys(named)))]


def cookies(query_string: str, path: str) -> list[str]:
    """Return the Set-Cookie values for what an address chooses.

    >>> cookies("q=beras&_lang=id", "/")
    ['_lang=id; Max-Age=31536000; Path=/; SameSite=Lax']
    """
    asked = parse_qs(query_string)
    jar: SimpleCookie = SimpleCookie()
    for name, values in CHOICES.items():
        value = asked.get(name, [""])[0]
        if value in values:
            jar[name] = value
            jar[name].update({"path": path, "max-age": str(A_YEAR), "samesite": "Lax"})
    return [morsel.OutputString() for morsel in jar.values()]
