"""Indonesian words by what they have in common: menangkap, ditangkap and penangkapan find each other.

    stem(word)           what an index keeps of a word
    stems_to_find(word)  what a search looks for: the stems of all words that may be forms of it

Snowball's Indonesian stemmer takes prefixes and suffixes off, but it cannot know which letter a nasal prefix has
swallowed: me + tangkap is menangkap, and Snowball leaves "angkap". One rule mends that without a dictionary. The index
keeps such a word under its nasal and what follows ("n0angkap"), the search for any form looks for that, too:

    menangkap -> n0angkap        search tangkap, ditangkap   -> tangkap or n0angkap
    mengirim  -> ng0irim         search mengirim             -> ng0irim or kirim or irim
"""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
_MAX_LETTERS = 40  # letters; nothing longer is a word
_MAX_PASSES = 3  # Snowball's one pass leaves penelitian at "teliti", teliti at "telit"

# me-/pe- with their nasal before a vowel, other prefixes before pe- (dipengaruhi, kepemilikan), and the letters that
# may have stood there. At least two syllables follow: menit, menang and penuh are roots.
_NASAL = re.compile(r"(?P<head>me|(?:mem|di|ber|ter|ke|se)?pe)(?P<nasal>ng|ny|m|n)(?P<rest>[aeiou].*[aeiou].*)")
_SWALLOWED = {"m": ("p", "m"), "n": ("t", "n"), "ny": ("s", "ny"), "ng": ("k", "", "ng")}
_GUARDS = {"ku": "xu", "mu": "vu"}
_PREFIXES = ("", "di", "ter")  # behind which a root stands with its own first letter

_snowball = snowballstemmer.stemmer("indonesian")
_lock = Lock()  # the stemmer keeps the word it works on in itself


def stem(word: str) -> str:
    """Return what is indexed of *word*; any string is safe, and what is no plain word stays as it is."""
    return _stem(word.casefold())


def stem_text(text: str) -> str:
    """Return the stems of all words of *text*, parted by spaces."""
    return " ".join(map(stem, WORD.findall(text)))


def stems_to_find(word: str) -> frozenset[str]:
    """Return the stems under which forms of *word* are indexed."""
    word = word.casefold()
    found = {_stem(word)}
    if match := _nasal(word):
        rest = _rest(match)
        found.update(_stem(first + rest) for first in _SWALLOWED[match["nasal"]])
        return frozenset(found)
    roots = {_cut_suffixes(word[len(prefix) :]) for prefix in _PREFIXES if word.startswith(prefix)} | found
    for nasal, letters in _SWALLOWED.items():
        for first in letters:
            rests = (root.removeprefix(first) for root in roots if root.startswith(first))
            found.update(_marked(nasal, rest) for rest in rests if _NASAL.fullmatch(f"me{nasal}{rest}"))
    return frozenset(found)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    if match := _nasal(word):
        return _marked(match["nasal"], _rest(match))
    return _reduce(word)


def _nasal(word: str) -> re.Match[str] | None:
    return _NASAL.fullmatch(word) if _is_plain(word) else None


def _marked(nasal: str, rest: str) -> str:
    return f"{nasal}0{rest}"  # the digit keeps it apart from every word


def _rest(match: re.Match[str]) -> str:
    """Return the root behind its swallowed first letter. Snowball knows which suffixes follow me- and which pe-."""
    head = "peng" if match["head"].endswith("pe") else "meng"
    rest = _reduce(f"{head}z{match['rest']}")
    # A root has two syllables: the end of menikah and mengolah is not the particle -kah or -lah.
    return rest[1:] if re.fullmatch("z.*[aeiou].*[aeiou].*", rest) else match["rest"]


def _cut_suffixes(word: str) -> str:
    """Take suffixes off and leave the head alone: no prefix begins with z."""
    return _reduce(f"z{word}").removeprefix("z")


def _reduce(word: str) -> str:
    """Stem with Snowball until nothing comes off any more."""
    if not _is_plain(word):
        return word
    for _ in range(_MAX_PASSES):
        with _lock:
            shorter = _unguard(_snowball.stemWord(_guard(word)))
        if shorter == word:
            break
        word = shorter
    return word


def _guard(word: str) -> str:
    """Hide a final -ku or -mu, which Snowball takes for "my" and "your": in news it is the root's (pelaku, bertemu)."""
    return f"{word[:-2]}{_GUARDS[word[-2:]]}" if word[-2:] in _GUARDS else word


def _unguard(word: str) -> str:
    return next((f"{word[:-2]}{end}" for end, guard in _GUARDS.items() if word.endswith(guard)), word)


def _is_plain(word: str) -> bool:
    return len(word) <= _MAX_LETTERS and word.isascii() and word.isalpha()
