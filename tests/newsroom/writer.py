"""Turns the templates of `phrases` and `topics` into Indonesian sentences about one place, day and set of people."""

from __future__ import annotations

import datetime as dt
import re
from random import Random

from . import phrases
from .topics import Topic

INNERMOST = re.compile(r"\{([^{}]*)\}")


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


class Writer:
    """One story's narrator: what is said once (names, places) stays the same in every sentence."""

    def __init__(self, rng: Random, topic: Topic, when: dt.datetime) -> None:
        self.rng, self.topic, self.when = rng, topic, when
        self.region = rng.choice(phrases.REGIONS)
        districts = rng.sample(self.region.districts, 2)
        villages = rng.sample(self.region.villages, 2)
        self.event = when - dt.timedelta(days=rng.choice([0, 0, 1, 2]))
        self.slashes = rng.choice(["{0:%d/%m/%Y}", "{0:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}", "{0.day}/{0.month}"])
        self.fixed = {
            "kab": self.region.name,
            "kec": districts[0],
            "kec2": districts[1],
            "desa": villages[0],
            "desa2": villages[1],
            "umur": str(rng.randint(17, 54)),
            "inisial": "".join(rng.sample("ABDHIJKLMNRSWZ", rng.choice([1, 2, 2, 3]))),
            "hari": self.day_and_date(self.event),
        }
        self.speakers: list[tuple[str, str]] = []
        for number, role in enumerate(topic.roles, start=1):
            name = f"{rng.choice(phrases.FIRST_NAMES)} {rng.choice(phrases.LAST_NAMES)}"
            self.speakers.append((self.fill(role), name))
            self.fixed[f"tokoh{number}"] = f"{self.fill(role)} {name}"

    def day_and_date(self, day: dt.datetime) -> str:
        return f"{phrases.DAYS[day.weekday()]} ({self.slashes.format(day)})"

    def in_words(self, day: dt.datetime) -> str:
        return f"{day.day} {phrases.MONTHS[day.month - 1]} {day.year}"

    def fill(self, template: str) -> str:
        """Resolve choices and slots from the inside out."""
        while match := INNERMOST.search(template):
            template = template[: match.start()] + self._inner(match[1]) + template[match.end() :]
        return template

    def sentence(self, template: str) -> str:
        text = self.fill(template)
        return text[:1].upper() + text[1:]

    def _inner(self, inner: str) -> str:
        if "|" in inner:
            return self.rng.choice(inner.split("|"))
        if inner in self.fixed:
            return self.fixed[inner]
        return self._amount(inner)

    def _amount(self, slot: str) -> str:
        rng = self.rng
        match slot:
            case "n":
                return str(rng.randint(3, 48))
            case "nn":
                return str(rng.randint(52, 970))
            case "nnn":
                return thousands(rng.randint(1_020, 38_900))
            case "persen":
                return rng.choice([str(rng.randint(4, 88)), f"{rng.randint(4, 88)},{rng.randint(1, 9)}"])
            case "desimal":
                return f"{rng.randint(1, 18)},{rng.randint(10, 99)}"
            case "menit":
                return str(rng.randint(3, 89))
            case "skor":
                winner = rng.randint(1, 5)
                return f"{winner}-{rng.randrange(winner)}"
            case "jam":
                return f"{rng.randint(5, 22):02d}.{rng.choice(['00', '10', '15', '30', '45'])}"
            case "rpk":
                return rng.choice(["Rp", "Rp "]) + thousands(rng.randint(8, 190) * 500)
            case "rp":
                return self._large_amount()
            case "tgl_lalu":
                return self.in_words(self.when - dt.timedelta(days=rng.randint(4, 90)))
            case "tgl_depan":
                return self.in_words(self.when + dt.timedelta(days=rng.randint(3, 60)))
        raise KeyError(slot)

    def _large_amount(self) -> str:
        rng = self.rng
        billions = f"Rp {rng.randint(1, 38)},{rng.randint(1, 9)} miliar"
        return rng.choice(
            [billions, f"Rp {rng.randint(12, 970)} juta", f"Rp{thousands(rng.randint(900, 98_000) * 1000)}"]
        )
