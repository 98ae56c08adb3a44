import pytest
from corpus import comments, corpus

from outside_in.domain.errors import BadInput
from outside_in.themes import assign, carried, find_themes


def test_a_second_wave_joins_the_kept_themes(tmp_path):
    said, _ = corpus("de")
    found = find_themes(said, themes=4, kept=tmp_path / "kept.npz")
    wave = assign(said, tmp_path / "kept.npz")
    same = [a.theme == b.theme for a, b in zip(found.comments, wave.comments, strict=True)]
    assert sum(same) >= 0.95 * len(said)
    assert wave.assigned == sum(wave.grown.values()) == len(said) - wave.unassigned


def test_what_fits_nowhere_stays_without_a_theme(tmp_path):
    find_themes(corpus("de")[0], themes=4, kept=tmp_path / "kept.npz")
    wave = assign(comments("😀", "xyz qqq"), tmp_path / "kept.npz")
    assert [placed.theme for placed in wave.comments] == [None, None]
    assert wave.unassigned == 2


def test_a_new_run_keeps_the_ids_of_themes_that_are_mostly_the_same():
    said, _ = corpus("de")
    old = find_themes(said, themes=4)
    new = carried(old, find_themes(said[10:], themes=4))
    place = {placed.row: placed.theme for placed in old.comments}
    same = [place[placed.row] == placed.theme for placed in new.comments]
    assert sum(same) >= 0.9 * len(same)


def test_a_theme_nobody_knew_gets_a_new_id():
    said, _ = corpus("de")
    old = find_themes(said[:72], themes=2)
    new = carried(old, find_themes(said[72:], themes=2))
    assert {t.id for t in new.themes if t.parent is None} == {"t3", "t4"}


def test_a_foreign_file_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "kept.npz").write_bytes(b"nothing of ours")
    with pytest.raises(BadInput):
        assign(corpus("de")[0], tmp_path / "kept.npz")


def test_a_wave_after_a_carried_run_joins_the_carried_ids(tmp_path):
    said, _ = corpus("de")
    old = find_themes(said[40:], themes=4)
    new = find_themes(said, themes=4, like=old, kept=tmp_path / "kept.npz")
    assert new == carried(old, find_themes(said, themes=4))
    wave = assign(said, tmp_path / "kept.npz")
    same = [a.theme == b.theme for a, b in zip(new.comments, wave.comments, strict=True)]
    assert sum(same) >= 0.95 * len(said)


def test_the_name_of_a_part_never_comes_to_mean_another_one():
    said, _ = corpus("de")
    old = find_themes(said, themes=4)
    new = carried(old, find_themes(said[::-1][:120], themes=4, seed=3))
    before, after = ({theme.id: rows(found, theme.id) for theme in found.themes} for found in (old, new))
    for name in set(before) & set(after):
        assert len(before[name] & after[name]) >= 0.3 * len(before[name] | after[name]), name
    parents = {theme.id: theme.parent for theme in new.themes}
    assert all(parents[one.subtheme] == one.theme for one in new.comments if one.subtheme)


def rows(found, name):
    return {one.row for one in found.comments if name in (one.theme, one.subtheme)}


def test_a_wave_in_both_languages_joins_themes_of_both(tmp_path):
    said, _ = corpus("de", "en")
    found = find_themes(said, themes=4, kept=tmp_path / "kept.npz")
    wave = assign(said, tmp_path / "kept.npz")
    same = [a.theme == b.theme for a, b in zip(found.comments, wave.comments, strict=True)]
    assert sum(same) >= 0.95 * len(said)
