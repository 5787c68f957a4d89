"""Tell what a line of credits says: what introduces a name, what is one by its form, and who did something else.

In: a piece of a byline. Out: the piece without its label, or a yes or no. Labels are those of the languages in which
the public test pages are written; Indonesian ones are complete as far as the outlets known here go.
"""

import re

# What stands before the name of who wrote. In the names that machines give, "von" and "par" are part of the name.
_LABEL = re.compile(
    r"^\s*(?:(?:(?:(?:written|authored|posted|published|words|story|article|text) )?by|(?:ditulis |laporan )?oleh"
    r"|penulis|reporter|laporan|authors?|(?:text )?von|par|por)\b\s*[:：]?|(?:text|autor(?:in)?)\s*[:：])\s*",
    re.IGNORECASE,
)
_WRITTEN_BY = frozenset(("verfasst von", "geschrieben von", "escrito por", "écrit par", "scritto da"))
# "Reviewed by", "Foto:", "Editor:".
_OTHER_ROLE = re.compile(
    r"\s*(?:(?!written|authored|posted|publish|words|story|article|text|laporan|ditulis)[^\W\d_]+(?: [^\W\d_]+){0,2} "
    r"(?:by|von|oleh)\b|(?:editor|redaktur|foto(?:grafer)?|photos?|fotos?)\s*[:：])",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(r".*(?::|\b(?:by|oleh|von|par|por|on|from))", re.IGNORECASE)
_JOINS = re.compile(r"[\s,;/&|+•·]*(?:\b(?:and|dan|und|et|y|e|en|og|och|ve|with)\b)?[\s:]*", re.IGNORECASE)
# Words in small letters that names have inside.
_PARTICLES = frozenset(
    "al and bin binti da das de del della den der di do dos du el for la le of the ten ter und van von y zu".split()
)
# Words that stand in bylines and in no name.
_WORDS = frozenset(
    "updated posted published written reviewed checked edited author authors share follow read more view all posts "
    "sections about contact subscribe news guide guides minutes min today yesterday comments in on at am um "
    "diperbarui diterbitkan dipublikasikan dibaca bagikan komentar selengkapnya berita menit wib wita wit".split()
)
_NOT_IN_NAMES = re.compile(r"[\d@:()]")
_LONGEST = 60  # characters of a name
_MOST = 6  # words of a name


def without_label(text: str) -> str:
    """Return *text* without "Oleh:", "By" and the like before the name."""
    return _LABEL.sub("", text)


def is_label(text: str) -> bool:
    """Tell whether *text* is nothing but what stands before an author's name."""
    return bool(text.strip()) and (not without_label(text) or text.lower() in _WRITTEN_BY)


def is_filler(text: str) -> bool:
    """Tell whether *text* only leads to a name, or joins two: "Insights from", ", and"."""
    return is_joint(text) or bool(_INTRODUCES.fullmatch(text))


def is_joint(text: str) -> bool:
    """Tell whether *text* stands between two names: a comma, "dan", "and"."""
    return bool(_JOINS.fullmatch(text))


def is_other_role(text: str) -> bool:
    """Tell whether *text* names somebody who did something else than write: "Reviewed by ...", "Editor: ..."."""
    return bool(_OTHER_ROLE.match(text))


def is_name(text: str, *, alone: bool = False) -> bool:
    """Tell whether *text* has the form of a name: two to six words with capitals; any one word if it stands *alone*.

    >>> is_name("Siti Rahma"), is_name("Rahma"), is_name("following these tips")
    (True, False, False)
    """
    words = re.findall(r"[^\W\d_]\S*", text)
    if not 0 < len(words) <= _MOST or len(text) > _LONGEST or _NOT_IN_NAMES.search(text):
        return False
    if not _WORDS.isdisjoint(word.lower() for word in words):
        return False
    if len(words) == 1:
        return alone and len(text.rstrip(".")) > 1
    return all(not word[0].islower() or word in _PARTICLES for word in words)
