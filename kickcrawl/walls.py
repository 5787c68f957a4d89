"""Tell walls that answer 200 (proof of work, paywalls, parked sites) from articles, without knowing their phrases.

An article's page vouches for itself: by a headline that agrees with its seed's or with the words of its address, and by
stating what this outlet's articles state (a time, authors, a language). A wall lacks some of it, and it is nearly the
same at several addresses. Pure.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import combining, normalize
from urllib.parse import unquote, urlsplit

from kickcrawl.fingerprint import bytes_digest

# "doubt": no article; asked for again. "unsure": the same, but it may prove to be one (is_proven). "hold": nothing is
# known against it yet; asked for again at the end of the run.
Judgement = Literal["article", "hold", "unsure", "doubt"]
Stated = frozenset[tuple[str, str]]  # fields that a page itself states, each with its source
PAGE_SOURCES = frozenset(("byline", "json-ld", "meta", "markup", "visible"))  # of claims that the page itself makes
MIN_ARTICLES = 3  # of an outlet that must be known before anything counts as usual
MAX_ARTICLES = 50  # the newest of an outlet that say what is usual
MIN_LIKENESS = 0.5  # of two sketches of one wall: its tokens differ, and it may repeat the address that was asked for
_MIN_USUAL_SHARE = 0.8  # of its articles must state a field for it to be usual
_MIN_COMMON_SHARE = 0.5  # of a headline's words
_MIN_SLUG_WORDS = 2  # with fewer, an address says nothing of the headline
_MIN_TELLING_WORDS = 3  # of a seed's headline or an address, before another headline contradicts it
_MIN_LACKING_SHARE = 0.5  # of what is usual; a page that lacks so much is hardly an article of this outlet
_SKETCH_SIZE = 24  # pairs of words
_ONE_LETTER = str.maketrans("øłđıħ", "oldih")  # those that Unicode does not take apart
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "æ": "ae", "ø": "oe", "œ": "oe"})
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_MIN_DAYS = 3  # on which an address shows one text that no other address shows; then it is the article
_MIN_DAYS_LIVING = 2  # the same, where the text is another one each time: a timetable, a ticker


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of a page vouches that it is the article that was asked for.

    *agrees*: whether its headline agrees with what its seed or its address says; None if these say too little.
    """

    agrees: bool | None
    stated: Stated


def traits_of(url: str, asked: str | None, titles: Sequence[str], origins: Mapping[str, str]) -> Traits:
    """Return the traits of a page at *url*, of which a seed says the headline *asked*.

    *titles* are the headlines that the page itself states, the one that was chosen first; *origins* the source of each
    field.
    """
    return Traits(agrees=_agreement(asked, url, titles), stated=stated_in(origins))


def stated_in(origins: Mapping[str, str]) -> Stated:
    """Return the fields that a page states itself, of those whose *origins* are given, and where its text stands."""
    return frozenset((field, of) for field, of in origins.items() if field == "text" or of in PAGE_SOURCES)


def usual_of(articles: Sequence[Stated]) -> Stated | None:
    """Return what four in five of an outlet's *articles* state; None where these are too few."""
    if len(articles) < MIN_ARTICLES:
        return None
    counts = Counter(one for stated in articles for one in stated)
    return frozenset(one for one, count in counts.items() if count >= _MIN_USUAL_SHARE * len(articles))


def judge(found: Traits, usual: Stated | None, *, is_known: bool, is_cut: bool = False) -> Judgement:
    """Return what a page is that neither its headline nor the archived article vouches for, by what is *usual*.

    *is_known*: it would be a later state of an archived article. *is_cut*: it has nothing of that article's text, and
    far less text, whatever its headline.
    """
    if is_cut:
        return "unsure"
    if usual is None:
        return "hold" if not is_known else "article" if says_who_or_when(found.stated) else "unsure"
    lacking = usual - found.stated
    if not lacking:  # where nobody says who or when, every page of the site states as much
        return "article" if says_who_or_when(usual) or not is_known else "unsure"
    if is_known:
        return "doubt"
    if len(lacking) < _MIN_LACKING_SHARE * len(usual):
        return "hold"
    return "doubt" if found.agrees is False else "unsure"


def says_who_or_when(stated: Stated) -> bool:
    """Tell whether a page states a time or authors."""
    return any(field in ("published_at", "authors") for field, _ in stated)


def is_proven(days: int, likeness: float | None) -> bool:
    """Tell whether what an address answers on so many *days* is its article, of which one was unsure at first.

    *likeness* of what it answered before, None if it did not. A wall has gone by then, or stands at other addresses.
    """
    if likeness is None:
        return False
    return days >= (_MIN_DAYS if likeness >= MIN_LIKENESS else _MIN_DAYS_LIVING)


def sketch(title: str, text: str) -> str:
    """Return what one wall at several addresses has in common: a sample of its pairs of words, 216 characters at most.

    Words with digits, which are tokens, do not count.
    """
    words = [word for word in _words_of(f"{title}\n{text}") if not re.search(r"\d", word)]
    pairs = {" ".join(pair) for pair in zip(words, words[1:] or words, strict=False)}
    numbers = sorted(bytes_digest(pair.encode()).removeprefix("sha256:")[:8] for pair in pairs)
    return " ".join(numbers[:_SKETCH_SIZE])


def likeness(one: str, other: str) -> float:
    """Return which share of two sketches' pairs both have, 0 to 1.

    >>> likeness(sketch("Berhenti", "Nomor 4f1c dari penjaga"), sketch("BERHENTI", "Nomor: 9a0e, dari penjaga."))
    1.0
    """
    ours, theirs = set(one.split()), set(other.split())
    sample = sorted(ours | theirs)[:_SKETCH_SIZE]  # of both: the smallest of all, which is what a bottom-k sketch needs
    return sum(number in ours and number in theirs for number in sample) / len(sample) if sample else 0.0


def share_of_words(asked: str, found: str) -> float:
    """Return which share of the words of *asked* stand in *found*, 0 to 1; 0 if it has none."""
    wanted = set(_words_of(asked))
    return len(wanted & set(_words_of(found))) / len(wanted) if wanted else 0.0


def names_headline(asked: str | None, url: str) -> bool:
    """Tell whether a seed says a headline, *asked*, or the address has the words of one: so an article is expected."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]  # the words of a section before a number say nothing
    return max(len((asked or "").split()), len(_slug_words(last))) >= _MIN_TELLING_WORDS


def _agreement(asked: str | None, url: str, titles: Sequence[str]) -> bool | None:
    slug = _slug_words(url)
    verdicts = [_agrees(asked or "", slug, title) for title in titles]
    if verdicts[:1] == [True]:
        return True
    return False if names_headline(asked, url) and True not in verdicts else None


def _agrees(asked: str, slug: set[str], title: str) -> bool:
    if share_of_words(asked, title) >= _MIN_COMMON_SHARE:
        return True
    return len(slug) >= _MIN_SLUG_WORDS and len(slug & _spellings(title)) >= _MIN_COMMON_SHARE * len(slug)


def _spellings(title: str) -> set[str]:
    """Return the words of *title* as addresses spell them: as they are, without accents, in two letters, or cut there.

    >>> sorted(_spellings("Über"))
    ['ber', 'uber', 'ueber', 'über']
    """
    folded = title.casefold()
    bare = "".join(letter for letter in normalize("NFKD", folded) if not combining(letter))
    forms = (folded, bare.translate(_ONE_LETTER), folded.translate(_TWO_LETTERS), _NOT_ASCII.sub(" ", folded))
    return {word for form in forms for word in _words_of(form)}


def _slug_words(url: str) -> set[str]:
    """Return the words of the longest segment of the address, numbers left out."""
    segments = unquote(urlsplit(url).path).split("/")
    words = _words_of(max(segments, key=len).replace("_", "-"))
    return {word for word in words if word.isalpha() and len(word) > 1}


def _words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
