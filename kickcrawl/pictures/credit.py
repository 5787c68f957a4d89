"""Read who made or owns a picture out of its caption.

In: the caption. Out: the name, or None. A label says so ("Foto: Humas"); a bracket at the end does where what stands in
it has the form of a name or an agency, not of a place in the picture or of an abbreviation of the words before it.

    Bupati (kanan) menyerahkan bantuan. (Kabar Uji/Lalu Anom)   ->   Kabar Uji/Lalu Anom
"""

import re

from kickcrawl.page.blocks import fold
from kickcrawl.vocabulary import WORDS, any_of

_PICTURES = WORDS.pictures
_AGENTS = any_of(WORDS.byline.agents)
# "Foto: Humas", "Foto oleh: Humas", "Photo by Humas", "Foto/Humas" at the beginning.
_LABEL = rf"{any_of(_PICTURES.credits)}\b\.?\s*(?:{_AGENTS}\b\s*[:：]?|[:：])\s*"
_LABELLED = re.compile(
    rf"\b{_LABEL}(?P<name>[^()\[\]]{{2,80}}?)\s*[)\]]?\s*$"
    rf"|(?:^|[.!?)|,–—-]\s*){any_of(_PICTURES.credits)}\s*/\s*(?P<slash>[^()\[\]]{{2,60}}?)\s*$"
    r"|(?:^|\s)[©Ⓒ]\s*(?P<owner>[^()\[\]]{2,60}?)\s*$",
    re.IGNORECASE,
)
_INNER_LABEL = re.compile(rf"\b{_LABEL}", re.IGNORECASE)
# "Foto: Lalu Anom. Warga menata batu": the name is a sentence of its own.
_OPENING = re.compile(rf"^[(\[]?\s*{_LABEL}(?P<name>[^.()\[\]]{{2,60}}?)\s*(?:[)\]]\.?|[.|;–—])\s+\S", re.IGNORECASE)
# "Warga menata batu. Dok Humas Pemkab": some labels need no colon at the head of a sentence.
_BARE = re.compile(rf"(?:^|[.!?)|,–—-])\s*{any_of(_PICTURES.bare_credits)}\.?\s+(?P<name>[^.()\[\]]{{2,60}}?)\.?\s*$",
                   re.IGNORECASE)  # fmt: skip
_BRACKET = re.compile(r"[(\[]\s*(?P<name>(?![\d\s/.:-]+[)\]])[^()\[\]]{2,60}?)\s*[)\]]\s*\.?\s*$")  # not a date
# "Warga menata batu. ANTARA/Lalu Anom": an agency in capitals and its photographer, behind the last sentence.
_CLOSING = re.compile(r"[.!?)]\s+(?P<name>[A-Z]{2,}(?: [A-Z]{2,})*/[^.()\[\]]{2,60}?)\.?\s*$")
_POSITION = re.compile(rf"\b{any_of(_PICTURES.positions)}\b", re.IGNORECASE)
_OWNER = re.compile(rf"{any_of(_PICTURES.owners)}\b", re.IGNORECASE)
_MAX_NAME_WORDS = 6


def read_credit(caption: str | None) -> str | None:
    """Return who made or owns the picture, as *caption* names them; None if it names nobody.

    >>> read_credit("Foto: Warga Sembalun menjemur bawang (Ist)")
    'Ist'
    >>> read_credit("Jembatan Gantung Sesaot. Foto: Humas")
    'Humas'
    """
    if not caption:
        return None
    bracket = _BRACKET.search(caption)
    # A bracket at the end is the credit even if the caption opens with "Foto:", which then introduces the scene.
    if bracket and (name := _in_bracket(bracket["name"], caption[: bracket.start()])):
        return name
    opening = _OPENING.search(caption)
    if opening and _is_owner(opening["name"]):
        return fold(opening["name"])
    found = (_LABELLED.search(caption) if not bracket else None) or _BARE.search(caption) or _CLOSING.search(caption)
    return _name_of(found) if found else None


def is_credited(caption: str) -> bool:
    """Tell whether *caption* has a label of a credit: only a picture's caption has one."""
    bracket = _BRACKET.search(caption)
    return any(pattern.search(bracket["name"] if bracket else caption) for pattern in (_LABELLED, _BARE)) or bool(
        _OPENING.search(caption)
    )


def _in_bracket(inside: str, before: str) -> str | None:
    if found := _LABELLED.search(inside):
        return _name_of(found)
    if not _is_owner(inside) or _abbreviates(inside, before):
        return None
    return fold(inside)


def _name_of(found: re.Match[str]) -> str:
    groups = found.groupdict()
    named = next(filter(None, map(groups.get, ("name", "slash", "owner"))), "")
    return fold(_INNER_LABEL.sub("", named))


def _is_owner(text: str) -> bool:
    """Tell whether *text* may be a person's, a desk's or an agency's name: capitals, a slash, or a known word."""
    if _OWNER.match(text) or _BARE.search(text):
        return True
    words = text.split()
    if _POSITION.search(text) or len(words) > _MAX_NAME_WORDS or not text[0].isupper():
        return False
    if "/" in text or "." in text.rstrip("."):  # "Kabar Uji/Anom", "warta.example"
        return True
    return len(words) > 1 and all(not word[0].islower() for word in words if len(word) > 3)


def _abbreviates(inside: str, before: str) -> bool:
    """Tell whether *inside* stands for the words *before* it: "Kabupaten Lombok Utara (KLU)"."""
    letters = [sign for sign in inside.lower() if sign.isalpha()]
    words = before.split()[-len(letters) :]
    return len(inside.split()) == 1 and bool(letters) and [word[0].lower() for word in words] == letters
