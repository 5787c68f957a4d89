"""Read what journalists write into the text itself: the dateline at its head, their initials at its end, names.

Both stay in the text; here they are only given as fields.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from kickcrawl.claims.credits import is_other_role_in_field, without_label
from kickcrawl.vocabulary import WORDS, any_of

_DASH = r"[-–—―|:]{1,3}"
# "(gii)", "(tl-02)", "(iws/gsp)", "(red)", "(KHN)": two to five letters, parted or numbered.
_INITIALS = re.compile(r"\(\s*(?P<who>[A-Za-z]{2,5}(?:\s?[-/]\s?[A-Za-z0-9]{1,5})?)\s*\)[\s.*]*$")
_NAME = r"[A-ZÀ-Þ][\w.'’]*"
_PLACE = rf"{_NAME}(?:[ ]{_NAME}){{0,3}}"
# A comma before an academic degree ("Lalu Anom, S.H., M.H.", "Siti Rahma, SH") parts no names. Three letters and more
# are rather an agency or a broadcaster.
# "SPd", "MKes", "SPdI", "STrKeb": a capital of the degree, one of the subject, and small letters, once or twice.
_DEGREE = re.compile(
    r"\s*,\s*(?=(?:[A-Z][A-Za-z]{0,4}\.){1,3}[A-Za-z]{0,5}\.?(?:\s*,|\s|$)|Ph\.?D"
    rf"|(?:(?!AP\b)[A-Z]{{2}}|[A-Z]{{2,5}}®|[SMDA][A-Z][a-z]{{1,5}}(?:[A-Z][a-z]{{0,5}})?|(?i:{any_of(WORDS.byline.degrees)}))"
    rf"(?:\s*,|\s*$|\s+(?:{any_of(WORDS.byline.and_between_names)}|&)\s))"
)
# "MS, RD, FAND": behind letters of one degree, three letters and more are another one.
_NEXT_DEGREE = re.compile(
    rf"(?<=[A-Z]{{2}}),\s*(?=(?!(?i:{any_of(WORDS.byline.agencies)})\b)[A-Z]{{3,6}}(?:\s*,|\s*$))"
)
_ORGANIZATION = re.compile(rf"(?:\S+\s+)?{any_of(WORDS.byline.organizations)}\s", re.IGNORECASE)
_PROFESSION = re.compile(rf"{any_of(WORDS.byline.professions)}\b", re.IGNORECASE)
_ROLE = re.compile(rf"{any_of((*WORDS.byline.roles, *WORDS.byline.writers))}", re.IGNORECASE)
# "Siti Rahma (Kontributor)", "Siti Rahma (ANTARA)", "Siti Rahma - Reporter", "Siti Rahma*".
_OF_OFFICE = any_of((*WORDS.byline.agencies, *WORDS.byline.desks))
_ROLE_BEHIND = re.compile(
    rf"\s*(?:\(\s*(?:{_ROLE.pattern}|{_OF_OFFICE}\b)[^()]{{0,30}}\)|\s[-–|/]\s*{_ROLE.pattern}|(?<!\*)\*+)$",
    re.IGNORECASE,
)
# "und" and its like part full names only: in other languages their letters stand inside of names.
_BETWEEN_NAMES = re.compile(
    rf"\s*(?:,|;|&|\b{any_of(WORDS.byline.and_between_names)}\b)\s*"
    rf"|(?<=\w\w)(?:\s+{any_of(WORDS.byline.and_between_full_names)}\s+|(?<!\d)\s*/\s*)(?=\S+ \S)"
)
_LIST_IN_NAME = re.compile(rf",\s*{any_of(WORDS.byline.and_between_names)}\s", re.IGNORECASE)
_COMMAS = re.compile(r"\s*[,;]\s*")
_BEHIND_NAME = re.compile(rf"\s+{any_of(WORDS.byline.behind_name)}$")  # "reporter", as Korean papers sign


def read_initials(paragraphs: Sequence[str]) -> str | None:
    """Return the initials in brackets that end the text, with their brackets; None if there are none.

    >>> read_initials(["Warga berharap jalan segera diperbaiki. (gii)"])
    '(gii)'
    """
    for text in reversed(paragraphs[-2:]):
        match = _INITIALS.search(text)
        if match and not _explains(text[: match.start()].rstrip(), match["who"]):
            return f"({match['who']})"
    return None


def _explains(before: str, who: str) -> bool:
    """Tell whether a bracket at the end abbreviates the words before it, as in "Kabupaten Lombok Utara (KLU)."."""
    if not before or before[-1] in ".!?”\"'’…*)":  # the sentence has ended
        return False
    words = before.split()[-len(who) :]
    return who.istitle() or [word[0].lower() for word in words] == list(who.lower())


def read_dateline(first_paragraph: str, names: Sequence[str], places: Sequence[str] = ()) -> str | None:
    """Return the dateline that opens the text: the outlet's name and often a place, up to the dash or the comma.

    *names* are the forms in which the outlet names itself there; *places*, if given, are the only ones that may stand
    behind it, since "outlet – Warga Narmada, ..." opens a sentence. None where the text has no dateline.

    >>> read_dateline("kicknews.today – Mataram, Warga ...", ["kicknews.today"])
    'kicknews.today – Mataram,'
    >>> read_dateline("SELONG, kicknews.today - Petani ...", ["kicknews.today"])
    'SELONG, kicknews.today -'
    """
    said = first_paragraph.casefold()
    if not any(name.casefold() in said for name in names):  # patterns are compiled for each outlet: 2 ms
        return None
    for pattern in _dateline_patterns(tuple(names), tuple(places)):
        if match := pattern.match(first_paragraph):
            return match[1]
    return None


@lru_cache(maxsize=256)
def _dateline_patterns(names: tuple[str, ...], places: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Return the forms of a dateline, the longest first. Places need capitals, the outlet's name does not."""
    outlet = rf"(?i:{'|'.join(re.escape(name) for name in names)})"
    behind = rf"(?i:{'|'.join(re.escape(place) for place in places)})" if places else _PLACE
    forms = (
        rf"{_PLACE}\s*,\s*{outlet}\s*{_DASH}",  # SELONG, outlet –
        rf"{_PLACE}(?:\s*,\s*{_PLACE})?\s*\(\s*{outlet}\s*\)\s*{_DASH}",  # Praya, Lombok Tengah (outlet) –
        rf"{outlet}\s*,\s*{_PLACE}\s*{_DASH}",  # outlet, Praya –
        rf"{outlet}\s*{_DASH}\s*{behind},",  # outlet – Mataram,
        rf"{outlet}\s*{_DASH}",  # outlet –
    )
    return [re.compile(rf"\s*({form})") for form in forms] if names else []


def split_authors(text: str) -> tuple[str, ...]:
    """Return the authors' names in a byline, without "Oleh" and the like; an editor's and a photographer's are none.

    >>> split_authors("Oleh: Siti Rahma dan Lalu Anom")
    ('Siti Rahma', 'Lalu Anom')
    >>> split_authors("Editor: Lalu Anom")
    ()
    """
    names = without_label(text.strip(' \t\n"'), in_field=True)
    is_office = bool(_ORGANIZATION.match(names))
    if is_office and _LIST_IN_NAME.search(names):  # "Badan Meteorologi, Klimatologi, dan Geofisika"
        return (names,)
    between = _COMMAS if is_office else _BETWEEN_NAMES
    joined = _DEGREE.sub("\x1f", names)
    if not names.isupper():
        joined = _NEXT_DEGREE.sub("\x1f", joined)
    parts = (part.replace("\x1f", ", ") for part in between.split(joined))
    own, *others = list(takewhile(lambda part: not is_other_role_in_field(part), parts)) or [""]
    written = (_without_role(part) for part in (own, *takewhile(lambda part: not _PROFESSION.match(part), others)))
    return tuple(part for part in written if part and not part.startswith(("http://", "https://", "@")))


def _without_role(name: str) -> str:
    """Return *name* without what somebody is, behind it; "" for a role alone."""
    name = _ROLE_BEHIND.sub("", _BEHIND_NAME.sub("", name))
    return "" if _ROLE.fullmatch(name) else name
