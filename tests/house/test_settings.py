from pathlib import Path

import pytest
from pydantic import ValidationError

from outside_in.house.settings import Settings, default_data


def test_without_anything_said_the_defaults_hold():
    settings = Settings.of({})
    assert settings.data == default_data()
    assert settings.address == "http://127.0.0.1:8501/"
    assert (settings.browser, settings.lan, settings.demo) == (True, False, True)
    assert settings.database == f"sqlite:///{default_data() / 'outside-in.sqlite3'}"


def test_the_environment_wins_over_defaults(tmp_path):
    settings = Settings.of({"OUTSIDE_IN_DATA": str(tmp_path), "OUTSIDE_IN_PORT": "9000", "OUTSIDE_IN_BROWSER": "0"})
    assert (settings.data, settings.port, settings.browser) == (tmp_path, 9000, False)


def test_arguments_win_over_the_environment(tmp_path):
    env = {"OUTSIDE_IN_DATA": "/elsewhere", "OUTSIDE_IN_PORT": "9000", "OUTSIDE_IN_DATABASE": "sqlite:///a"}
    settings = Settings.of(env, data=tmp_path, port=9001, database="sqlite:///b")
    assert (settings.data, settings.port, settings.database) == (tmp_path, 9001, "sqlite:///b")


def test_an_argument_that_was_not_given_does_not_count():
    assert Settings.of({"OUTSIDE_IN_PORT": "9000"}, port=None).port == 9000


def test_the_database_lies_in_the_data_folder_unless_it_is_named(tmp_path):
    assert Settings.of({}, data=tmp_path).database == f"sqlite:///{tmp_path / 'outside-in.sqlite3'}"


def test_a_relative_folder_is_the_same_folder_for_a_child_process():
    assert Settings.of({}, data="here").data == Path.cwd() / "here"


def test_a_child_process_stands_in_the_same_house(tmp_path):
    ours = Settings.of({}, data=tmp_path, port=9001, lan=True)
    theirs = Settings.of(ours.environ())
    assert (theirs.data, theirs.database, theirs.port, theirs.lan) == (ours.data, ours.database, 9001, True)


def test_further_names_of_the_house_are_separated_by_commas():
    assert Settings.of({"OUTSIDE_IN_HOSTS": "cx.example,cx.intern"}).hosts == ("cx.example", "cx.intern")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_the_address_is_one_that_can_be_typed(host):
    assert Settings.of({}, host=host).address == "http://127.0.0.1:8501/"


def test_what_is_no_port_is_refused():
    with pytest.raises(ValidationError):
        Settings.of({"OUTSIDE_IN_PORT": "eighty"})
