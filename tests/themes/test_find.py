import json
import subprocess
import sys
from collections import Counter

from corpus import comments, corpus

from outside_in.themes import find_themes, to_json
from outside_in.themes.languages import SMALL_WORDS

AGAIN = """
import json, sys
sys.path.insert(0, "tests/themes")
from corpus import corpus
from outside_in.themes import find_themes, to_json
print(json.dumps(to_json(find_themes(corpus("de", "en")[0], seed=7))))
"""


def tops(found):
    return [theme for theme in found.themes if theme.parent is None]


def purity(found, topics):
    inside = {}
    for placed, topic in zip(found.comments, topics, strict=True):
        inside.setdefault(placed.theme, []).append(topic)
    return sum(max(Counter(group).values()) for group in inside.values()) / len(topics)


def test_four_topics_are_found_as_four_themes():
    for language in ("de", "en"):
        said, topics = corpus(language)
        found = find_themes(said, themes=4)
        assert len(tops(found)) == 4
        assert purity(found, topics) >= 0.95


def test_themes_are_called_what_people_say():
    labels = {theme.label.de for theme in tops(find_themes(corpus("de")[0], themes=4))}
    for word in ("Rechnung", "Hotline", "Techniker", "Passwort"):
        assert any(word in label for label in labels), (word, labels)


def test_labels_hold_two_or_three_terms_and_no_small_words():
    for theme in find_themes(corpus("de", "en")[0]).themes:
        terms = theme.label.de.split(" · ")
        assert 1 <= len(terms) <= 8
        assert not {word.casefold() for term in terms for word in term.split()} & SMALL_WORDS
        assert theme.label.de == theme.label.en


def test_labels_of_different_themes_differ():
    labels = [theme.label.de for theme in tops(find_themes(corpus("de")[0], themes=8))]
    assert len(set(labels)) == len(labels)


def test_two_processes_find_the_same_byte_for_byte():
    here = json.dumps(to_json(find_themes(corpus("de", "en")[0], seed=7)))
    there = subprocess.run(
        [sys.executable, "-c", AGAIN],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "99", "PYTHONPATH": "."},
    )
    assert there.stdout.strip() == here


def test_every_comment_stands_exactly_once_with_its_row():
    said = [*corpus("de")[0], *comments("", "  ", "😀")[0:0]]
    said += [one.model_copy(update={"row": 900 + i}) for i, one in enumerate(comments("", "😀"))]
    found = find_themes(said)
    assert [placed.row for placed in found.comments] == [*range(2, 146), 901]
    assert found.comments[-1].theme is None


def test_sizes_and_the_unassigned_add_up():
    found = find_themes(corpus("de")[0])
    assert sum(theme.size for theme in tops(found)) + found.unassigned == 144
    counted = Counter(placed.theme for placed in found.comments)
    assert all(theme.size == counted[theme.id] for theme in tops(found))
    subs = Counter(placed.subtheme for placed in found.comments)
    assert all(theme.size == subs[theme.id] for theme in found.themes if theme.parent)


def test_a_sub_theme_lies_wholly_inside_its_theme():
    found = find_themes(corpus("de")[0], themes=4)
    parents = {theme.id: theme.parent for theme in found.themes if theme.parent}
    assert parents
    assert all(parents[placed.subtheme] == placed.theme for placed in found.comments if placed.subtheme)


def test_left_alone_there_are_five_to_twenty_five_themes_and_none_swallows_the_rest():
    found = find_themes(corpus("de")[0])
    assert 5 <= len(tops(found)) <= 25
    assert max(theme.size for theme in tops(found)) <= 0.45 * 144


def test_the_languages_of_a_mixed_file_are_told_apart_without_a_column():
    said, topics = corpus("de", "en")
    found = find_themes([one.model_copy(update={"language": ""}) for one in said], themes=8)
    assert found.language == {"de": 0.5, "en": 0.5}
    assert purity(found, topics) >= 0.9


def test_german_and_english_comments_on_one_topic_are_one_theme():
    said, topics = corpus("de", "en")
    found = find_themes(said, themes=4)
    assert purity(found, topics) >= 0.95
    for theme in tops(found):
        spoken = [one.language for one, placed in zip(said, found.comments, strict=True) if placed.theme == theme.id]
        assert 0.4 < spoken.count("de") / len(spoken) < 0.6


def test_a_higher_floor_leaves_more_without_a_theme_but_no_theme_empty():
    low, high = (find_themes(corpus("de")[0], themes=4, floor=floor) for floor in (0.0, 1.1))
    assert low.unassigned == 0
    assert high.unassigned == 140
    assert [theme.size for theme in high.themes] == [1, 1, 1, 1]


def test_stability_is_measured_on_request():
    assert find_themes(corpus("de")[0], themes=4).stability is None
    assert find_themes(corpus("de")[0], themes=4, stability=True).stability > 0.8


def test_the_file_has_the_shape_others_script_against():
    written = to_json(find_themes(corpus("de")[0]))
    assert written["format"] == "outside-in/themes/1"
    assert list(written) == [
        "format", "rows", "language", "encoder", "seed", "stability", "unassigned", "themes",
        "comments",
    ]  # fmt: skip
    assert set(written["themes"][0]) == {
        "id", "parent", "label", "keywords", "size", "quotes", "dissent",
    }  # fmt: skip
    assert set(written["themes"][0]["quotes"][0]) == {"row", "text", "kind"}
    assert set(written["themes"][0]["dissent"]) == {"row", "text"}
    assert set(written["comments"][0]) == {"row", "theme", "subtheme", "confidence"}


def test_opening_the_room_does_not_bring_the_heavy_guests():
    look = "import sys, outside_in.themes; print({'sklearn', 'torch', 'scipy'} & set(sys.modules))"
    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "set()"


def test_progress_never_goes_back_and_ends_at_one():
    seen = []
    find_themes(corpus("de")[0], progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
