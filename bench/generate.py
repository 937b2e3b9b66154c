"""Distinct documents of any number, from a seed: real sentences in new order, with new names and numbers.

Document number n depends on the seed, on n and on the real text only, so a larger corpus begins with the smaller
one, and what it adds is text and names that were not there before.

    python -m bench.generate FOLDER --chars 1000000
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from bench.cast import Cast
from bench.corpus import Document, read_corpus, real_folder

SEED = 2023
# What 1x is.
UNIT = 1_000_000
# Characters of one document, about; the real ones have 5,000 to 25,000.
LENGTH = (4_000, 16_000)
SENTENCE = re.compile(r"[^。！？\n]{6,400}[。！？]")
HEADINGS = ("主要做法", "工作成效", "存在问题", "下一步打算", "基本情况", "典型案例", "经验启示", "保障措施")
NUMERALS = "一二三四五六七八九十"


def runs_of_sentences(texts: Sequence[str]) -> list[list[str]]:
    """Return the sentences of each paragraph of the texts; paragraphs without a whole sentence are left out."""
    paragraphs = (SENTENCE.findall(line) for text in texts for line in text.splitlines())
    return [sentences for sentences in paragraphs if sentences]


def make_document(runs: Sequence[Sequence[str]], number: int, seed: int = SEED) -> Document:
    """Return document `number`."""
    # A string seeds Random through a hash that is the same everywhere; a tuple's is not.
    random = Random(f"{seed}/{number}")
    cast = Cast(random)
    length = random.randint(*LENGTH)
    lines = [f"{cast.place}{cast.year}年社会工作发展情况报告", ""]
    size, section = len(lines[0]), 0
    while size < length:
        if random.random() < 0.1:
            line = f"{NUMERALS[section % 10]}、{random.choice(HEADINGS)}"
            section += 1
        else:
            line = _paragraph(runs, random, cast)
        lines.append(line)
        size += len(line) + 1
    return Document(f"{number // 500:03}/{number:06}.txt", "\n".join(lines) + "\n")


def _paragraph(runs: Sequence[Sequence[str]], random: Random, cast: Cast) -> str:
    """Two to five stretches of one or two sentences, each from another paragraph of the real text."""
    pieces = []
    for _ in range(random.randint(2, 5)):
        run = random.choice(runs)
        at = random.randrange(len(run))
        pieces += run[at : at + random.randint(1, 2)]
    return cast.play("".join(pieces))


def make_documents(texts: Sequence[str], chars: int, seed: int = SEED) -> Iterator[Document]:
    """Yield documents until they hold at least `chars` characters."""
    runs, number = runs_of_sentences(texts), 0
    while chars > 0:
        document = make_document(runs, number, seed)
        chars -= len(document.text)
        number += 1
        yield document


def write_corpus(folder: Path, texts: Sequence[str], chars: int, seed: int = SEED) -> int:
    """Write documents into a folder, each as it is made; return how many characters they have."""
    written = 0
    for document in make_documents(texts, chars, seed):
        path = folder / document.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document.text, encoding="utf-8")
        written += len(document.text)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chars", type=int, default=UNIT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--text", type=Path, help="folder of real text")
    args = parser.parse_args()
    texts = read_corpus(real_folder(args.text)).texts
    print(f"{write_corpus(args.folder, texts, args.chars, args.seed):,} characters in {args.folder}")


if __name__ == "__main__":
    main()
