"""python -m bench.topics: swnlp's topics beside tomotopy's and scikit-learn's LDA, on the same tokens; and their memory.

Coherence is measured for all on the same windows (paragraphs), stability for all by three fits on 80 % of them.
--stream N fits topics to a made table of N paragraphs instead and says how much memory that takes.
"""

import argparse
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.sparse import csr_array
from sklearn.decomposition import LatentDirichletAllocation

import swnlp
from bench.child import peak_mb
from bench.generate import ROOT, SHARED
from bench.speed import PEERS_PYTHON, install_peers
from swnlp.content.topics import TopicChoice, topics_of
from swnlp.lexicon import load_word_lists
from swnlp.schema import TERMS
from swnlp.store import table_paths
from swnlp.topics.choose import TOP, most_coherent, rankings, term_windows
from swnlp.topics.coherence import cv_coherence, npmi_coherence
from swnlp.topics.model import TopicModel, top_terms
from swnlp.topics.stability import agreement

# Counts, number of topics, seed -> weights of terms in topics.
Fit = Callable[[csr_array, int, int], np.ndarray]
TOMOTOPY_ROUNDS = 1_000


class Corpus(NamedTuple):
    name: str
    counts: csr_array
    k: int


def corpora() -> list[Corpus]:
    """Return the text at hand, with the number of topics and the terms that swnlp chooses by default."""
    from swnlp.count.units import joined, unit_batches

    found = []
    for name, folder in (("../shared/text", SHARED), ("corpora", ROOT / "corpora")):
        if not folder.is_dir():
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            analysis = swnlp.analyze(folder)
            topics = analysis.topics()
        column = {term: i for i, term in enumerate(topics.terms)}
        units = joined(unit_batches(table_paths(analysis.folder)["terms"], column))
        counts = units.counts[np.flatnonzero(np.diff(units.counts.indptr))]
        found.append(Corpus(name, counts, len(topics.topics)))
    return found


def nmf(counts: csr_array, k: int, seed: int) -> np.ndarray:
    model = TopicModel(k, max_iter=1_000, random_state=seed).fit(counts)
    return most_coherent(rankings(model), counts)


def lda(counts: csr_array, k: int, seed: int) -> np.ndarray:
    return TopicModel(k, method="lda", n_init=3, random_state=seed).fit(counts).components_


def sklearn_lda(counts: csr_array, k: int, seed: int) -> np.ndarray:
    return LatentDirichletAllocation(k, random_state=seed, max_iter=50).fit(counts).components_


def tomotopy_lda(counts: csr_array, k: int, seed: int, rounds: int = TOMOTOPY_ROUNDS) -> np.ndarray:
    with TemporaryDirectory() as held:
        np.savez(
            Path(held) / "counts.npz",
            indptr=counts.indptr, indices=counts.indices, data=counts.data, shape=counts.shape,
        )  # fmt: skip
        child = [str(PEERS_PYTHON), str(Path(__file__).with_name("topics_child.py")), held]
        subprocess.run([*child, str(k), str(seed), str(rounds)], check=True)
        return np.load(Path(held) / "weights.npy")


def measured(fit: Fit, corpus: Corpus, runs: int) -> tuple[float, float, float, float]:
    """Return mean NPMI, mean C_V, stability and seconds of one fit."""
    begun = time.perf_counter()
    weights = fit(corpus.counts, corpus.k, 0)
    seconds = time.perf_counter() - begun
    together, inside = term_windows(corpus.counts, top_terms(weights, TOP))
    n = corpus.counts.shape[0]
    stable = []
    for seed in range(1, runs + 1):
        kept = np.sort(np.random.default_rng(seed).choice(n, int(0.8 * n), replace=False))
        stable.append(agreement(weights, fit(corpus.counts[kept], corpus.k, seed)).mean())
    return (
        float(npmi_coherence(together, n, inside).mean()),
        float(cv_coherence(together, n, inside).mean()),
        float(np.mean(stable)),
        seconds,
    )


def compare(runs: int) -> None:
    fits: dict[str, Fit] = {
        "swnlp (NMF, the default)": nmf,
        "swnlp --method lda": lda,
        "scikit-learn LDA": sklearn_lda,
    }
    if PEERS_PYTHON.exists():
        fits["tomotopy LDA"] = tomotopy_lda
    else:
        print("tomotopy: not installed, run again with --install-peers\n")
    print("| corpus | paragraphs | terms | topics | model | NPMI | C_V | stability | seconds |")
    print("|---|---|---|---|---|---|---|---|---|")
    for corpus in corpora():
        n, m = corpus.counts.shape
        for name, fit in fits.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                npmi, c_v, stable, seconds = measured(fit, corpus, runs)
            print(
                f"| {corpus.name} | {n:,} | {m:,} | {corpus.k} | {name} "
                f"| {npmi:.3f} | {c_v:.3f} | {stable:.2f} | {seconds:.1f} |",
                flush=True,
            )


def write_terms(
    path: Path, paragraphs: int, *, themes: int = 20, words: int = 40, vocabulary: int = 20_000
) -> None:
    """Write a table of terms: every paragraph has words of one theme and words that all share, by Zipf's law."""
    chance = np.random.default_rng(0)
    names = pa.array([f"词{i}" for i in range(vocabulary)])
    own = vocabulary // (2 * themes)
    odds = 1 / np.arange(1, own + 1)
    common = 1 / np.arange(1, vocabulary // 2 + 1)
    with pq.ParquetWriter(path, TERMS, compression="zstd") as writer:
        for begin in range(0, paragraphs, 20_000):
            n = min(20_000, paragraphs - begin)
            theme = chance.integers(0, themes, n)[:, None]
            of_theme = theme * own + chance.choice(own, (n, words // 2), p=odds / odds.sum())
            of_all = vocabulary // 2 + chance.choice(
                vocabulary // 2, (n, words // 2), p=common / common.sum()
            )
            code = np.hstack([of_theme, of_all])
            keys, counts = np.unique(np.arange(n)[:, None] * vocabulary + code, return_counts=True)
            paragraph = begin + keys // vocabulary
            document = paragraph // 50
            columns = [
                pa.array([f"{d:06}.txt" for d in range(begin // 50, (begin + n - 1) // 50 + 1)]).take(
                    pa.array(document - begin // 50)
                ),
                pa.array(np.zeros(len(keys), np.int64)),
                pa.array(paragraph % 50),
                names.take(pa.array(keys % vocabulary)),
                pa.array(counts),
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=TERMS))


def stream(paragraphs: int, method: str) -> None:
    with TemporaryDirectory() as held:
        path = Path(held) / "terms.parquet"
        subprocess.run(
            [sys.executable, "-c", f"from pathlib import Path; from bench.topics import write_terms; "
             f"write_terms(Path({str(path)!r}), {paragraphs})"], check=True,
        )  # fmt: skip
        before = peak_mb()
        begun = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            choice = TopicChoice(n=20, method=method, words=load_word_lists())
            found = topics_of({"terms": path}, choice, place_names={})
        main = found.section_topics_table.filter(
            pa.compute.greater(found.section_topics_table["weight"], 0.5)
        )
        print(
            f"{method}: {paragraphs:,} paragraphs, {pq.read_metadata(path).num_rows:,} rows, "
            f"{time.perf_counter() - begun:.0f} s, peak {peak_mb():,} MB (libraries {before:,} MB), "
            f"stability {found.topics['stability'].mean():.2f}, NPMI {found.topics['npmi'].mean():.2f}, "
            f"{len(main):,} paragraphs with a topic above one half"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install-peers", action="store_true")
    parser.add_argument("--runs", type=int, default=3, help="fits on parts, for stability")
    parser.add_argument("--stream", type=int, metavar="N", help="paragraphs")
    parser.add_argument("--method", choices=["nmf", "lda"], default="nmf")
    options = parser.parse_args()
    if options.install_peers:
        install_peers()
    if options.stream:
        stream(options.stream, options.method)
    else:
        compare(options.runs)


if __name__ == "__main__":
    main()
