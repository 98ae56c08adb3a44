"""Scores that customers did not give, estimated from the words of those who did."""

import random

from corpus import corpus

from outside_in.themes.mood import moods

GOOD = ("Freundlich und schnell geholfen", "Alles bestens erledigt", "Sehr zufrieden mit der Beratung")
BAD = ("Schon wieder eine falsche Rechnung", "Stundenlang in der Warteschleife", "Niemand ruft zurück, sehr ärgerlich")


def scored(n, words=True):
    """As many good as bad comments; without `words` the score has nothing to do with them."""
    draw = random.Random(1)
    first = corpus("de")[0][0]
    for row in range(2, n + 2):
        fine = row % 2 == 0
        text = f"{(GOOD if fine else BAD)[row % 3]}, Fall {row}"
        yield first.model_copy(
            update={
                "row": row,
                "text": text,
                "metric": "stars",
                "score": 5.0 if (fine if words else draw.random() < 0.5) else 1.0,
            }
        )


def silent(*texts):
    return [
        one.model_copy(update={"row": 5000 + n, "text": text, "score": None})
        for n, (one, text) in enumerate(zip(scored(len(texts)), texts, strict=True))
    ]


def test_missing_scores_are_estimated_with_their_measured_accuracy():
    proof, chances = moods([*scored(240), *silent("Wieder falsche Rechnung", "Schnell und freundlich geholfen")])
    assert proof.n == 240
    assert proof.right > 220
    assert proof.pairs > 0.9
    assert chances[5000] > 0.5 > chances[5001]


def test_fewer_than_two_hundred_scored_comments_estimate_nothing():
    assert moods([*scored(199), *silent("Wieder falsche Rechnung")]) == (None, {})


def test_where_words_do_not_tell_the_score_nothing_is_estimated_but_that_is_said():
    proof, chances = moods([*scored(240, words=False), *silent("Wieder falsche Rechnung")])
    assert not proof.holds
    assert chances == {}


def test_one_text_over_and_over_proves_nothing():
    same = [one.model_copy(update={"text": "Na ja"}) for one in scored(400)]
    assert moods([*same, *silent("Na ja")]) == (None, {})
