"""What finds the words of a choice in all shards as one: each word in the forms that the shards have of it together.

    first fan    each shard tells the words that decide about forms, as far as it can know which (introduce)
    second fan   shards tell what only others made them be asked of, and answer in the forms known so far (answer)

Nearly always these are the right forms. Where what was told in the second fan changes them, shards answer again.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from archive.database import Archive, open_archive
from archive.outlets import check_known, read_slugs
from archive.query.choice import Choice
from archive.query.condition import Condition, condition_in
from archive.query.match import Match, match_as_written, match_in_forms
from archive.query.totals import count_articles
from archive.query.vocabulary import ArchiveVocabulary
from archive.shards.fan import Fan
from kickcrawl.errors import UsageError
from kickcrawl.stems.deciding import Told, WordList, deciding, made_of, untold
from kickcrawl.stems.family import Families

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """What a shard says first: how many articles it has, of which outlets, and which forms of the words it knows."""

    articles: int
    outlets: list[str]
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[Answer]):
    """What shards are to answer: *read* of the articles of *choice*, whose words *found* finds.

    *roots* are those of which the shard tells the words that may be made of them.
    """

    choice: Choice
    found: Match | None
    roots: frozenset[str]
    read: Callable[[Archive, Condition], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed(Generic[Answer]):
    """The answers of all shards, in their order, what found the words, and how many articles the shards have."""

    answers: Sequence[Answer]
    found: Match | None
    articles: int


def ask(fan: Fan, choice: Choice, read_with: Callable[[int], Callable[[Archive, Condition], Answer]]) -> Agreed[Answer]:
    """Return what each shard reads of the articles of *choice*, in two fans, rarely three.

    *read_with* is given how many articles there are in all, and gives the function that reads them, which can be
    pickled. Raises UsageError for an outlet that no shard knows, and for ``originals``: which article is the first of
    its story no shard knows alone.
    """
    if choice.originals:
        raise UsageError("which articles are originals is not known across archives; ask each archive of it")
    introduced = fan(introduce, _asked_words(choice))
    if choice.outlet is not None:
        check_known(choice.outlet, {slug for one in introduced for slug in one.outlets}, "the archives")
    articles = sum(one.articles for one in introduced)
    words = frozenset(word for one in introduced for word in one.told.words)
    roots, found = untold([one.told for one in introduced]), _match(choice, words)
    read = read_with(articles)
    answered = fan(answer, Question(choice=choice, found=found, roots=roots, read=read))
    words |= frozenset(word for _, more in answered for word in more)
    if (settled := _match(choice, words)) != found:
        found = settled
        answered = fan(answer, Question(choice=choice, found=found, roots=frozenset(), read=read))
    return Agreed(answers=[read for read, _ in answered], found=found, articles=articles)


def introduce(path: Path, words: frozenset[str]) -> Introduction:
    """Say what there is in the archive at *path*, and what decides there about the forms of *words*: a step."""
    with closing(open_archive(path, read_only=True)) as archive:
        told = deciding(ArchiveVocabulary(archive), words)
        return Introduction(articles=count_articles(archive), outlets=read_slugs(archive), told=told)


def answer(path: Path, question: Question[Answer]) -> tuple[Answer, frozenset[str]]:
    """Return what is read of the archive at *path*, and the words that may be made of the question's roots: a step."""
    with closing(open_archive(path, read_only=True)) as archive:
        read = question.read(archive, condition_in(archive, question.choice, question.found))
        return read, made_of(ArchiveVocabulary(archive), question.roots) if question.roots else frozenset()


def _asked_words(choice: Choice) -> frozenset[str]:
    """Return the words of which forms are wanted."""
    asked: set[str] = set()

    def note(word: str) -> frozenset[str]:
        asked.add(word)
        return frozenset()

    if choice.words is not None and not choice.exact:
        match_in_forms(choice.words, note)
    return frozenset(asked)


def _match(choice: Choice, words: frozenset[str]) -> Match | None:
    if choice.words is None:
        return None
    if choice.exact:
        return match_as_written(choice.words)
    return match_in_forms(choice.words, Families(WordList(words)).forms_of)
