import pytest
from corpus import comments

from outside_in.themes import UnclearQuery, search

SAID = comments(
    "Die Stromrechnung war viel zu hoch.",
    "Rechnungen kommen spät, aber der Preis ist gut.",
    "Der Preis stimmt, keine Ahnung warum alle klagen.",
    "Hotline: niemand da",
)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("rechnung", (2, 3)),
        ("Rechnung AND Preis", (3,)),
        ("rechnung preis", (3,)),
        ("Rechnung UND (hoch ODER spät)", (2, 3)),
        ("hotline OR preis", (3, 4, 5)),
        ("preis NOT rechnung", (4,)),
        ('"keine Ahnung"', (4,)),
        ("„keine Ahnung“", (4,)),
        ('"Ahnung keine"', ()),
        ("da", (5,)),
    ],
)
def test_a_query_finds_the_comments_it_describes(query, rows):
    assert search(query, SAID) == rows


@pytest.mark.parametrize("query", ["", "Preis AND", "OR", "(Preis", "Preis)", "NOT"])
def test_half_a_query_is_refused_with_a_sentence(query):
    with pytest.raises(UnclearQuery):
        search(query, SAID)
