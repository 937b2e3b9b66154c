"""One contestant on one text, in a process of its own: prints seconds, start-up and peak memory as JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

Work = Callable[[list[Path]], object]


def texts(paths: list[Path]) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in paths]


def jieba_cut() -> Work:
    import jieba

    jieba.lcut("预热")
    return lambda paths: [jieba.lcut(text) for text in texts(paths)]


def jieba_posseg() -> Work:
    import jieba.posseg

    jieba.posseg.lcut("预热")
    return lambda paths: [jieba.posseg.lcut(text) for text in texts(paths)]


def spacy_jieba() -> Work:
    import spacy

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp("预热")
    return lambda paths: [len(doc) for doc in nlp.pipe(texts(paths))]


def harvesttext() -> Work:
    from harvesttext import HarvestText

    tagger = HarvestText()
    tagger.named_entity_recognition("预热")
    return lambda paths: [tagger.named_entity_recognition(text) for text in texts(paths)]


def swnlp_words() -> Work:
    from swnlp.segment import make_segmenter

    cut = make_segmenter()
    cut("预热")
    return lambda paths: [cut(text) for text in texts(paths)]


def swnlp_map() -> Work:
    from swnlp.lexicon import load_lexicon
    from swnlp.mapper import run_task
    from swnlp.plan import plan
    from swnlp.read import find_files
    from swnlp.settings import Settings
    from swnlp.store import claimed

    lexicon = load_lexicon()

    def work(paths: list[Path]) -> None:
        with TemporaryDirectory() as held:
            out = Path(held) / "out"
            with claimed(out):
                for task in plan(find_files(paths)[0], "bench", out, Settings(), lexicon):
                    run_task(task)

    work(WARM)
    return work


def swnlp_analyze() -> Work:
    import swnlp

    swnlp.analyze(WARM)
    return lambda paths: swnlp.analyze(paths)


def swnlp_pipeline() -> Work:
    import swnlp

    nlp = swnlp.load()
    nlp("预热")
    return lambda paths: [len(doc.ents) for doc in nlp.pipe(texts(paths))]


CONTESTANTS = {
    "jieba.cut": jieba_cut,
    "jieba.posseg": jieba_posseg,
    "spaCy zh + jieba (words only)": spacy_jieba,
    "HarvestText NER": harvesttext,
    "swnlp words (rjieba)": swnlp_words,
    "swnlp map (to parts)": swnlp_map,
    "swnlp analyze (whole)": swnlp_analyze,
    "swnlp.load() pipeline": swnlp_pipeline,
}
WARM = sorted((Path(__file__).parents[1] / "corpora").glob("*/*.txt"))[:1]


def main(name: str, folder: str) -> None:
    begun = time.perf_counter()
    work = CONTESTANTS[name]()
    start_up = time.perf_counter() - begun
    paths = sorted(Path(folder).glob("*.txt"))
    begun = time.perf_counter()
    work(paths)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "start_up": start_up, "peak_mb": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
