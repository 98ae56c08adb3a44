"""What works council and data protection read is what holds in this house, not what a brochure says."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from outside_in.domain.exercise import Exercise
from outside_in.domain.people import OPERATOR
from outside_in.house import privacy, tasks
from outside_in.house.papers import declared
from outside_in.house.settings import Settings
from outside_in.house.writing import WriterSettings

LANGUAGES = ("de", "en")


def words(house, kind, language="de", workshop=None):
    pages = PdfReader(BytesIO(declared(house, kind, house.speaker(language), workshop).data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("-\n", "").split())


def said(house, workshop=None, language="de"):
    say = house.speaker(language)
    return {say(row.name): say(row.words) for part in privacy.data_sheet(house, workshop) for row in part.rows}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["data-sheet", "record"])
def test_both_papers_come_in_both_languages(empty, kind, language):
    told = words(empty.house, kind, language)
    assert (
        ("DSGVO" if kind == "record" else "Betriebsrat") in told
        if language == "de"
        else "GDPR" in told or "works" in told
    )
    assert "{" not in told


def test_the_sheet_says_what_this_house_does(empty):
    told = said(empty.house)
    assert told["Datenbank"] == "in einer Datei auf diesem Rechner"
    assert told["Erreichbar"] == "nur von diesem Rechner aus"
    assert told["Sprachmodell"] == "ausgeschaltet: Nichts verlässt diesen Rechner"
    assert told["E-Mail"] == "ausgeschaltet: Briefe sind Entwürfe"
    assert told["Zahlen"].startswith(f"ab {Exercise.fewest} Antworten")


def test_another_setting_is_another_sentence(empty, monkeypatch):
    empty.house.settings = Settings.of({}, data=empty.house.settings.data, lan=True)
    monkeypatch.setenv("OUTSIDE_IN_SMTP", "smtp://mail.stadtwerke.example:587")
    monkeypatch.setenv("OUTSIDE_IN_MAIL_FROM", "cx@stadtwerke.example")
    told = said(empty.house)
    assert "unverschlüsselt" in told["Erreichbar"]
    assert told["E-Mail"] == "gesendet über mail.stadtwerke.example"
    empty.house.settings = Settings.of({"OUTSIDE_IN_HOSTS": "cx.example"}, data=empty.house.settings.data)
    assert "cx.example" in said(empty.house)["Erreichbar"]


def test_a_language_model_is_named_with_what_the_workshop_allows(live):
    house, by = live.house, live.host()
    house.set_writer(by, WriterSettings(on=True, address="https://llm.example/v1", model="small"))
    assert "llm.example" in said(house)["Sprachmodell"]
    assert "nicht erlaubt" in said(house, live.plan)["Sprachmodell"]
    house.prepare(by, live.workshop, lambda now: now.allow_writer(by, True, 1.0))
    assert "Auftragsverarbeitung" in said(house, live.plan)["Sprachmodell"]
    assert "llm.example" in words(house, "record", workshop=live.plan)


def test_a_facilitator_prints_them_beside_the_workshop(live):
    job = live.house.order_paper(live.host(), live.workshop, "data-sheet", "de")
    args = live.house.database.jobs.job(job).args
    made = tasks.TASKS["paper"](live.house, OPERATOR, live.workshop, args, lambda _: None)
    with open(made["path"], "rb") as file:
        first = PdfReader(file).pages[0].extract_text()
    assert live.plan.about.title in first
