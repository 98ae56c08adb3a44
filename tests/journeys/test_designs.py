"""Journeys as files: what goes out comes back the same, and a file that is none gets one sentence."""

import io
import json

import openpyxl
import pytest

from outside_in import journeys
from outside_in.content import Speaker
from outside_in.domain.design import Design
from outside_in.domain.errors import BadInput
from outside_in.domain.mapping import Planned
from outside_in.domain.text import Text

SAYS = {"de": Speaker("de"), "en": Speaker("en")}
DESIGN = Design(
    persona="Familien",
    segment="Haushalt",
    accountable=("Eva",),
    points=(
        Planned(
            id="umzug",
            name=Text(de="Umzug", en="Moving"),
            labels=("Umzug", "Einzug"),
            phase=Text(de="Wechseln", en="Changing"),
            channels=("Portal", "Brief"),
            backstage="=cmd()|' /C calc'!A0",
            accountable=("Ada",),
            kpi="CES",
            target="5,5",
            truth=True,
            why="hier entscheidet es sich",
            assumed=1.5,
        ),
        Planned(id="rechnung", name=Text(de="Rechnung", en="Bill")),
    ),
)


def read(path, data, name="journey.xlsx", design=DESIGN):
    path.write_bytes(data)
    return journeys.read_design(path, name, design, SAYS)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file"


def test_json_comes_back_the_same_and_is_written_the_same(path):
    written = journeys.design_to_json(DESIGN)
    back = read(path, written, "journey.json", Design(points=()))
    assert back == DESIGN
    assert journeys.design_to_json(back) == written


@pytest.mark.parametrize("language", ["de", "en"])
def test_excel_comes_back_the_same_in_either_language(path, language):
    assert read(path, journeys.design_to_xlsx(DESIGN, SAYS[language])) == DESIGN


def test_what_looks_like_a_formula_is_text_in_excel():
    sheet = openpyxl.load_workbook(io.BytesIO(journeys.design_to_xlsx(DESIGN, SAYS["en"]))).active
    cell = next(cell for row in sheet for cell in row if str(cell.value).startswith("=cmd"))
    assert cell.data_type == "s"


def changed(**fields):
    return json.dumps({**json.loads(journeys.design_to_json(DESIGN)), **fields}).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"format": "something else"}', "journey-file"),
        (b"{broken", "file-damaged"),
        (changed(schema=99), "journey-newer"),
        (changed(points=[{"id": "a"}]), "journey-field"),
        (changed(points=[{"id": "a", "name": {"de": "a", "en": "a"}, "assumed": 7}]), "journey-field"),
        (b"a,b\n1,2\n", "journey-file"),
        (b"", "file-empty"),
        (b"%PDF-1.7", "file-type"),
        (b"Platz;Name auf Deutsch\nx;Umzug\n", "journey-row"),
        (b"x" * (3 * 1024 * 1024), "file-too-large"),
    ],
)
def test_a_file_that_is_no_journey_is_refused_in_one_sentence(path, data, code):
    with pytest.raises(BadInput) as refused:
        read(path, data, "mine.xlsx")
    assert refused.value.code == code
    assert SAYS["de"](refused.value.line) != SAYS["en"](refused.value.line)
