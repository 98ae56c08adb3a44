"""How much is found, how much is taken by mistake, and that nobody can make it slow."""

import re
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in.journeys.doubts import Vocabulary
from outside_in.journeys.redaction import Redactor, find, redact

DATA = Path(__file__).parent / "data"
HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "de"
MARKUP = re.compile(r"`[^`]*`|\]\([^)]*\)")
MARK = re.compile(r"\[\[(\w+)\|(.*?)]]")


def sentences(name):
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [unmarked(line.replace("\\n", "\n")) for line in lines]


def unmarked(line):
    """The sentence, and start, end, kind of what is marked in it."""
    spans, text = [], ""
    while mark := MARK.search(line):
        start = len(text) + mark.start()
        spans.append((start, start + len(mark[2]), mark[1]))
        text, line = text + line[: mark.start()] + mark[2], line[mark.end() :]
    return text + line, spans


def scores(*names):
    """Per kind: how many there are, and how many of them are gone with every letter."""
    there, gone = Counter(), Counter()
    for text, wanted in (one for name in names for one in sentences(name)):
        covered = {at for span in find(text) for at in range(span.start, span.end)}
        for start, end, kind in wanted:
            there[kind] += 1
            gone[kind] += all(at in covered for at in range(start, end) if text[at].isalnum())
    return there, gone


def test_what_has_a_shape_is_found():
    there, gone = scores("german", "english", "fresh")
    shaped = [kind for kind in there if kind != "name"]
    assert len(shaped) == 10
    assert sum(gone[kind] for kind in shaped) / sum(there[kind] for kind in shaped) >= 0.99


def test_names_with_a_cue_are_found():
    there, gone = scores("german", "english", "fresh")
    assert there["name"] >= 80
    assert gone["name"] / there["name"] >= 0.9


def test_known_given_names_need_no_cue():
    there, gone = scores("bare")
    assert gone["name"] / there["name"] >= 0.9


def test_the_right_kind_takes_its_place():
    wrong = [
        (text, span.kind)
        for text, wanted in sentences("german") + sentences("english")
        for span in find(text)
        if not any(start < span.end and span.start < end and kind == span.kind
                   for start, end, kind in wanted)
    ]  # fmt: skip
    assert wrong == []


def test_sentences_without_persons_stay_whole():
    taken = [(text, redact(text)) for text, _ in sentences("plain") if find(text)]
    assert taken == []


def test_on_neutral_german_text_next_to_nothing_is_taken_by_mistake():
    texts = [text for text, _ in sentences("neutral")]
    texts += [MARKUP.sub(" ", path.read_text("utf-8")) for path in HANDBOOK.glob("*.md")]
    words, taken = sum(len(text.split()) for text in texts), sum(len(find(text)) for text in texts)
    assert words > 2000
    assert taken / words <= 0.003


def test_only_the_words_themselves_go():
    assert redact("Frau Schneider, Tel. 0171 2345678!") == "Frau [name], Tel. [phone]!"


def test_every_place_counts_in_the_order_of_the_text():
    found = Redactor()("Mail an a@b.de oder c@d.de, Frau Huber.")
    assert found.kinds == ("email", "email", "name")


def test_an_unknown_capitalised_word_raises_a_doubt():
    judge = Redactor()
    assert judge("Dann hat Wieczorek einfach aufgelegt.").doubtful
    assert not judge("Dann hat jemand einfach aufgelegt.").doubtful
    assert not judge("Ich habe die Rechnung und den Brief nie bekommen.").doubtful


def test_what_many_comments_say_raises_no_doubt():
    vocabulary = Vocabulary()
    for _ in range(5):
        vocabulary.see("wegen Fernwärme angerufen")
    assert not Redactor(vocabulary.doubts())("schon wieder Fernwärme teurer").doubtful


@given(st.text(max_size=300))
def test_spans_are_in_order_and_never_overlap(text):
    spans = find(text)
    assert all(span.start < span.end for span in spans)
    assert all(one.end <= following.start for one, following in pairwise(spans))


HOSTILE = [
    "a", "A-", "Aa ", "von ", "Herr ", "1-", "1 ", "a@", "a.", "weg ", "weg 1", "22 Baker ", "0 ",
    "Frau von ", "order 1a", "order ", "Dr. ", "A1 ", "aa:", "::", "*1.1.", "grüße ", "Nr. 1a/",
    "DE12 ", "@a.b", "http://", "(at)", "Thomas-", "Thomas ", "I, ", "1. Mai ", "'", "-a", "Aa-",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_no_seconds(piece):
    text = (piece * 20_000)[:20_000]
    start = time.process_time()
    find(text)
    assert time.process_time() - start < 2, "what grows with the square of the length takes minutes"
