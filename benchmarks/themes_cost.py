"""What themes cost: CPU seconds with all children, cold and against BERTopic warm; what must be equal is compared."""

import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks import peer
from outside_in.domain.feedback import Verbatim
from outside_in.themes import assign, find_themes
from outside_in.themes.sentences import sentence_vectors
from outside_in.themes.study import study
from outside_in.themes.terrain import Terrain
from outside_in.themes.vectors import Array

ROOT = Path(__file__).parents[1]
T = TypeVar("T")
N = 10_000
LAUNCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A small process in between: a child starts with the peak memory of whoever starts it."""
K = 10


def measured(texts: Sequence[str], model: str, quick: bool, million: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _against(_many(texts, N), model, 1 if quick else 3)
        _growth(texts, (1_000, N) if quick else (1_000, 3_000, N, 30_000, 100_000), million)
        _same(_many(texts, N))
        _shaping(_many(texts, N), Path(folder))


def _many(texts: Sequence[str], n: int) -> list[str]:
    """All different: after the real ones, the beginning of one with the end of another."""
    draw = random.Random(0)
    distinct = dict.fromkeys(texts)
    while len(distinct) < n:
        head, tail = draw.choice(texts).split(), draw.choice(texts).split()
        distinct[" ".join(head[: len(head) * 2 // 3 + 1] + tail[-max(1, len(tail) // 3) :])] = None
    real = list(distinct)
    return real[:n] if len(texts) < n else draw.sample(real, n)


def _against(texts: list[str], model: str, times: int) -> None:
    """BERTopic is warm: it has fitted as many comments once before anybody looks at the clock."""
    comments = [Verbatim(row=row, text=text) for row, text in enumerate(texts, 2)]
    own, vectors = _built_in(comments)
    encode, sentences = _cpu(lambda: sentence_vectors(texts, model, None, lambda _: None))
    whole = statistics.median(_command_on(texts)[0] for _ in range(times))
    inside = statistics.median(_cpu(lambda: find_themes(comments))[0] for _ in range(times))
    ours = statistics.median(_cpu(lambda: _grouped(vectors))[0] for _ in range(times))
    ours_model = statistics.median(_cpu(lambda: _grouped(sentences))[0] for _ in range(times))
    peer.as_it_comes(vectors, 0)
    alone = statistics.median(_cpu(lambda: peer.as_it_comes(vectors, 0))[0] for _ in range(times))
    alone_model = statistics.median(_cpu(lambda: peer.as_it_comes(sentences, 0))[0] for _ in range(times))
    words = statistics.median(_cpu(lambda: peer.as_it_comes(vectors, 0, texts))[0] for _ in range(times))
    words_model = statistics.median(_cpu(lambda: peer.as_it_comes(sentences, 0, texts))[0] for _ in range(times))
    print(
        f"\n{len(texts):,} comments, CPU seconds, median of {times}\n\n| | ours | BERTopic | ratio |\n|---|---|---|---|"
    )
    _ratio(
        "whole run with labels, ours cold with its start and reading, BERTopic warm with MiniLM",
        whole,
        encode + words_model,
    )
    _ratio("the same, both on the built-in vectors", whole, own + words)
    _ratio("comments in memory to labelled themes, both warm and on the built-in vectors", inside, own + words)
    _ratio("the same without the vectors: grouping, labels, quotes", inside - own, words)
    _ratio("grouping alone, built-in vectors", ours, alone)
    _ratio("grouping alone, MiniLM vectors", ours_model, alone_model)


def _ratio(what: str, ours: float, theirs: float) -> None:
    print(f"| {what} | {ours:.1f} | {theirs:.1f} | {theirs / ours:.1f} × |", flush=True)


def _built_in(comments: list[Verbatim]) -> tuple[float, Array]:
    """CPU seconds of vectors and language alone, and the vectors."""
    from outside_in.themes.corpus import pile
    from outside_in.themes.space import learn

    def made() -> Array:
        heap = pile(comments)
        n = len(heap.texts)
        _, vectors = learn(
            heap.texts,
            heap.languages,
            np.ones(n),
            np.arange(n),
            sentences=None,
            model="",
            seed=0,
            progress=lambda _: None,
        )
        return vectors.astype(np.float32)

    return _cpu(made)


def _grouped(vectors: Array) -> None:
    n = len(vectors)
    Terrain.of(vectors.astype(np.float16), np.ones(n), np.arange(n), 0).split(K)


def _cpu(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def _command_on(texts: list[str], *more: str, seed: str = "0") -> tuple[float, float, float, bytes]:
    """CPU and wall seconds, peak GB, and the file the command wrote."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "comments.csv", Path(folder) / "themes.json"
        with file.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([["text"], *([text] for text in texts)])
        command = [sys.executable, "-m", "outside_in", "themes", str(file), "--out", str(out), *more]
        environment = {**os.environ, "OUTSIDE_IN_DATA": folder, "PYTHONHASHSEED": seed}
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", LAUNCH, *command],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        cpu, peak = map(float, done.stdout.split()[-2:])
        return cpu, time.monotonic() - start, peak / 1e6, out.read_bytes()


def _growth(texts: Sequence[str], sizes: tuple[int, ...], million: bool) -> None:
    print(
        "\nThe command from a cold start, labels included\n\n| comments | CPU s | wall s | peak GB |\n|---|---|---|---|"
    )
    for n in (*sizes, *([1_000_000] if million else [])):
        cpu, wall, peak, _ = _command_on(_many(texts, n))
        print(f"| {n:,} | {cpu:.1f} | {wall:.0f} | {peak:.2f} |", flush=True)


def _same(texts: list[str]) -> None:
    results = [_command_on(texts, seed=seed)[3] for seed in ("1", "2")]
    cluster = _command_on(texts, "--engine", "dask")[3]
    print(f"\nTwo processes: {_equal(*results)}. Local and Dask: {_equal(results[0], cluster)}.")


def _equal(one: bytes, other: bytes) -> str:
    return "the same bytes" if one == other else "DIFFERENT"


def _shaping(texts: list[str], folder: Path) -> None:
    """The slider, and a tenth more comments."""
    comments = [Verbatim(row=row, text=text) for row, text in enumerate(texts, 2)]
    run = study(comments, encoder="builtin", model=None, seed=0, cache=None, progress=lambda _: None)
    cuts = [_cpu(lambda k=k: run.split(k))[0] for k in (5, 8, 12, 17, 25)]
    print(f"\nA re-cut of {len(texts):,} comments: {max(cuts):.2f} s at most of five.")
    old, new = comments[: N * 10 // 11], comments[N * 10 // 11 :]
    kept = folder / "kept.npz"
    before = {one.row: one.theme for one in find_themes(old, kept=kept).comments}
    wave = assign(new, kept)
    after = before | {one.row: one.theme for one in wave.comments}
    stayed = sum(after[row] == theme for row, theme in before.items()) / len(before)
    print(f"A wave of {len(new):,} more: {wave.assigned:,} assigned, {stayed:.0%} of the old keep their theme.")
