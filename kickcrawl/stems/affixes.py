"""Indonesian affixes: which roots a word may be made of, and how the words of a root may begin.

    roots("menangkapnya")  -> tangkap, nangkap, and those with an ending left on them
    beginnings("tangkap")  -> tangkap, menangkap, penangkap, ditangkap, pertangkap, kepenangkap, ...

me- and pe- take a nasal before the root and swallow p, t, k and s: me + tangkap is menangkap, and menikah is
me + nikah. Both are returned; which is meant only the words in use can tell (kickcrawl/stems/family.py).

A prefix stands with some suffixes only, and behind some prefixes only (after Nazief and Adriani, 1996).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kickcrawl.stems.lexicon import IRREGULAR, NUMBERS, SHORT, WHOLE

MAX_LETTERS = 40  # nothing longer is a word
CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu", "nyalah", "nyakah", "nyapun")
_VERB = ("", "kan", "i")
_NOUN = ("", "an")
SUFFIXES = {
    "": ("an", "kan", "i"), "me": _VERB, "di": _VERB, "ter": _VERB, "ku": _VERB, "kau": _VERB,
    "ber": ("", "an", "kan"), "pe": _NOUN, "per": ("", "an", "kan", "i"), "ke": ("an",), "se": _NOUN,
}  # fmt: skip
# What may stand between a prefix and the root. ke- and se- are left there only where a suffix follows: mengetahui.
INNER = {
    "me": ("per", "pe", "ber", "ter", "ke", "se"), "di": ("per", "pe", "ber", "ter", "ke", "se"),
    "pe": ("ber", "ke", "se", "per"), "ke": ("ber", "ter", "pe", "per", "se", "tidak"),
    "ber": ("pe", "per", "ke", "se"), "se": ("pe", "per", "ke"), "ter": ("pe", "per", "ke"),
    "ku": ("per",), "kau": ("per",),
}  # fmt: skip
_NEED_A_SUFFIX = {"ke", "se", "ter"}
_NASALS = (("ng", "k"), ("ny", "s"), ("n", "t"), ("m", "p"))  # and the letter that each may have swallowed
_KEPT = {"ng": "ghkqrl", "ny": "", "n": "cdjzstyl", "m": "bpfv"}  # letters that stand behind each
_VERBAL = ("me", "di", "ber", "ter", "pe", "ke")
_VOWELS = "aeiou"
_HEAD = re.compile("[^aeiou]?[aeiou]|n[gy]|[ksgct]h|s[ywptklnrmc]|[kbpgtdfc][rl]|[kdt]w|ps")


def is_plain(word: str) -> bool:
    """Tell whether *word* may be Indonesian: small letters of the alphabet, and not too many."""
    return len(word) <= MAX_LETTERS and word.isascii() and word.isalpha()


def is_root(word: str) -> bool:
    """Tell whether *word* may be a root: of two syllables and with a head that can be said, or a known short one."""
    is_long = len(word) > 2 and sum(letter in _VOWELS for letter in word) > 1
    return (is_long and _HEAD.match(word) is not None) or word in SHORT


@lru_cache(maxsize=50_000)
def roots(word: str) -> tuple[str, ...]:
    """Return the roots that *word* may be made of, besides itself, the likelier first."""
    if not is_plain(word):
        return ()
    if word in IRREGULAR:
        return (IRREGULAR[word],)
    if word in WHOLE:
        return ()
    found = list(_without_clitics(word))
    known = [body for body in found if body in WHOLE or body in IRREGULAR]
    if known:  # perangkatnya is of perangkat, which is not of angkat; but ditanya is of tanya, not of dita
        found = known + [root for root in _without_affixes(word) if root in WHOLE]
    else:
        found += [root for body in (word, *found) for root in _without_affixes(body)]
    return tuple(dict.fromkeys(IRREGULAR.get(root, root) for root in found if root != word))


def _without_clitics(word: str) -> Iterator[str]:
    for clitic in CLITICS:
        rest = word.removesuffix(clitic)
        if rest == word or not is_root(rest):
            continue
        if len(clitic) > 2 or (len(rest) > 3 and (not rest.startswith(_VERBAL) or _is_made(rest))):
            yield rest


def _is_made(rest: str) -> bool:
    """Tell whether *rest* is a word without the -ku or -mu behind it: memberi and diri, not pela(ku), berte(mu)."""
    return rest in WHOLE or any(_without_affixes(rest))


def _without_affixes(body: str) -> Iterator[str]:
    for suffix in ("an", "kan", "i", ""):
        if not body.endswith(suffix):
            continue
        middle = body.removesuffix(suffix)
        if suffix and _may_take(suffix, middle):
            yield middle
        for prefix, suffixes in SUFFIXES.items():
            if prefix and suffix in suffixes:
                yield from _peel(prefix, middle, suffix)
    if body.startswith("ke") and body[2:] in NUMBERS:
        yield body[2:]
    doubled = re.fullmatch(r"([^aeiou])e(\1.*)an", body)
    if doubled and is_root(doubled[2]):  # reruntuhan, dedaunan
        yield doubled[2]


def _may_take(suffix: str, body: str) -> bool:
    """Tell whether *body* may be a root with no more than this suffix."""
    if suffix == "an" or body in WHOLE:
        return is_root(body)
    return is_root(body) and (suffix != "i" or len(body) > 3) and not body.startswith(_VERBAL)


def _peel(prefix: str, body: str, suffix: str) -> Iterator[str]:
    """Yield what may be the root of *body* behind *prefix*, and behind another one there."""
    for rest in _behind(prefix, body):
        # pe- and -an go together: pengawasan is of awas, not of kawasan.
        is_half = not suffix and prefix in ("pe", "per") and rest.endswith("an") and rest not in WHOLE
        if is_root(rest) and not is_half:
            yield rest
        if rest in WHOLE:
            continue
        for inner in INNER.get(prefix, ()):
            if suffix or inner not in _NEED_A_SUFFIX:
                yield from (root for root in _behind(inner, rest) if is_root(root))


def _behind(prefix: str, body: str) -> Iterator[str]:
    """Yield what may stand in *body* behind *prefix*."""
    if prefix in ("me", "pe"):
        if body.startswith(prefix):
            yield from _behind_nasal(body[2:], is_noun=prefix == "pe")
        if body == "pelajar":
            yield "ajar"
        return
    if body.endswith(("en", "er")) and prefix in ("ber", "se"):
        return  # German: beraten is not of raten, nor Sekunden of Kunden
    if body.startswith(prefix):
        yield body[len(prefix) :]
    if prefix in ("ber", "ter", "per") and body.startswith(prefix[:2]):
        rest = body[2:]
        if rest.startswith("r") or re.match("[^aeiou]er[^aeiou]", rest):  # berasa: be + rasa; bekerja: be + kerja
            yield rest
        if body in ("belajar", "pelajar"):
            yield "ajar"


def _behind_nasal(rest: str, *, is_noun: bool) -> Iterator[str]:
    if rest.startswith("nge") and rest[3:] in SHORT:
        yield rest[3:]
        return
    for nasal, swallowed in _NASALS:
        if rest.startswith(nasal):
            root = rest[len(nasal) :]
            if root[:1] in _VOWELS:
                if swallowed + root not in SHORT:  # memaki is not of pak
                    yield swallowed + root
                yield root if nasal == "ng" else rest
            elif root[:1] in _KEPT[nasal]:
                yield root
            return
    if rest[:1] in "lrwy" or is_noun:
        yield rest


@lru_cache(maxsize=5_000)
def beginnings(root: str) -> frozenset[str]:
    """Return how the words that are made of *root* may begin: with it, or with one or two prefixes before it."""
    found: set[str] = set()
    for form in (root, *(word for word, meant in IRREGULAR.items() if meant == root)):
        found.add(form)
        for prefix in (prefix for prefix in SUFFIXES if prefix):
            found.update(_before(prefix, form))
            for inner in INNER.get(prefix, ()):
                found.update(word for rest in _before(inner, form) for word in _before(prefix, rest))
    if root in NUMBERS:
        found.add(f"ke{root}")
    if root[0] not in _VOWELS:
        found.add(f"{root[0]}e{root}")
    return frozenset(found)


def _before(prefix: str, rest: str) -> Iterator[str]:
    """Yield the ways to write *rest* behind *prefix*; the reverse of _behind()."""
    if prefix in ("me", "pe"):
        yield from (f"{prefix}{form}" for form in _with_nasal(rest, is_noun=prefix == "pe"))
    else:
        yield f"{prefix}{rest}"
    if prefix in ("ber", "ter", "per") and (rest.startswith("r") or re.match("[^aeiou]er[^aeiou]", rest)):
        yield f"{prefix[:2]}{rest}"
    if rest == "ajar" and prefix in ("ber", "per", "pe"):
        yield f"{prefix[:2]}lajar"


def _with_nasal(rest: str, *, is_noun: bool) -> Iterator[str]:
    if rest in SHORT:
        yield f"nge{rest}"
    if rest[:1] in _VOWELS:
        yield f"ng{rest}"
    for nasal, swallowed in _NASALS:
        if rest.startswith(swallowed) and rest[1:2] in _VOWELS:
            yield f"{nasal}{rest[1:]}"
        if rest[:1] in _KEPT[nasal]:
            yield f"{nasal}{rest}"
    if rest[:1] in "lrwymn" or is_noun:
        yield rest
