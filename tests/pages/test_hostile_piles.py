"""Piles nobody hopes for, on the workbench: a small board or one clear sentence, never an error."""

import pytest

from outside_in import journeys
from outside_in.house import tasks
from outside_in.house.worker import work
from outside_in.themes.study import NO_WORDS, SHORTENED, TOO_FEW
from tests.pages.tabs import SAY, open_tab, press, words

TONGUES = (
    "Le service est lent", "El servicio es lento", "Il servizio è lento", "O serviço é lento", "De service is traag",
    "Usługa jest wolna", "Hizmet yavaş", "サービスが遅いです", "Служба медленная", "Der Service ist langsam",
)  # fmt: skip
PLAIN = [f"{what} {when}" for what in ("Die Rechnung war falsch", "Die Hotline war belegt") for when in range(20)]
PILES = {
    "three": (["Die Rechnung war falsch", "Zu teuer", "Niemand nimmt ab"], 1, TOO_FEW),
    "one text 10,000 times": (["Am Wochenende nimmt niemand ab, sehr ärgerlich."] * 10_000, 1, ""),
    "only emoji": (["😀👍"] * 40, 0, NO_WORDS),
    "ten languages": ([f"{words} {n}" for words in TONGUES for n in range(4)], None, ""),
    "a very long one": (["Die Rechnung ist falsch. " * 700, *PLAIN], None, SHORTENED),
    "empty after redaction": ([f"{name}@example.org" for name in "abcdefghijklmnopqrstuvwxyz"] * 2, 0, NO_WORDS),
}


@pytest.fixture
def host(world):
    return world.badge("facilitator", "facilitator", id="first")


def imported(world, texts, tmp_path):
    house, by = world.house, world.host()
    code = house.new_workshop(by, "Test", house.library.agenda("90-minutes"), "de").code
    file = tmp_path / "pile.csv"
    file.write_text("\n".join(["Kommentar", *texts]), "utf-8")
    tasks.stored(house, by, code, journeys.read(file, presets=house.library.presets))
    return code


@pytest.mark.parametrize(("texts", "themes", "said"), PILES.values(), ids=PILES)
def test_a_hostile_pile_ends_in_a_small_board_or_a_sentence(world, host, language, tmp_path, texts, themes, said):
    code = imported(world, texts, tmp_path)
    press(open_tab("themes", host, language, workshop=code), "find")
    while job := world.house.database.jobs.take("here"):
        work(world.house, job)
    tab = open_tab("themes", host, language, workshop=code)
    board = world.house.workshops.of(code).board
    assert themes is None or len(board.themes) == themes
    assert SAY[language](said) in words(tab) if said else True
    if board.themes:
        for view in ("map", "rank", "history", "board"):
            tab.radio("view").set_value(view).run()
            assert not tab.exception
