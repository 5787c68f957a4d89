"""Composes the words of one story: its title and its plain paragraphs, lead first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from .model import SITE_NAME
from .topics import GENERAL
from .writer import Writer

QUOTE_MARKS = (("“", "”"), ("“", "”"), ('"', '"'), ('"', '"'), ("”", "”"))  # the last is how hurried hands type it


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    paragraphs: tuple[str, ...]


def shuffled(rng: Random, first: list[str], then: list[str]) -> Iterator[str]:
    """The topic's own templates mixed with a few general ones, each at most once."""
    pool = [*first, *rng.sample(then, min(len(then), len(first)))]
    rng.shuffle(pool)
    return iter(pool)


def compose(writer: Writer, length: int) -> Story:
    """Return a story of about *length* paragraphs; fewer when the topic's templates run out."""
    rng, topic = writer.rng, writer.topic
    marks = rng.choice(QUOTE_MARKS)
    facts = shuffled(rng, topic.facts, GENERAL.facts)
    quotes = shuffled(rng, topic.quotes, GENERAL.quotes)
    paragraphs = [writer.sentence(rng.choice(topic.leads))]
    known: set[int] = set()
    while len(paragraphs) < length:
        quoting = rng.random() < 0.42
        template = next(quotes if quoting else facts, None)
        if template is None:
            break
        paragraphs.append(quotation(writer, template, marks, known) if quoting else writer.sentence(template))
        if not quoting and rng.random() < 0.35 and (more := next(facts, None)):
            paragraphs[-1] += " " + writer.sentence(more)
    if length > 3:
        paragraphs[-1] = writer.sentence(rng.choice(GENERAL.closings))
    title = writer.sentence(rng.choice(topic.titles))
    if rng.random() < 0.15:
        title = title.replace(", ", " - ", 1) if ", " in title else f'"{title}"'
    return Story(title, tuple(paragraphs))


def quotation(writer: Writer, template: str, marks: tuple[str, str], known: set[int]) -> str:
    """A quoted sentence; whoever speaks for the first time is introduced with role and full name."""
    rng = writer.rng
    opening, closing = marks
    said = f"{opening}{writer.sentence(template)}"
    speaker = rng.choice([0, 0, 0, 1, 1, 2])
    role, name = writer.speakers[speaker]
    if speaker not in known:
        known.add(speaker)
        role = role[:1].lower() + role[1:] if role[:6] in ("Kepala", "Ketua ") else role
        where = writer.fill(
            f"{{kepada {SITE_NAME}|saat ditemui di lokasi|di ruang kerjanya|melalui sambungan telepon}}"
        )
        return rng.choice([
            f"{said},{closing} {rng.choice(['ujar', 'kata', 'tutur'])} {role} {name} {where}, {writer.fixed['hari']}.",
            f"{said},{closing} {rng.choice(['ucap', 'jelas'])} {name}, {role}.",
        ])  # fmt: skip
    short = name.split()[-1]
    return rng.choice([
        f"{said},{closing} {rng.choice(['katanya', 'imbuhnya', 'ujarnya', 'tuturnya'])}.",
        f"{said},{closing} {rng.choice(['sambung', 'lanjut', 'kata'])} {short}.",
        f"{said}.{closing} {short} {rng.choice(['menunjuk ke arah jalan', 'tidak merinci lebih jauh', 'tersenyum'])}.",
    ])  # fmt: skip


def brief(writer: Writer) -> Story:
    """A story of a single paragraph of 20 to 30 words, as sent from the field."""
    title = writer.sentence(writer.rng.choice(writer.topic.titles))
    text = writer.sentence(
        "{warga|penduduk} {desa}, Kecamatan {kec}, diminta {tetap waspada|mengikuti arahan petugas} sampai {tgl_depan} "
        "pukul {jam} Wita, sembari menunggu kabar lanjutan dari lapangan."
    )
    return Story(title, (text,))
