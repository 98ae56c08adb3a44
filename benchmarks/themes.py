"""
Agreement of found themes with people's labels, against k-means and BERTopic on the same vectors.

`python benchmarks/themes.py --data DIR [--model PATH] [--rows 5000] [--sets airline banking77 …]`
prints a Markdown table. `DIR` holds CSV files with the columns text, label and lang. BERTopic is
measured where it is installed beside us; it never belongs to the product.
"""

import argparse
import csv
import importlib.util
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from outside_in.themes.sentences import sentence_vectors
from outside_in.themes.space import learn
from outside_in.themes.terrain import Terrain
from outside_in.themes.vectors import Array, Labels

SETS = ("airline", "cimt_ottensen", "banking77")


class Labelled(NamedTuple):
    name: str
    texts: list[str]
    labels: list[str]
    languages: list[str]


class Score(NamedTuple):
    ari: float
    ami: float
    seconds: float

    def __str__(self) -> str:
        return f"{self.ari:.3f} / {self.ami:.3f} / {self.seconds:.1f}"


def main() -> None:
    asked = _arguments()
    rivals = _rivals()
    print(f"ARI / AMI / CPU seconds of grouping, number of groups given, at most {asked.rows} rows\n")
    columns = ["set", *rivals, "purity: all → surest 80 %"]
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    means: dict[str, list[float]] = {name: [] for name in rivals}
    for name in asked.sets:
        data = _labelled(asked.data / f"{name}.csv", asked.rows)
        vectors = _vectors(data, asked.model)
        scores = {rival: _score(find, vectors, data.labels) for rival, find in rivals.items()}
        for rival, score in scores.items():
            means[rival].append(score.ari)
        print("|", " | ".join([name, *map(str, scores.values()), _purity(vectors, data)]), "|")
    average = {rival: statistics.fmean(aris) for rival, aris in means.items()}
    print("| mean ARI |", " | ".join(f"{mean:.3f}" for mean in average.values()), "| |")
    for rival, mean in list(average.items())[1:]:
        print(f"\nOurs is {average['ours'] / mean:.2f} × {rival}.", end="")
    print()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", help="a sentence-transformers model: measure the hybrid")
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--sets", nargs="+", default=SETS)
    return parser.parse_args()


def _rivals() -> dict[str, Callable[[Array, int], Labels]]:
    known = {"ours": _ours, "k-means": _kmeans}
    if importlib.util.find_spec("bertopic") and importlib.util.find_spec("umap"):
        _bertopic(np.random.default_rng(0).random((5000, 16), np.float32), 5)  # compiles at first use
        return known | {"BERTopic + k-means": _bertopic}
    print("BERTopic is not installed here, so it is left out (`pip install bertopic`).\n")
    return known


def _labelled(file: Path, most: int) -> Labelled:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["label"]]
    if len(rows) > most:
        chosen = np.sort(np.random.default_rng(0).choice(len(rows), most, replace=False))
        rows = [rows[i] for i in chosen]
    return Labelled(
        file.stem,
        [row["text"] for row in rows],
        [row["label"] for row in rows],
        [row["lang"] for row in rows],
    )


def _vectors(data: Labelled, model: str | None) -> Array:
    sentences = sentence_vectors(data.texts, model, None, lambda _: None) if model else None
    n = len(data.texts)
    _, vectors = learn(
        data.texts,
        data.languages,
        np.ones(n),
        np.arange(n),
        sentences=sentences,
        model=model or "",
        seed=0,
        progress=lambda _: None,
    )
    return vectors.astype(np.float32)


def _score(find: Callable[[Array, int], Labels], vectors: Array, labels: list[str]) -> Score:
    start = time.process_time()
    found = find(vectors, len(set(labels)))
    seconds = time.process_time() - start
    return Score(adjusted_rand_score(labels, found), adjusted_mutual_info_score(labels, found), seconds)


def _ours(vectors: Array, k: int) -> Labels:
    n = len(vectors)
    return Terrain.of(vectors.astype(np.float16), np.ones(n), np.arange(n), 0).split(k).theme


def _kmeans(vectors: Array, k: int) -> Labels:
    return KMeans(k, n_init=10, random_state=0).fit_predict(vectors)


def _bertopic(vectors: Array, k: int) -> Labels:
    """BERTopic's own way to groups without outliers: UMAP as it sets it, then k-means."""
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    warnings.simplefilter("ignore")
    reduce = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0)
    groups = KMeans(k, n_init=10, random_state=0)
    topics = BERTopic(umap_model=reduce, hdbscan_model=groups, vectorizer_model=CountVectorizer(analyzer="char"))
    found, _ = topics.fit_transform(["text"] * len(vectors), embeddings=vectors)
    return np.array(found)


def _purity(vectors: Array, data: Labelled) -> str:
    n = len(vectors)
    split = Terrain.of(vectors.astype(np.float16), np.ones(n), np.arange(n), 0).split(len(set(data.labels)))
    labels = np.unique(data.labels, return_inverse=True)[1]
    surest = np.argsort(-split.confidence, kind="stable")[: n * 8 // 10]
    return f"{_pure(split.theme, labels):.2f} → {_pure(split.theme[surest], labels[surest]):.2f}"


def _pure(theme: Labels, labels: Labels) -> float:
    counts = np.zeros((theme.max() + 1, labels.max() + 1))
    np.add.at(counts, (theme, labels), 1)
    return float(counts.max(axis=1).sum() / len(theme))


if __name__ == "__main__":
    main()
