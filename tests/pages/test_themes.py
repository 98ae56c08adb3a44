"""The workbench as a person meets it: board, map, effect, history, later waves, a language model."""

import json

import pytest

from outside_in.domain.feedback import Verbatim
from outside_in.domain.text import Text, line
from outside_in.domain.wording import Wording
from outside_in.domain.workshop import Batch
from outside_in.house.worker import work
from outside_in.house.writing import WriterSettings
from tests.pages.tabs import SAY, fine, keys, open_tab, press, words
from tests.writer.fake import Server, Step


@pytest.fixture
def host(world):
    return world.badge("facilitator", "facilitator", id="first")


def done(world):
    while job := world.house.database.jobs.take("here"):
        work(world.house, job)


def board(world):
    return world.plan.board


def see(tab, view):
    tab.radio("view").set_value(view).run()
    return fine(tab)


def test_the_first_theme_is_open_with_what_goes_along_with_it(world, host, language):
    tab, t = open_tab("themes", host, language), SAY[language]
    first = board(world).themes[0]
    assert f"rename-send-{first.id}" in keys(tab)
    effect = world.house.effects(world.plan)[first.id]
    assert t.value(effect.within.n) in words(tab)
    assert t("This may be chance.") in words(tab) or t(
        "This is what goes along with the theme, not what it causes."
    ) in words(tab)


def test_another_theme_is_opened_by_its_button(world, host):
    other = board(world).themes[2]
    tab = press(open_tab("themes", host), f"open-{other.id}")
    assert f"rename-send-{other.id}" in keys(tab)
    assert tab.query_params["theme"] in (other.id, [other.id])


def test_a_pin_a_place_and_a_split_are_one_press_each(world, host):
    first = board(world).themes[0]
    tab = press(open_tab("themes", host), f"pin-{first.id}")
    assert board(world).theme(first.id).pinned
    tab = press(tab, f"down-{first.id}")
    assert board(world).themes[1].id == first.id
    press(open_tab("themes", host, theme=first.id), f"split-{first.id}")
    assert tab.toast or board(world).theme(first.id)


def test_a_quote_is_released_and_taken_back_beside_its_theme(world, host):
    row = board(world).themes[0].quotes[0].row
    was = row in world.plan.approved
    tab = press(open_tab("themes", host), f"release-{row}")
    assert (row in world.plan.approved) is not was
    press(tab, f"release-{row}")
    assert (row in world.plan.approved) is was


def test_a_comment_is_moved_with_all_that_say_the_same(world, host, language):
    first, second = board(world).themes[:2]
    tab = open_tab("themes", host, language)
    row = int(next(key for key in keys(tab) if key.startswith("to-")).removeprefix("to-"))
    tab.selectbox(f"to-{row}").set_value(second.id).run()
    press(tab, f"put-{row}")
    assert board(world).moved[row] == second.id
    assert board(world).theme(first.id).size < first.size
    press(tab, "undo")
    assert board(world).theme(first.id).size == first.size


def test_comments_are_found_ordered_and_turned_page_by_page(world, host, language):
    first = board(world).themes[0]
    tab = open_tab("themes", host, language)
    tab.selectbox(f"order-{first.id}").set_value("unsure").run()
    tab.text_input(f"find-{first.id}").set_value("zzzz").run()
    assert not [key for key in keys(fine(tab)) if key.startswith("to-")]


def test_a_search_is_tried_before_it_is_added(world, host, language):
    tab, t = open_tab("themes", host, language), SAY[language]
    n = len(world.house.found_by(world.plan, "Rechnung"))
    tab.text_input("add-query").set_value("Rechnung")
    press(tab, "add-try")
    assert t("{n} comments fit.", n=n) in words(tab)
    before = len(board(world).themes)
    tab.text_input("add-query").set_value("Rechnung")
    tab.text_input("add-de").set_value("Alles zur Rechnung")
    press(tab, "add-send")
    assert len(board(world).themes) == before + 1
    assert board(world).themes[0].label.de == "Alles zur Rechnung"


def test_a_search_that_makes_no_sense_is_refused_in_a_sentence(world, host, language):
    tab = open_tab("themes", host, language)
    tab.text_input("add-query").set_value("(Rechnung OR")
    press(tab, "add-send")
    told = SAY[language](
        "The search “{query}” is not complete. Try words, AND, OR and “a phrase”.", query="(Rechnung OR"
    )
    assert tab.toast[0].value == told


def test_a_new_run_is_a_proposal_on_a_board_that_a_person_has_made(world, host, language):
    before, t = board(world), SAY[language]
    press(open_tab("themes", host, language), "find")
    done(world)
    tab = open_tab("themes", host, language)
    assert board(world) == before
    assert t("A new run is ready") in words(tab)
    press(tab, "away-themes")
    assert "take-themes" not in keys(tab)
    assert board(world) == before


def test_the_slider_cuts_anew_at_once_and_only_when_it_is_moved(world, host, language):
    by = host.principals[0]
    for theme in board(world).themes:
        world.house.shape(by, world.workshop, lambda now, id=theme.id: now.choose(id, False), line("Quote chosen"))
    press(open_tab("themes", host, language), "find")
    done(world)
    tab = open_tab("themes", host, language)
    slider = next(slider for slider in tab.slider if slider.key.startswith("many-"))
    version = world.plan.version
    fine(tab.run())
    assert world.plan.version == version
    slider.set_value(14).run()
    assert board(world).many == 14
    assert len(board(world).themes) > 10
    tab = press(tab, "undo")
    assert board(world).many == 10
    fine(tab.run())
    assert board(world).many == 10


def test_the_threshold_is_shown_and_says_how_many_it_leaves_out(world, host, language):
    tab, t = open_tab("themes", host, language), SAY[language]
    next(slider for slider in tab.slider if slider.key.startswith("floor-")).set_value(0.9).run()
    assert board(world).floor == 0.9
    stands = world.house.stands(world.plan)
    none = sum(one.theme is None for one in stands)
    assert t("{n} of {of} comments stand in no theme.", n=none, of=len(stands)) in words(fine(tab))


def test_the_map_comes_with_its_sentence_and_its_table(world, host, language):
    t = SAY[language]
    tab = see(open_tab("themes", host, language), "map")
    assert t("There is no map of these comments yet.") in words(tab)
    press(tab, "draw-map")
    done(world)
    tab = see(open_tab("themes", host, language), "map")
    assert {"en": "Every dot is a comment", "de": "Jeder Punkt ist ein Kommentar"}[language] in words(tab)
    assert len(tab.dataframe[0].value) == len(board(world).themes)
    tab.selectbox("lit").set_value(1).run()
    fine(tab)


def test_themes_are_ranked_by_what_goes_along_with_them(world, host, language):
    tab = see(open_tab("themes", host, language), "rank")
    table = tab.dataframe[0].value
    assert len(table) == len(board(world).themes)


def test_the_history_tells_who_did_what_and_when(world, host, language):
    tab, t = open_tab("themes", host, language), SAY[language]
    first = board(world).themes[0]
    press(tab, f"hide-{first.id}")
    press(tab, "undo")
    told = see(tab, "history").dataframe[0].value
    assert list(told[t("What")])[:2] == [
        t("Undone: {what}", what=line("Hidden: “{label}”", label=first.label)),
        t("Hidden: “{label}”", label=first.label),
    ]
    assert told[t("Who")].iloc[0] == t("first account")


def test_later_comments_are_shown_among_the_themes_before_they_are_taken_over(world, host, language):
    t, house = SAY[language], world.house
    said = [one for one in house.comments(world.plan) if one.text][:40]
    later = [Verbatim(row=at + 2, text=one.text, score=one.score, metric=one.metric) for at, one in enumerate(said)]
    by = host.principals[0]
    house.database.corpora.add(world.workshop, "later", later)
    batch = Batch(id="later", file="später.csv", accepted=40, rejected=0, at=0.0)
    house.prepare(by, world.workshop, lambda now: now.take_in(by, batch))
    tab = open_tab("themes", host, language)
    assert t("{n} comments came after these themes were found.", n=40) in words(tab)
    press(tab, "wave")
    done(world)
    before = board(world)
    tab = open_tab("themes", host, language)
    assert board(world) == before
    assert t("Later comments among your themes") in words(tab)
    press(tab, "take-wave")
    assert [theme.id for theme in board(world).themes][: len(before.themes)] == [theme.id for theme in before.themes]
    assert "take-wave" not in keys(tab)


# names by a language model -----------------------------------------------------------------------


def switched_on(world, host, address, **more):
    world.house.set_writer(host.principals[0], WriterSettings(on=True, model="small", address=address, **more))


def test_without_a_model_the_page_says_where_one_is_set_up(world, host, language):
    tab = see(open_tab("themes", host, language), "writer")
    assert SAY[language](
        "Themes are named offline. A language model can propose bilingual names once it is set up."
    ) in words(tab)


def test_nothing_is_sent_before_the_workshop_allows_it_and_a_person_has_seen_it(world, host, language):
    t = SAY[language]
    with Server(Step()) as server:
        switched_on(world, host, server.address)
        tab = see(open_tab("themes", host, language), "writer")
        assert "writer-send" not in keys(tab)
        press(tab, "writer-allow")
        shown = [code.value for code in tab.code]
        assert not server.asked
        press(tab, "writer-send")
        done(world)
        assert [json.loads(one) for one in shown] == server.asked
        tab = see(open_tab("themes", host, language), "writer")
    first = world.house.letter(world.plan).sendings[0].ask.theme
    assert t("Proposal by {model}", model="small") in words(tab)
    assert board(world).theme(first).label.de != "Rückruf bleibt aus"
    press(tab, f"accept-{first}")
    assert board(world).theme(first).label == Text(de="Rückruf bleibt aus", en="No call back")
    press(tab, "undo")
    assert board(world).theme(first).wording


def test_a_proposal_is_declined_without_a_trace(world, host):
    by, first = host.principals[0], board(world).themes[0]
    wording = Wording(label=Text(de="Anders", en="Else"), model="small")
    switched_on(world, host, "http://localhost:9/v1")
    world.house.allow_writer(by, world.workshop, True)
    world.house.shape(by, world.workshop, lambda now: now.propose(first.id, wording), line("Quote chosen"))
    press(see(open_tab("themes", host), "writer"), f"decline-{first.id}")
    assert board(world).theme(first.id) == first


def test_the_model_is_set_up_on_the_settings_page_and_its_key_is_never_shown(world, host, language):
    tab, t = open_tab("settings", host, language), SAY[language]
    assert t("Off: themes are named on this machine alone.") in words(tab)
    tab.checkbox("writer-on").set_value(True)
    tab.text_input("writer-model").set_value("small")
    tab.text_input("writer-key").set_value("sk-canary")
    press(tab, "writer-save")
    assert tab.toast[0].value == t("Saved")
    known = world.house.writer_settings()
    assert (known.on, known.model, known.key.get_secret_value()) == (True, "small", "sk-canary")
    tab = open_tab("settings", host, language)
    assert "sk-canary" not in str(tab)
    assert t("Only redacted comments of workshops that allow it leave this machine, to the language model.") in words(
        tab
    )


@pytest.mark.parametrize(
    "address", ["http://example.com/v1", "ftp://localhost/v1", "https://me:pw@example.com/v1", "nonsense"]
)
def test_an_address_that_would_carry_comments_in_the_open_is_refused(world, host, address):
    tab = open_tab("settings", host)
    tab.checkbox("writer-on").set_value(True)
    tab.text_input("writer-model").set_value("small")
    tab.text_input("writer-address").set_value(address)
    press(tab, "writer-save")
    assert "Adresse" in tab.toast[0].value
    assert not world.house.writer_settings().on
