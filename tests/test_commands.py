"""The command line as people and scripts use it: every command a process of its own, on data of its own."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from outside_in.content import Speaker
from outside_in.domain.errors import UnknownCode
from outside_in.house import LETTERS
from tests.web.servers import Server, free_port

ROOT = Path(__file__).parents[1]
VECTORS = ROOT / "tests" / "data" / "refcases.json"
SAY = {language: Speaker(language) for language in ("de", "en")}
COMMANDS = (
    "demo",
    "simulate",
    "import",
    "themes",
    "verify",
    "export",
    "bundle-import",
    "backup",
    "restore",
    "account",
    "erase",
    "privacy",
    "doctor",
)
LINES = [
    f"Anruf {n}: Die Rechnung war für Mai falsch, bitte an anna.meier@example.org;{n % 11};0{n % 9 + 1}.03.2026"
    for n in range(40)
]
EXCEL = "sep=;\r\n" + "Bemerkung;NPS;Datum\r\n" + "\r\n".join([*LINES, "Noch ein Satz;elf;01.03.2026"]) + "\r\n"


class Told:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def document(self):
        """The one JSON document that stdout holds; anything else there is an error."""
        return json.loads(self.out)

    @property
    def sentence(self):
        """The one sentence on stderr."""
        assert "Traceback" not in self.err
        (only,) = self.err.strip().splitlines()
        return only


def run(*words, data=None, given=None, **environ):
    known = {name: value for name, value in os.environ.items() if not name.startswith("OUTSIDE_IN_")}
    place = {"OUTSIDE_IN_DATA": str(data)} if data else {}
    done = subprocess.run(
        [sys.executable, "-m", "outside_in", *map(str, words)],
        cwd=ROOT,
        env={**known, **place, "LANG": "C.UTF-8", "PYTHONUTF8": "1", **environ},
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return Told(done)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def made(data):
    told = run("demo", "--open", "--json", data=data)
    assert told.code == 0, told.err
    return told.document


@pytest.fixture(scope="module")
def held(data, made):
    """A session in which eight simulated leaders have answered."""
    assert run("simulate", made["code"], "--phones", 8, "--seed", 1, data=data).code == 0
    return made


@pytest.fixture
def excel(tmp_path):
    """As German Excel writes it."""
    file = tmp_path / "Befragung.csv"
    file.write_bytes(EXCEL.encode("cp1252"))
    return file


# all of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    told = run(command, "--help")
    assert told.code == 0
    assert told.out.startswith("usage:")


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("simulate",),
        ("export", "AAAA-BBBB"),
        ("demo", "--phones", "x"),
        ("erase",),
        ("--lang", "fr", "doctor"),
        ("account", "burn"),
    ],
)
def test_wrong_usage_ends_with_2_and_touches_nothing(words, tmp_path):
    told = run(*words, data=tmp_path)
    assert told.code == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("simulate", "ZZZZ-ZZZZ"), "unknown-code"),
        (("export", "ZZZZZZZZ", "--to", "{tmp}"), "unknown-code"),
        (("bundle-import", VECTORS), "bundle"),
        (("bundle-import", "{tmp}/nothing.zip"), None),
        (("restore", VECTORS, "--force"), "backup-damaged"),
        (("erase", "--workshop", "ZZZZZZZZ"), "unknown"),
        (("erase", "--participant", "nobody"), "unknown"),
        (("account", "reset-password", "nobody", "--password", "a long enough password"), "unknown"),
        (("account", "add", "ada", "--password", "short"), None),
        (("account", "link", "nobody"), "unknown"),
        (("themes", "{tmp}/nothing.csv", "--out", "{tmp}/out.json"), None),
        (("import", VECTORS, "--preset", "unheard-of"), "unknown"),
    ],
    ids=lambda value: value[0] + " " + Path(str(value[1])).name if isinstance(value, tuple) else "",
)
def test_a_failure_is_one_sentence_and_with_json_one_document(words, code, data, made, tmp_path):
    words = [str(word).replace("{tmp}", str(tmp_path)) for word in words]
    told = run(*words, "--json", data=data)
    assert told.code == 1
    error = told.document["error"]
    assert error["message"] == told.sentence
    assert code in (None, error["code"])


def test_sentences_come_in_the_language_that_was_asked_for(data, made):
    german, english = (
        run("simulate", "ZZZZ-ZZZZ", "--lang", language, data=data).sentence for language in ("de", "en")
    )
    assert german == SAY["de"](UnknownCode(name="ZZZZ-ZZZZ").line)
    assert english == SAY["en"](UnknownCode(name="ZZZZ-ZZZZ").line)


def test_a_traceback_is_shown_to_whoever_asks_for_it(data, made, tmp_path):
    told = run("bundle-import", tmp_path / "nothing.zip", "--debug", data=data)
    assert told.code == 1
    assert "Traceback" in told.err


def test_options_count_before_and_after_the_command(tmp_path):
    before = run("--json", "--data", tmp_path / "a", "--lang", "de", "account", "list")
    after = run("account", "list", "--json", "--data", tmp_path / "a", "--lang", "de")
    assert before.document == after.document
    later = run("--data", tmp_path / "a", "account", "list", "--json", "--data", tmp_path / "b")
    assert later.code == 0
    assert (tmp_path / "b" / "outside-in.sqlite3").exists()


def test_an_argument_wins_over_the_variable(tmp_path):
    run("account", "list", "--data", tmp_path / "argument", data=tmp_path / "variable")
    assert (tmp_path / "argument" / "outside-in.sqlite3").exists()
    assert not (tmp_path / "variable").exists()


# one by one --------------------------------------------------------------------------------


def test_demo_tells_absolute_addresses_of_a_session_that_is_open_for_joining(made):
    assert re.fullmatch(f"[{LETTERS}]{{8}}", made["code"])
    assert set(made) == {"workshop", "code", "join_url", "stage_url", "facilitator_url", "practice_url"}
    assert all(made[name].startswith("http://127.0.0.1:8501/") for name in made if name.endswith("_url"))


def test_demo_believes_the_address_it_is_given(data):
    told = run("demo", "--json", "--url", "https://cx.example.org/", data=data)
    assert told.document["join_url"] == f"https://cx.example.org/j/{told.document['code']}"


def test_simulate_notes_every_acknowledged_answer_once(data, made, tmp_path):
    journal = tmp_path / "journal.jsonl"
    for phones in (3, 2):
        told = run("simulate", made["code"], "--phones", phones, "--journal", journal, "--json", data=data)
        assert told.document["phones"] == phones
        assert told.document["answers"] >= phones
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    assert len({line["receipt"] for line in lines}) == 5
    assert all(set(line) == {"step", "receipt"} for line in lines)
    stored = internal(data, made["code"], tmp_path)["receipts.jsonl"].decode().splitlines()
    assert {line["receipt"] for line in lines} <= {json.loads(line)["receipt"] for line in stored}


def test_simulate_where_nothing_is_open_opens_nothing(data):
    code = run("demo", "--json", data=data).document["code"]
    told = run("simulate", code, "--json", data=data)
    assert (told.code, told.document["error"]["code"]) == (1, "not-open")


def test_simulated_answers_are_cleared(data, tmp_path):
    code = run("demo", "--open", "--json", data=data).document["code"]
    run("simulate", code, "--phones", 6, data=data)
    assert run("simulate", code, "--clear", data=data).code == 0
    assert not internal(data, code, tmp_path)["answers.jsonl"]


def test_a_german_excel_file_is_judged_and_nothing_is_stored(excel, tmp_path):
    told = run("import", excel, "--dry-run", "--preview", 2, "--json", data=tmp_path / "data")
    report = told.document
    assert told.code == 0
    assert (report["encoding"], report["separator"]) == ("cp1252", ";")
    assert (report["accepted"], report["rejected"]) == (40, 1)
    assert report["columns"] == {"comment": "Bemerkung", "score": "NPS", "date": "Datum"}
    assert report["redacted"]["email"] == 40
    assert [(error["row"], error["column"], error["code"]) for error in report["errors"]] == [
        (42, "NPS", "value-number")
    ]
    assert [line["row"] for line in report["preview"]] == [2, 3]
    assert "anna.meier" not in told.out
    assert not (tmp_path / "data").exists()


def test_a_file_that_cannot_be_used_is_a_report_too(tmp_path):
    file = tmp_path / "leer.csv"
    file.write_bytes(b"")
    told = run("import", file, "--dry-run", "--json", "--lang", "de", data=tmp_path)
    assert told.code == 1
    assert [error["code"] for error in told.document["errors"]] == ["file-empty"]
    assert told.sentence == told.document["errors"][0]["message"]


def test_a_file_is_stored_in_a_workshop_of_its_own_or_in_a_known_one(excel, tmp_path):
    first = run("import", excel, "--json", data=tmp_path / "data").document
    again = run("import", excel, "--workshop", first["workshop"], "--json", data=tmp_path / "data").document
    assert again["workshop"] == first["workshop"]
    assert again["accepted"] == 40


def test_themes_are_found_without_a_database_and_always_the_same(tmp_path):
    sample = ROOT / "workshop_content" / "sample" / "lindhain" / "feedback.csv"
    for name in ("one.json", "two.json"):
        told = run("themes", sample, "--themes", 8, "--out", tmp_path / name, "--json", data=tmp_path / "data")
        assert told.code == 0, told.err
    found = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert found["format"] == "outside-in/themes/1"
    assert len({comment["row"] for comment in found["comments"]}) == len(found["comments"]) == found["rows"]
    assert told.document["themes"] == len([theme for theme in found["themes"] if theme["parent"] is None])
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert not (tmp_path / "data").exists()


def test_verify_computes_every_known_vector_in_the_file_s_order():
    told = run("verify", VECTORS, "--json")
    report, written = told.document, json.loads(VECTORS.read_text("utf-8"))
    vectors = written["vectors"]
    assert report["failed"] == 0
    assert [result["id"] for result in report["results"]] == [vector["id"] for vector in vectors]
    assert report["passed"] + report["unknown"] == len(vectors)
    assert told.code == (1 if report["unknown"] else 0)


def test_no_vectors_are_no_success(tmp_path):
    (tmp_path / "none.json").write_text(json.dumps({**json.loads(VECTORS.read_text("utf-8")), "vectors": []}))
    assert run("verify", tmp_path / "none.json", "--json").code == 1


def test_export_writes_what_it_says_it_wrote(data, held, tmp_path):
    told = run("export", f"{held['code'][:4]}-{held['code'][4:]}", "--to", tmp_path / "out", "--json", data=data)
    files = told.document["files"]
    assert told.code == 0, told.err
    assert {file["format"] for file in files} == {"pptx", "xlsx", "pdf", "docx", "ics", "csv", "json"}
    for file in files:
        assert Path(file["path"]).is_absolute()
        assert Path(file["path"]).stat().st_size == file["bytes"] > 0


@pytest.mark.parametrize("audience", ["board", "participants"])
def test_single_answers_are_for_internal_eyes(data, held, tmp_path, audience):
    assert not {"answers.jsonl", "receipts.jsonl", "comments.jsonl"} & set(
        bundle(data, held["code"], tmp_path, audience)
    )
    assert internal(data, held["code"], tmp_path / "i")["answers.jsonl"]


def test_an_unknown_format_is_refused(data, held, tmp_path):
    told = run("export", held["code"], "--to", tmp_path, "--formats", "pptx,gif", "--json", data=data)
    assert told.code == 1
    assert "gif" in told.sentence


def test_a_bundle_opens_in_another_house(data, held, tmp_path):
    internal(data, held["code"], tmp_path)
    (file,) = tmp_path.glob("*.zip")
    opened = run("bundle-import", file, "--json", data=tmp_path / "other").document
    assert opened == {"workshop": held["workshop"], "codes": [held["code"]]}
    twice = run("bundle-import", file, "--json", data=tmp_path / "other").document
    assert twice["codes"] != opened["codes"]


def test_a_restored_backup_exports_as_on_the_day_it_was_made(data, held, tmp_path):
    made = run("backup", tmp_path / "backups", "--json", data=data).document
    assert Path(made["file"]).stat().st_size == made["bytes"]
    before = internal(data, held["code"], tmp_path / "before")
    other = tmp_path / "other"
    assert run("restore", made["file"], "--json", data=other).code == 0
    after = internal(other, held["code"], tmp_path / "after")
    assert {name: sorted(after[name].splitlines()) for name in after if name != "manifest.json"} == {
        name: sorted(before[name].splitlines()) for name in before if name != "manifest.json"
    }


def test_a_restore_replaces_data_only_by_force(data, held, tmp_path):
    made = run("backup", tmp_path, "--json", data=data).document
    refused = run("restore", made["file"], "--json", data=data)
    assert (refused.code, refused.document["error"]["code"]) == (1, "data-there")
    assert run("restore", made["file"], "--force", data=data).code == 0
    assert internal(data, held["code"], tmp_path / "after")["receipts.jsonl"]


def test_accounts_are_added_listed_and_let_in_by_a_link(tmp_path):
    assert run("account", "add", "ada", data=tmp_path, given="a long enough password\n").code == 0
    logins = [account["login"] for account in run("account", "list", "--json", data=tmp_path).document["accounts"]]
    assert "ada" in logins
    link = run("account", "link", "ada", "--json", data=tmp_path).document["url"]
    assert re.fullmatch(r"http://127\.0\.0\.1:8501/enter/[\w-]{43}", link)


def test_erasing_prints_a_certificate(tmp_path):
    made = run("demo", "--json", data=tmp_path).document
    certificate = run("erase", "--workshop", made["workshop"], "--json", data=tmp_path).document
    assert certificate["format"] == "outside-in/erased/1"
    assert f"session {made['code']}" in certificate["erased"]
    assert run("simulate", made["code"], data=tmp_path).code == 1


def test_data_sheet_and_record_are_written_from_the_settings(tmp_path):
    told = run("privacy", "--to", tmp_path / "papers", "--json", data=tmp_path / "data")
    assert [path.name for path in sorted((tmp_path / "papers").iterdir())] == ["data-sheet.pdf", "record.pdf"]
    assert all(one["bytes"] > 5000 for one in told.document["files"])


def test_doctor_finds_all_well(data, made):
    told = run("doctor", "--json", data=data)
    assert told.document["ok"], [check for check in told.document["checks"] if check["status"] == "fail"]
    assert {"settings", "database", "migrations", "content", "disk"} <= {
        check["id"] for check in told.document["checks"]
    }
    assert told.code == 0


def test_doctor_names_a_damaged_database_and_leaves_it_as_it_is(data, made, tmp_path):
    for file in data.glob("outside-in.sqlite3*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    broken = tmp_path / "outside-in.sqlite3"
    content = bytearray(broken.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\xff" * 4096 * 37
    broken.write_bytes(content)
    told = run("doctor", "--json", data=tmp_path)
    assert told.code == 1
    assert told.sentence
    assert broken.read_bytes() == bytes(content)


# the server --------------------------------------------------------------------------------


def test_commands_work_beside_a_running_server_and_know_its_address(tmp_path):
    port = free_port()
    server = Server(tmp_path, "outside_in", "--no-browser", "--port", str(port), port=port)
    try:
        server.ready()
        code = re.search(rf"\b([{LETTERS}]{{4}}-[{LETTERS}]{{4}})\b", server.said)[1]
        assert re.search(rf"http://127\.0\.0\.1:{port}/setup\S+", server.said)
        made = run("demo", "--open", "--json", data=tmp_path / "data").document
        assert made["join_url"] == f"http://127.0.0.1:{port}/j/{made['code']}"
        assert run("simulate", made["code"], "--phones", 5, data=tmp_path / "data").code == 0
        assert run("doctor", "--json", data=tmp_path / "data").code == 0
        assert {server.ask(f"/j/{one}").status for one in (code, made["code"])} == {200}
        assert set(json.loads(server.ask("/health").read())) == {"status", "version", "database", "revision"}
        exit_code, seconds = server.stop(signal.SIGTERM)
    finally:
        server.close()
    assert exit_code == 0
    assert seconds < 5


def internal(data, code, to):
    return bundle(data, code, to, "internal")


def bundle(data, code, to, audience):
    told = run("export", code, "--to", to, "--formats", "json", "--audience", audience, "--json", data=data)
    assert told.code == 0, told.err
    (file,) = told.document["files"]
    with zipfile.ZipFile(io.BytesIO(Path(file["path"]).read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
