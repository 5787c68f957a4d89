"""The code blocks of a Markdown page: those between fences, with their language, and those that are indented."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of code; *mark* is the HTML comment in the line before it, "" where there is none."""

    file: Path
    line: int
    language: str
    code: str
    mark: str


def blocks(file: Path) -> Iterator[Block]:
    """Yield the blocks of *file* in their order."""
    lines = file.read_text(encoding="utf-8").splitlines()
    number = 0
    while number < len(lines):
        start, fence = number, lines[number].lstrip()
        if fence.startswith("```"):
            number = next(at for at in range(number + 1, len(lines)) if lines[at].strip() == "```")
            yield _block(file, start, fence.removeprefix("```").strip(), lines[start + 1 : number], lines)
        elif fence and lines[number].startswith("    ") and not lines[number - 1].strip():
            while number < len(lines) and (lines[number].startswith("    ") or not lines[number].strip()):
                number += 1
            yield _block(file, start, "", lines[start:number], lines)
            continue
        number += 1


def _block(file: Path, start: int, language: str, code: list[str], lines: list[str]) -> Block:
    before = next((line for line in reversed(lines[:start]) if line.strip()), "")
    mark = before.strip().removeprefix("<!--").removesuffix("-->").strip() if before.startswith("<!--") else ""
    text = textwrap.dedent("\n".join(code)).strip() + "\n"
    return Block(file=file, line=start + 1, language=language, code=text, mark=mark)
