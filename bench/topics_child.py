"""tomotopy's LDA on given counts, in an environment of its own: reads counts.npz, writes the topics' weights as .npy."""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import tomotopy


def main(folder: Path, k: int, seed: int, rounds: int) -> None:
    held = np.load(folder / "counts.npz")
    model = tomotopy.LDAModel(k=k, seed=seed)
    indptr, indices, data = held["indptr"], held["indices"], held["data"].astype(int)
    for begin, end in pairwise(indptr):
        words = [f"{j}" for j, n in zip(indices[begin:end], data[begin:end], strict=True) for _ in range(n)]
        if words:
            model.add_doc(words)
    # One worker, so that the same seed gives the same topics.
    model.train(rounds, workers=1)
    weights = np.zeros((k, int(held["shape"][1])))
    columns = [int(word) for word in model.used_vocabs]
    for topic in range(k):
        weights[topic, columns] = model.get_topic_word_dist(topic)
    np.save(folder / "weights.npy", weights)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
