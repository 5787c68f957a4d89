"""Tell what a line of credits says: what introduces a name, what is one by its form, and who did something else.

In: a piece of a byline. Out: the piece without its label, or a yes or no. Labels are those of all languages of the
vocabulary.
"""

import re
from collections.abc import Iterable

from kickcrawl.vocabulary import WORDS, any_of

_BYLINE = WORDS.byline


def _label(by: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a label before an author's name: one of *by*, or a writer's role and a colon or dash.

    A role behind "by" is part of it, and before a colon the outlet, too: "Laporan Wartawan Kabar Uji:".
    """
    writer = rf"{any_of(_BYLINE.writers)}\b"
    outlet = r"(?:\s+[^\s:：]+){1,4}\s*[:：]"
    return re.compile(
        rf"^\s*(?:{any_of(by)}\b(?:\s+{writer}(?:{outlet})?)?\s*[:：]?"
        rf"|{writer}(?:\s*[:：]|\s+[-–—|]\s|{outlet}))\s*",
        re.IGNORECASE,
    )


_LABEL_ON_PAGE = _label((*_BYLINE.by, *_BYLINE.by_on_page))
_LABEL_IN_FIELD = _label(_BYLINE.by)  # in the names that machines give, "von" and "par" are part of the name
_WRITING = {phrase.split()[0] for phrase in (*_BYLINE.by, *_BYLINE.by_on_page) if " " in phrase}
# "Reviewed by", "Foto:", "Editor:".
_OTHER_ROLE = re.compile(
    rf"\s*(?:(?!{any_of(_WRITING)})[^\W\d_]+(?: [^\W\d_]+){{0,2}} {any_of(_BYLINE.agents)}\b"
    rf"|{any_of(_BYLINE.other_roles)}\s*[:：])",
    re.IGNORECASE,
)
_OTHER_ROLE_ALONE = re.compile(rf"\s*{any_of(_BYLINE.other_roles)}\s*(?:[:：]|$)", re.IGNORECASE)
_LEADS_TO_NAME = re.compile(rf".*(?::|\b{any_of((*_BYLINE.agents, *_BYLINE.introductions))})", re.IGNORECASE)
_AND = any_of((*_BYLINE.and_between_names, *_BYLINE.and_between_full_names, *_BYLINE.and_between_elements))
_JOINS = re.compile(rf"[\s,;/&|+•·]*(?:\b{_AND}\b)?[\s:]*", re.IGNORECASE)
_PARTICLES = frozenset(_BYLINE.particles)
_NEVER_IN_NAMES = frozenset((*_BYLINE.never_in_names, *WORDS.dates.zones))
_AND_WORDS = frozenset(_BYLINE.and_between_names)
_ORGANIZATION = re.compile(rf"{any_of(_BYLINE.organizations)}\s", re.IGNORECASE)
_NO_ONE_NAME = frozenset((*_NEVER_IN_NAMES, *WORDS.dates.months, *WORDS.dates.weekdays))
_ONE_ROLE = re.compile(any_of((*_BYLINE.roles, *_BYLINE.writers, *_BYLINE.accounts)), re.IGNORECASE)
_SIGNS_IN_NO_NAME = re.compile(r"[\d@:()]")
MAX_NAME_CHARACTERS = 60
MAX_NAME_WORDS = 6


def without_label(text: str, *, in_field: bool = False) -> str:
    """Return *text* without "Oleh:", "By" and the like before the name.

    *in_field*: it is a value for machines, in which "von" and "par" are part of the name.
    """
    label = (_LABEL_IN_FIELD if in_field else _LABEL_ON_PAGE).match(text)  # sub() would look for it all along the text
    return text[label.end() :] if label else text


def is_label(text: str) -> bool:
    """Tell whether *text* is nothing but what stands before an author's name."""
    return bool(text.strip()) and not without_label(text)


def needs_name(text: str) -> bool:
    """Tell whether *text* is a label behind which a name must follow: "Penulis:", "Oleh", "Written by"."""
    return is_label(text) and (text.endswith((":", "：")) or text.lower().split()[-1] in _BYLINE.agents)


def names_writer(text: str) -> bool:
    """Tell whether *text* begins with a label that nothing but a name can follow: with "by", or a colon."""
    label = text[: len(text) - len(without_label(text))].strip().lower()
    return label.endswith((":", "：")) or (bool(label) and label.split()[-1] in _BYLINE.agents)


def is_one_name(text: str) -> bool:
    """Tell whether *text* has the form of the one name that some people have: a word with a capital."""
    is_word = bool(re.fullmatch(r"[^\W\d_][^\W\d_'’.-]{2,}", text)) and text[0].isupper()
    return is_word and text.lower() not in _NO_ONE_NAME and not _ONE_ROLE.fullmatch(text)


def is_filler(text: str) -> bool:
    """Tell whether *text* only leads to a name, or joins two: "Insights from", ", and"."""
    return is_joint(text) or bool(_LEADS_TO_NAME.fullmatch(text))


def is_joint(text: str) -> bool:
    """Tell whether *text* stands between two names: a comma, "dan", "and"."""
    return bool(_JOINS.fullmatch(text))


def is_other_role(text: str) -> bool:
    """Tell whether *text* names somebody who did something else than write: "Reviewed by ...", "Editor: ..."."""
    return bool(_OTHER_ROLE.match(text))


def is_other_role_in_field(text: str) -> bool:
    """Tell whether a field for authors names another role, alone or with its holder: "Editor", "Editor: ..."."""
    return bool(_OTHER_ROLE_ALONE.match(text))


def is_name(text: str, *, alone: bool = False) -> bool:
    """Tell whether *text* has the form of a name: two to six words with capitals; any one word if it stands *alone*.

    >>> is_name("Siti Rahma"), is_name("Rahma"), is_name("following these tips")
    (True, False, False)
    """
    words = re.findall(r"[^\W\d_]\S*", text)
    long = sum("." not in word for word in words)  # "Prof. Dr. H. Lalu Anom, M.Ag., Ph.D."
    if (
        not words
        or not 0 < (long or len(words)) <= MAX_NAME_WORDS
        or len(text) > MAX_NAME_CHARACTERS
        or _SIGNS_IN_NO_NAME.search(text)
    ):
        return False
    if not _NEVER_IN_NAMES.isdisjoint(word.lower() for word in words):
        return False
    if len(words) == 1:
        return alone and len(text.rstrip(".")) > 1
    inside = _PARTICLES | _AND_WORDS if _ORGANIZATION.match(text) else _PARTICLES
    return all(not word[0].islower() or word in inside for word in words)
