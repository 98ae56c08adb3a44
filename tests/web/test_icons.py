"""Every icon that can be drawn is in the small typeface that phones fetch."""

from fontTools.ttLib import TTFont

from outside_in.web.shell import LIGHTER
from tests.web.icons import OURS, THEIRS, drawn, named, quoted


def test_no_icon_of_ours_or_of_streamlit_s_own_is_missing():
    every, kept = drawn(TTFont(THEIRS)), drawn(TTFont(OURS))
    assert named() <= set(kept)
    assert {"table_chart", "contract"} <= quoted()  # named in tables, not where they are drawn
    assert quoted() & set(every) <= set(kept)


def test_streamlit_s_heavy_typefaces_are_answered_by_light_ones(browser):
    answer = browser.get(f"/static/media/{THEIRS.name}")
    assert answer.status_code == 307
    assert answer.headers["location"] == LIGHTER["MaterialSymbols-Rounded"]
    light = browser.get(answer.headers["location"])
    assert light.content == OURS.read_bytes()
    assert len(light.content) * 5 < THEIRS.stat().st_size
