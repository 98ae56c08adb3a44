"""Piles nobody hopes for; each ends in a small result and at most one sentence."""

import pytest
from corpus import comments, corpus

from outside_in.themes import find_themes
from outside_in.themes.study import NO_WORDS, SHORTENED, TOO_FEW


def test_no_comment_at_all():
    found = find_themes([])
    assert (found.themes, found.comments, found.note) == ((), (), NO_WORDS)


def test_only_emoji_are_counted_and_left_without_a_theme():
    found = find_themes(comments(*["😀👍"] * 40, "...", "  "))
    assert found.themes == ()
    assert (len(found.comments), found.unassigned, found.note) == (41, 41, NO_WORDS)


def test_three_comments_stand_together_and_are_shown():
    found = find_themes(comments("Die Rechnung war falsch", "Zu teuer", "Hotline nie da"))
    (theme,) = found.themes
    assert theme.size == len(theme.quotes) == 3
    assert found.note == TOO_FEW


def test_one_comment_ten_thousand_times_is_one_theme_of_ten_thousand():
    found = find_themes(comments(*["Der Kundendienst war lange nicht zu erreichen."] * 10_000))
    (theme,) = found.themes
    assert theme.size == len(found.comments) == 10_000
    assert [quote.row for quote in theme.quotes] == [2]
    assert theme.dissent is None


def test_duplicates_are_counted_but_read_once():
    said, _ = corpus("de")
    found = find_themes([*said, *(one.model_copy(update={"row": one.row + 500}) for one in said)])
    place = {placed.row: placed.theme for placed in found.comments}
    assert all(place[one.row] == place[one.row + 500] for one in said)
    assert sum(theme.size for theme in found.themes if not theme.parent) + found.unassigned == 288


def test_of_a_five_megabyte_comment_the_beginning_counts():
    said = comments("Die Rechnung ist falsch. " * 200_000, *(one.text for one in corpus("de")[0]))
    found = find_themes(said)
    assert found.note == SHORTENED
    assert all(len(quote.text) <= 220 for theme in found.themes for quote in theme.quotes)


def test_ten_languages_break_nothing():
    said = [
        f"{words} {number}"
        for words in (
            "Le service est lent et je ne suis pas content", "El servicio es muy lento",
            "Il servizio è molto lento", "O serviço é muito lento", "De service is erg traag",
            "Usługa jest bardzo wolna", "Hizmet çok yavaş", "サービスが遅いです",
            "Служба очень медленная", "Der Service ist sehr langsam",
        )
        for number in ("Januar", "März", "Mai", "Juni")
    ]  # fmt: skip
    found = find_themes(comments(*said))
    assert len(found.comments) == 40
    assert found.language == {"de": 0.1, "other": 0.9}


@pytest.mark.parametrize("words", ["und der die {}", "ja {}", "{}", "a {} b"])
def test_comments_of_small_words_and_numbers_only(words):
    found = find_themes(comments(*(words.format(n) for n in range(60))))
    assert len(found.comments) == 60


@pytest.mark.parametrize("themes", [1, 2, 500])
def test_any_number_of_themes_may_be_asked_for(themes):
    found = find_themes(corpus("de")[0], themes=themes)
    assert len([t for t in found.themes if t.parent is None]) == min(themes, 144)
