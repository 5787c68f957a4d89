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
_OPENING = re.compile(
    rf"^[(\[]?\s*{_LABEL}(?!{any_of(_PICTURES.bare_credits)}\.)(?P<name>[^.()\[\]]{{2,60}}?)\s*(?:[)\]]\.?|[.|;–—])\s+\S",
    re.IGNORECASE,
)
# "Warga menata batu. Dok Humas Pemkab": some labels need no colon at the head of a sentence.
_BARE = re.compile(rf"(?:^|[.!?)|,–—-])\s*{any_of(_PICTURES.bare_credits)}\.?\s+(?P<name>[^.()\[\]]{{2,60}}?)\.?\s*$",
                   re.IGNORECASE)  # fmt: skip
_BRACKET = re.compile(r"[(\[]\s*(?P<name>(?![\d\s/.:-]+[)\]])[^()\[\]]{2,60}?)\s*[)\]]\s*\.?\s*$")  # not a date
# "Warga menata batu. ANTARA/Lalu Anom", "Jane Sample/Getty Images": an agency and its photographer, behind the last
# sentence or alone.
_CLOSING = re.compile(
    r"(?:^|[.!?)|]\s+)(?P<name>[A-Z]{2,}(?: [A-Z]{2,})*/[^.()\[\]]{2,60}?"
    r"|[A-Z]\w+(?: [A-Z]\w+)+/[A-Z]\w+(?: [A-Z]\w+)*)\.?\s*$"
)
# "Warga menata batu. Foto Lalu Anom": others need none before a name of two words and more.
_NAMED = re.compile(
    rf"(?:^|[.!?)|]\s+(?:[–—-]\s+)?)(?i:{any_of(_PICTURES.credits_before_names)})\s+"
    r"(?P<name>[A-Z][\w'’.]+(?:[ /][A-Z][\w'’]+){1,4})\.?\s*$"
)
_POSITION = re.compile(rf"\b{any_of(_PICTURES.positions)}\b", re.IGNORECASE)
_OWNER = re.compile(rf"{any_of(_PICTURES.owners)}\b", re.IGNORECASE)
_MAX_NAME_WORDS = 6
_MIN_SCENE_WORDS = 3  # two may be "warga setempat", who took the picture
_MIN_WORD_LETTERS = 4  # of a word with a small initial that no name has: shorter ones are particles
_SIGNS_OF_OWNERS = frozenset("/@.")
_COMMON = frozenset(WORDS.prose.common)  # "Lalu Anom untuk Kabar Uji"


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
    labelled = _LABELLED.search(caption) if not bracket else None
    if labelled and labelled.start() == 0 and _is_scene(_name_of(labelled)):
        return None
    named = _NAMED.search(caption)
    found = (
        labelled or (named if named and named.start() else None) or _BARE.search(caption) or _CLOSING.search(caption)
    )
    return _name_of(found) if found else None


def is_credited(caption: str) -> bool:
    """Tell whether *caption* has a label of a credit: only a picture's caption has one."""
    bracket = _BRACKET.search(caption)
    return any(pattern.search(bracket["name"] if bracket else caption) for pattern in (_LABELLED, _BARE)) or bool(
        _OPENING.search(caption)
    )


def _in_bracket(inside: str, before: str) -> str | None:
    if found := _LABELLED.search(inside) or _NAMED.search(inside):
        return _name_of(found)
    if not (_is_owner(inside) or _is_word_behind_sentence(inside, before)) or _abbreviates(inside, before):
        return None
    return fold(inside)


def _name_of(found: re.Match[str]) -> str:
    groups = found.groupdict()
    named = next(filter(None, map(groups.get, ("name", "slash", "owner"))), "")
    name = fold(_INNER_LABEL.sub("", named))
    return name if "." in name.split()[-1][:-1] else name.removesuffix(".")  # but "S.H."


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


def _is_word_behind_sentence(text: str, before: str) -> bool:
    """Tell whether *text* is one name behind a whole sentence, of which its bracket is no part: "... . (Freepik)"."""
    is_word = text.isalpha() and text[0].isupper() and not _POSITION.search(text)
    return is_word and before.rstrip().endswith((".", "!", "?"))


def _is_scene(text: str) -> bool:
    """Tell whether *text* says what a picture shows, by a word that stands in no name: "Warga menata batu".

    "Foto: dokumen warga setempat" has a small initial: it goes on behind its label, and is no sentence of its own.
    """
    words = text.split()
    if len(words) < _MIN_SCENE_WORDS or not text[0].isupper() or _OWNER.match(text):
        return False
    if not _SIGNS_OF_OWNERS.isdisjoint(text):
        return False
    return any(len(word) >= _MIN_WORD_LETTERS and word[0].islower() and word not in _COMMON for word in words)


def _abbreviates(inside: str, before: str) -> bool:
    """Tell whether *inside* stands for the words *before* it: "Kabupaten Lombok Utara (KLU)"."""
    letters = [sign for sign in inside.lower() if sign.isalpha()]
    words = before.split()[-len(letters) :]
    return len(inside.split()) == 1 and bool(letters) and [word[0].lower() for word in words] == letters
