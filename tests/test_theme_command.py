"""`python -m outside_in themes`: hostile piles, parts, and a cluster, as somebody at a terminal meets them."""

import csv
import json
import sys

import pandas as pd
import pytest

from outside_in.__main__ import main
from outside_in.themes import cluster
from outside_in.themes.study import NO_MODEL, NO_WORDS, SHORTENED, TOO_FEW

TONGUES = (
    "Le service est lent", "El servicio es lento", "Il servizio è lento", "O serviço é lento", "De service is traag",
    "Usługa jest wolna", "Hizmet yavaş", "サービスが遅いです", "Служба медленная", "Der Service ist langsam",
)  # fmt: skip
PLAIN = [f"{what} {when}" for what in ("Die Rechnung war falsch", "Die Hotline war belegt") for when in range(20)]


@pytest.fixture
def find(tmp_path, capsys, monkeypatch):
    """What the file `themes` was told came to: exit code, document, what stood on screen, what went wrong."""
    monkeypatch.setenv("OUTSIDE_IN_DATA", str(tmp_path / "data"))

    def found(where, *more):
        out = tmp_path / "themes.json"
        out.unlink(missing_ok=True)
        code = main(["themes", str(where), "--lang", "en", "--out", str(out), *more])
        told = capsys.readouterr()
        document = json.loads(out.read_text("utf-8")) if out.exists() else None
        assert "Traceback" not in told.err
        return code, document, told.out, told.err.strip()

    return found


def written(file, texts):
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["Comment"], *([text] for text in texts)])
    return file


@pytest.mark.parametrize(
    ("texts", "themes", "rows", "said"),
    [
        (["The bill was wrong", "Too expensive", "Nobody answers"], 1, 3, TOO_FEW),
        (["Nobody answers the phone at weekends."] * 10_000, 1, 10_000, ""),
        (["😀👍"] * 40, 0, 40, NO_WORDS),
        ([f"{words} {n}" for words in TONGUES for n in range(4)], None, 40, ""),
        (["Die Rechnung ist falsch. " * 700, *PLAIN], None, 41, SHORTENED),
        ([f"{name}@example.org" for name in "abcdefghijklmnopqrstuvwxyz"] * 2, 0, 52, NO_WORDS),
    ],
    ids=["three", "one text 10,000 times", "only emoji", "ten languages", "long", "nothing but addresses"],
)
def test_a_hostile_pile_ends_small(find, tmp_path, texts, themes, rows, said):
    code, document, out, err = find(written(tmp_path / "pile.csv", texts))
    assert (code, err) == (0, "")
    assert sorted(one["row"] for one in document["comments"]) == list(range(2, rows + 2))
    tops = [theme for theme in document["themes"] if theme["parent"] is None]
    assert themes is None or len(tops) == themes
    assert said in out
    assert "example.org" not in json.dumps(document)


def test_a_comment_of_five_megabytes_is_rejected_by_name_and_the_others_are_read(find, tmp_path):
    code, document, _, _ = find(written(tmp_path / "pile.csv", [*PLAIN, "falsch " * 750_000]))
    assert (code, len(document["comments"])) == (0, 40)
    code, document, _, err = find(written(tmp_path / "alone.csv", ["falsch " * 750_000]))
    assert (code, document) == (1, None)
    assert len(err.splitlines()) == 1
    assert "alone.csv" in err
    assert "Row 2" in err


def test_parts_in_a_folder_are_one_sheet_counted_on(find, tmp_path):
    whole = written(tmp_path / "whole.csv", PLAIN)
    (tmp_path / "parts").mkdir()
    for start in range(0, 40, 4):
        pd.DataFrame({"Comment": PLAIN[start : start + 4]}).to_parquet(tmp_path / "parts" / f"part.{start}.parquet")
    (tmp_path / "parts" / "_SUCCESS.csv").write_text("")
    one, parts, glob = (find(where)[1] for where in (whole, tmp_path / "parts", tmp_path / "parts" / "*.parquet"))
    assert one == parts == glob


def test_a_cluster_at_an_address_finds_what_one_process_finds(find, tmp_path):
    (tmp_path / "parts").mkdir()
    for start in range(0, 40, 10):
        written(tmp_path / "parts" / f"part.{start}.csv", PLAIN[start : start + 10])
    here = find(tmp_path / "parts")
    with cluster() as hands:
        there = find(tmp_path / "parts", "--engine", "dask", "--scheduler", hands.address)
    assert here == there
    assert here[0] == 0


def test_without_dask_one_sentence_says_how_to_get_it(find, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, document, _, err = find(written(tmp_path / "pile.csv", PLAIN), "--engine", "dask")
    assert (code, document) == (1, None)
    assert err.startswith("Dask is not installed here")


@pytest.mark.parametrize("where", ["nowhere.csv", "empty"])
def test_nothing_to_read_is_one_sentence(find, tmp_path, where):
    (tmp_path / "empty").mkdir()
    code, document, _, err = find(tmp_path / where)
    assert (code, document) == (1, None)
    assert len(err.splitlines()) == 1
    assert where in err


def test_a_part_that_cannot_be_read_is_named(find, tmp_path):
    (tmp_path / "parts").mkdir()
    written(tmp_path / "parts" / "part.1.csv", PLAIN)
    (tmp_path / "parts" / "part.2.parquet").write_bytes(b"PAR1 and nothing else")
    code, document, _, err = find(tmp_path / "parts")
    assert (code, document) == (1, None)
    assert "part.2.parquet" in err


def test_a_missing_model_is_said_and_the_built_in_one_takes_over(find, tmp_path):
    where = written(tmp_path / "pile.csv", PLAIN)
    code, document, out, _ = find(where, "--encoder", "sentence-transformers", "--model", "/nowhere/a-model")
    assert (code, document["encoder"]) == (0, "builtin")
    assert NO_MODEL in out
    _, _, out, _ = find(where, "--encoder", "sentence-transformers", "--model", "/nowhere/a-model", "--json")
    assert json.loads(out)["note"] == NO_MODEL


@pytest.mark.parametrize("wrong", [["--themes", "many"], ["--themes", "0"], ["--engine", "other"]])
def test_wrong_usage_ends_with_two(find, tmp_path, wrong):
    with pytest.raises(SystemExit) as ended:
        find(tmp_path, *wrong)
    assert ended.value.code == 2
