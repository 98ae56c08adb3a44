from corpus import comments, corpus

from outside_in.themes import find_themes
from outside_in.themes.quotes import excerpt


def test_quotes_have_a_length_one_can_read_out_and_are_the_customers_own_words():
    said, _ = corpus("de", "en")
    texts = {one.row: one.text for one in said}
    for theme in find_themes(said).themes:
        assert 1 <= len(theme.quotes) <= 3
        for quote in (*theme.quotes, *filter(None, [theme.dissent])):
            assert 40 <= len(quote.text) <= 220
            assert quote.text in texts[quote.row]


def test_typical_quotes_come_from_different_score_bands():
    for theme in find_themes(corpus("de")[0], themes=4).themes:
        if theme.parent is None:
            assert len({int(quote.score * 3 / 10.01) for quote in theme.quotes}) == 3


def test_the_dissenting_quote_is_another_one_and_farthest_by_score():
    rows = [(one.text, "de", 10.0 if i % 12 == 5 else 1.0) for i, one in enumerate(corpus("de")[0])]
    for theme in find_themes(comments(*rows), themes=4).themes:
        assert theme.dissent.row not in {quote.row for quote in theme.quotes}
        assert theme.dissent.kind == "dissent"
        if theme.parent is None:
            assert theme.dissent.score == 10.0


def test_of_a_long_comment_whole_sentences_are_quoted():
    long = "Guten Tag zusammen! " + "Ich wohne hier seit Jahren. " * 12
    long += "Seit Mai stimmt die Rechnung nicht, obwohl ich den Zählerstand gemeldet habe."
    part = excerpt(long, ["Rechnung"])
    assert "Rechnung" in part
    assert part in long
    assert len(part) <= 220


def test_a_comment_without_sentences_is_cut_between_two_words():
    part = excerpt("immer wieder dasselbe Problem mit dem Zähler " * 20, [])
    assert 40 <= len(part) <= 220
    assert part.split()[-1] in ["immer", "wieder", "dasselbe", "Problem", "mit", "dem", "Zähler"]
