"""A corpus of any size: real sentences recombined by a seeded generator, their numbers and places changed."""

import argparse
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from swnlp.annotate import kept_text
from swnlp.gazetteer import load_gazetteer
from swnlp.read import find_files, read_file
from swnlp.settings import DEFAULTS

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "text"
SENTENCES, PARAGRAPHS = 4, 40


def real_text() -> list[str]:
    """Return the real reports at hand: ../shared/text, or the project's own corpora where that is missing.

    What a page has besides the report is left out: a line such as 下一篇 amid a document ends the report there, and what
    follows would cost the map next to nothing.
    """
    folder = SHARED if SHARED.is_dir() else ROOT / "corpora"
    sources = [source for source in find_files([folder])[0] if str(source.path).endswith(".txt")]
    return [kept_text(d) for source in sources for d in read_file(source, DEFAULTS).documents]


def documents(seed: int = 0) -> Iterator[str]:
    """Yield distinct documents without end.

    Every document has its own county: it heads the text and takes the place of the counties named in it.
    """
    chance = random.Random(seed)
    gazetteer = load_gazetteer()
    counties = [d.name for d in gazetteer.divisions.values() if d.level == "county"]
    known = re.compile("|".join(sorted(set(counties), key=lambda name: (-len(name), name))))
    sentences = [s for text in real_text() for s in re.split(r"(?<=。)|\n", text) if len(s) > 12]
    while True:
        county = chance.choice(counties)
        lines = ["".join(chance.choice(sentences) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)]
        body = re.sub(r"\d", lambda _: str(chance.randrange(10)), "\n".join(lines))
        yield f"{county}\n{known.sub(lambda _, c=county: c, body)}\n"


def grow(folder: Path, sizes: Iterable[int], seed: int = 0) -> Iterator[int]:
    """Add documents to a folder until they hold as many characters as each size says in turn; yield how many."""
    folder.mkdir(parents=True, exist_ok=True)
    made = enumerate(documents(seed))
    total = 0
    for size in sizes:
        while total < size:
            number, text = next(made)
            (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
            total += len(text)
        yield total


def write(folder: Path, chars: int, seed: int = 0) -> int:
    """Write documents of `chars` characters together, at least; return how many."""
    return next(grow(folder, [chars], seed))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("chars", type=int)
    parser.add_argument("--seed", type=int, default=0)
    print(write(**vars(parser.parse_args())), "characters")
