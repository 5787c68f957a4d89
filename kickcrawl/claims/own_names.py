"""The names by which a page calls its own site: they are no authors and no part of a headline.

In: the page's tree and address. Out: names, as the page's metadata give them, and the words of the host. Nothing here
knows any site: only what the page says of itself counts.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from kickcrawl.page.blocks import fold, text_of
from kickcrawl.page.jsonld import site_names
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.page.rights_lines import MAX_LINES
from kickcrawl.vocabulary import WORDS, any_of

_SITE_PROPERTIES = frozenset(
    ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "al:android:app_name")
)
# What a content system puts where nobody entered a name, and accounts that are no people.
_ACCOUNT = re.compile(
    r"(?:super)?admin\w*|administrators?|webmaster|web ?admin|root|user\d*|undefined|null|none|unknown|anonym\w*"
    rf"|{any_of(WORDS.byline.accounts)}",
    re.IGNORECASE,
)
# A login rather than a name: one word in small letters with a digit, a dot, a hyphen or an underscore in it.
_LOGIN = re.compile(r"(?=[a-z0-9._-]*[0-9._-])[a-z][a-z0-9._-]+")
_HANDLE = re.compile(r"[a-z][a-z0-9_-]*")
_COMPANY = re.compile(r",? (?:inc|llc|ltd|corp(?:oration)?|gmbh|pty|plc|pt|pc)\b\.?", re.IGNORECASE)
# An address, a label, a caption; or a firm by its legal form, with which nobody signs.
_NO_NAME = re.compile(r"[@:]|^\(|^PT\.? |\b(?:inc|llc|ltd|corp|gmbh|plc|pc)\.?$", re.IGNORECASE)
_RIGHTS_ALONE = re.compile(r"©[\W\d_]*$")
_HOLDER = re.compile(
    r"©\s*(?:copyright\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d)?)?)?[\s,]*(?:by |oleh )?"
    r"(?P<name>[^\W\d_][\w’'.-]*(?: [\w’'-]+){0,4})",
    re.IGNORECASE,
)
_MIN_LETTERS = 4  # of a name; a shorter one stands in other words by chance


def own_names(page: ParsedPage) -> tuple[str, ...]:
    """Return the names of the site that *page* is on: those in the outlet's rules, those it states, and its host's."""
    known = (*page.site.title_suffixes, page.site.name)
    stated = [
        fold(meta.content) for meta in page.head.metas if (meta.property or meta.name).lower() in _SITE_PROPERTIES
    ]
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    said = (*known, *stated, *site_names(page.json_ld))
    keys = {"com", "net", "org", *map(key, said)}  # what a site is called goes before how its host spells that
    labels = [label for label in host.split(".")[:-1] if len(label) >= _MIN_LETTERS - 1 and key(label) not in keys]
    names = (*said, host, *labels, *_holders(page))
    return tuple(dict.fromkeys(name for name in names if name))


def _holders(page: ParsedPage) -> Iterator[str]:
    """Yield who holds the rights to the site, by its line of rights: "© 2025 Siti Rahma".

    Where nobody signs, themes give this name to every article.
    """
    for line in reversed(page.rights_lines[:MAX_LINES]):
        said, after = fold(line.text), line.after
        if _RIGHTS_ALONE.search(said):  # a link with the name follows
            said += f" {fold(text_of(after))}" if after is not None and isinstance(after.tag, str) else ""
        if match := _HOLDER.search(said):
            yield match["name"].strip()


def is_own_name(name: str, own: Sequence[str]) -> bool:
    """Tell whether *name* is the site's own: one of its names, or one with little beside it.

    A part of a name is none: "Lombok" behind a headline of lombokpost.test is a place.

    >>> is_own_name("Warta Uji Team", ["wartauji"])
    True
    >>> is_own_name("Siti Rahma", ["wartauji"])
    False
    """
    letters = key(_COMPANY.sub("", name))
    for other in filter(None, map(key, own)):
        if letters == other or (len(other) >= _MIN_LETTERS and other in letters and len(other) >= 0.6 * len(letters)):
            return True
    return False


def is_author(name: str, own: Sequence[str]) -> bool:
    """Tell whether *name* can be an author's: no e-mail, and no account that nobody named, but for the site's own.

    News sites sign with their own name on purpose ("FOCUS online", "ndr.de").
    """
    if not any(sign.isalpha() for sign in name) or _NO_NAME.search(name) or _ACCOUNT.fullmatch(name):
        return False
    beside_own = (name[len(other) :].strip() for other in own if other and name.lower().startswith(other.lower()))
    if any(" " in rest and _ACCOUNT.fullmatch(rest) for rest in beside_own):  # "Kabar Selong Editorial Team"
        return False
    is_short_for_own = name not in own and any(key(other) == name and " " in other for other in own)
    if _HANDLE.fullmatch(name) and ("_" in name or is_short_for_own):
        return False  # "wartauji" is an account's, where the site calls itself "Warta Uji"
    return _LOGIN.fullmatch(name) is None or is_own_name(name, own)


@lru_cache(maxsize=2048)  # of one page's titles and names many are alike; about 1 MB
def key(text: str) -> str:
    """Return the letters and digits of *text* in small letters: what two spellings of a name share."""
    return "".join(re.findall(r"\w+", text.lower()))
