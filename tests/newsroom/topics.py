"""What the newsroom writes about and in which sentences, read from sentences.toml.

A topic's sentences use the slots and choices that `writer` fills; ``tokoh1`` to ``tokoh3`` are its three speakers.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One beat of the paper."""

    name: str
    category: str | None = None  # the theme's category slug; None files the story under its region only
    tags: list[str]
    roles: list[str]
    titles: list[str]
    leads: list[str]
    facts: list[str]
    quotes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class General:
    """Sentences that fit any topic."""

    facts: list[str]
    quotes: list[str]
    closings: list[str]
    subheads: list[str]
    list_items: list[str]
    captions: list[str]
    comments: list[str]
    page_texts: list[str]


TOPICS = tuple(Topic(**topic) for topic in SENTENCES["topics"])
GENERAL = General(**SENTENCES["general"])
