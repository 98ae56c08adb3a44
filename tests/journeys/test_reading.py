"""The way through the child process: limits, refusals, progress, giving up."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outside_in import journeys
from outside_in.domain.errors import BadInput, FileRefused
from outside_in.domain.mapping import Mapping, Preset
from outside_in.domain.text import Text
from outside_in.journeys import reading as parent

GOOD = "id,comment,score\n1,The line went dead,3\n2,All is well,9\n3,,x\n"


def test_a_file_comes_back_from_the_child_as_it_was_read_there(read, read_in_child):
    assert read_in_child(GOOD) == read(GOOD)


def test_half_a_letter_survives_the_way_back(read_in_child):
    reading = read_in_child(b'{"comment": "a \\ud83d b", "\\ud83d": 1}\n')
    assert [one.text for one in reading.verbatims] == ["a ? b"]


def test_a_refused_file_is_a_reading_with_one_problem(read_in_child, say):
    reading = read_in_child(b"%PDF-1.7", name="plan.csv")
    assert (reading.accepted, reading.rejected, reading.verbatims) == (0, 0, ())
    assert [(one.row, one.code) for one in reading.problems] == [(None, "file-type")]
    assert journeys.report(reading, say).errors[0].message.startswith("“plan.csv” is not a kind")


def test_the_name_people_know_is_the_one_they_read(tmp_path, say):
    (tmp_path / "upload-7f3").write_bytes(b"")
    reading = journeys.read(tmp_path / "upload-7f3", name="März.csv")
    assert journeys.report(reading, say).errors[0].message == "The file “März.csv” is empty."


def test_a_file_beyond_the_limit_is_not_even_opened(read_in_child):
    reading = read_in_child(GOOD, limit_bytes=10)
    assert [one.code for one in reading.problems] == ["file-too-large"]


def test_batches_go_where_they_are_wanted(read_in_child):
    batches = []
    reading = read_in_child("comment\n" + "words\n" * 1_200, take=batches.append)
    assert reading.verbatims == ()
    assert sum(map(len, batches)) == reading.accepted == 1_200


def test_progress_grows_to_its_end(read_in_child):
    told = []
    read_in_child("comment\n" + "words\n" * 2_000, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


class GivenUp(Exception):
    pass


def test_giving_up_ends_the_child(read_in_child, monkeypatch):
    started = []

    class Remembered(subprocess.Popen):
        def __init__(self, *args, **more):
            super().__init__(*args, **more)
            started.append(self)

    def give_up(_):
        raise GivenUp

    monkeypatch.setattr(subprocess, "Popen", Remembered)
    with pytest.raises(GivenUp):
        read_in_child("comment\n" + "words\n" * 50_000, progress=give_up)
    assert [child.poll() is not None for child in started] == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to an address space limit")
def test_a_child_that_wants_too_much_memory_is_refused(tmp_path, monkeypatch):
    greedy = tmp_path / "greedy"
    greedy.mkdir()
    (greedy / "sitecustomize.py").write_text(
        "import outside_in.journeys.inside as inside\n"
        "inside.work = lambda job: iter([('progress', float(len(bytearray(2 << 30))))])\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(greedy))
    file = tmp_path / "feedback.csv"
    file.write_text(GOOD)
    assert [one.code for one in journeys.read(file).problems] == ["file-too-large"]


def test_a_child_that_dies_without_a_word_leaves_a_sentence(tmp_path, monkeypatch):
    deadly = tmp_path / "deadly"
    deadly.mkdir()
    (deadly / "sitecustomize.py").write_text(
        "import os, outside_in.journeys.inside as inside\ninside.work = lambda job: os._exit(7)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(deadly))
    file = tmp_path / "feedback.csv"
    file.write_text(GOOD)
    assert [one.code for one in journeys.read(file).problems] == ["file-damaged"]


def test_a_preview_shows_what_was_found_and_guessed(tmp_path):
    file = tmp_path / "x.csv"
    file.write_bytes("Kommentar;Sterne\nSchön;5\nMüde;1\nMüde;2\n".encode("cp1252"))
    seen = journeys.preview(file)
    assert (seen.encoding, seen.separator, seen.columns) == ("cp1252", ";", ("Kommentar", "Sterne"))
    assert seen.rows[0] == ("Schön", "5")
    assert seen.guesses["comment"].samples == ("Schön", "Müde")
    assert seen.score.scale == "stars"


def test_a_preview_without_a_comment_column_lets_people_choose(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("a,date\n1,2026-03-01\n")
    assert set(journeys.preview(file).guesses) == {"date"}


def test_a_remembered_mapping_that_fits_no_longer_is_guessed_anew(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text(GOOD)
    seen = journeys.preview(file, Mapping(columns={"segment": "gone"}))
    assert seen.guesses["comment"].column == "comment"


def test_a_preview_of_a_refused_file_is_an_error_for_people(tmp_path):
    file = tmp_path / "x.csv"
    file.write_bytes(b"")
    with pytest.raises(FileRefused) as refused:
        journeys.preview(file)
    assert refused.value.code == "file-empty"
    assert refused.value.line.values["file"] == "x.csv"


def test_the_same_header_has_the_same_fingerprint(tmp_path):
    prints = []
    for rows in ("x,1\n", "y,2\nz,3\n"):
        file = tmp_path / "x.csv"
        file.write_text("comment,score\n" + rows)
        prints.append(journeys.preview(file).fingerprint)
    assert prints[0] == prints[1]


def test_a_column_that_is_not_there_is_named(read_in_child):
    with pytest.raises(BadInput) as error:
        read_in_child(GOOD, mapping=Mapping(columns={"segment": "Segmnt"}))
    assert error.value.line.values == {"column": "Segmnt"}


def test_a_comment_column_that_is_not_there_refuses_the_file(read_in_child):
    reading = read_in_child(GOOD, mapping=Mapping(columns={"comment": "Text"}))
    assert [one.code for one in reading.problems] == ["file-no-comment-column"]


def test_a_mapping_is_read_from_json():
    mapping = journeys.mapping_from_json('{"columns": {"comment": "Q2"}, "score": {"scale": "ces"}}')
    assert (mapping.columns["comment"], mapping.score.scale) == ("Q2", "ces")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"columns": {"colour": "x"}}', '{"score": 3}'])
def test_a_mapping_that_says_nothing_we_know_is_refused(content):
    with pytest.raises(BadInput):
        journeys.mapping_from_json(content)


def test_every_preset_that_ships_can_be_read():
    yaml = pytest.importorskip("yaml")
    folder = Path(__file__).parents[2] / "workshop_content" / "presets"
    files = sorted(folder.glob("*.yml"))
    assert len(files) >= 4
    for file in files:
        preset = Preset.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
        assert preset.id == file.stem


def test_a_chosen_preset_needs_no_signature(read):
    preset = Preset(id="ours", title=Text.same("Ours"), signature=(("nowhere",),), columns={"comment": ("Q9",)})
    assert read("Q8,Q9\nan answer,yes\n", preset=preset).columns["comment"] == "Q9"


def test_importing_the_room_brings_no_heavy_guest():
    code = (
        "import sys, outside_in.journeys as j; j.read, j.report;"
        "print([m for m in ('pandas', 'numpy', 'openpyxl', 'pyarrow') if m in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=parent._environment(),
    )
    assert said.stdout.strip() == "[]"


PIECES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(
            ["comment", "score", "date", ";", ",", "\n", "\r\n", '"', "sep=", "\0", "3", "31.2.",
             "1e999", "ä", "=1+1", "\ufeff", "{", '{"comment": "a"}', "PK\x03\x04", "'"]
        ),
        max_size=40,
    ).map(lambda parts: "".join(parts).encode("utf-8")),
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=4).map(b"".join))
def test_whatever_the_bytes_are_the_outcome_is_explained(read, content):
    reading = read(content)
    assert reading.accepted or reading.problems
    assert bool(reading.rejected) == any(one.row is not None for one in reading.problems)
    assert json.loads(reading.model_dump_json())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 5_000), byte=st.integers(0, 255))
def test_a_workbook_with_any_byte_changed_is_read_or_refused(read, at, byte):
    changed = bytearray(BOOK)
    changed[at % len(BOOK)] = byte
    reading = read(bytes(changed))
    assert reading.accepted or reading.problems


def _book():
    import io

    from openpyxl import Workbook

    book = Workbook()
    for row in (["comment", "score"], ["words", 3], ["more words", 9]):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


BOOK = _book()
