import contextlib
import datetime as dt
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in.exports import SCHEMA, BundleRefused, read_bundle
from outside_in.exports.bundle import MANIFEST, bundle
from tests.exports.samples import MADE, outcome

PARTS = {"session.json": b'{"code": "ABCDEFGH"}' * 20, "workshop.json": b"{}"}
DATA = bundle(outcome(), PARTS, MADE, "0.1.0").data


def zipped(members, mode=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", mode) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def rewritten(change):
    with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop(MANIFEST))
    change(manifest, members)
    return zipped([(MANIFEST, json.dumps(manifest)), *members.items()])


def refusal(data, german):
    with pytest.raises(BundleRefused) as refused:
        read_bundle(data)
    return german(refused.value.line)


def test_what_goes_in_comes_out():
    manifest, parts = read_bundle(DATA)
    assert {name: parts[name] for name in PARTS} == PARTS
    assert (manifest["format"], manifest["schema"], manifest["app"]) == (
        "outside-in/workshop",
        SCHEMA,
        "0.1.0",
    )


def test_the_same_state_differs_only_in_when_it_was_written():
    later = bundle(outcome(), PARTS, MADE + dt.timedelta(days=1), "0.1.0").data
    assert bundle(outcome(), PARTS, MADE, "0.1.0").data == DATA
    assert read_bundle(later)[1] == read_bundle(DATA)[1]


def test_a_newer_schema_is_refused_naming_both(german):
    said = refusal(rewritten(lambda manifest, _: manifest.update(schema=7)), german)
    assert "7" in said
    assert str(SCHEMA) in said


def test_a_changed_part_is_refused_by_name(german):
    changed = rewritten(lambda _, members: members.update({"session.json": b"{}"}))
    assert "session.json" in refusal(changed, german)


def test_a_missing_part_is_refused_by_name(german):
    assert "session.json" in refusal(rewritten(lambda _, members: members.pop("session.json")), german)


def test_a_foreign_part_is_refused_by_name(german):
    foreign = rewritten(lambda _, members: members.update({"extra.json": b"{}"}))
    assert "extra.json" in refusal(foreign, german)


@given(st.binary(max_size=2000))
def test_any_bytes_are_refused_kindly(data):
    with pytest.raises(BundleRefused):
        read_bundle(data)


@given(st.integers(0, len(DATA) - 1), st.integers(0, 255))
def test_a_flipped_byte_never_changes_the_content(place, value):
    damaged = bytearray(DATA)
    damaged[place] = value
    with contextlib.suppress(BundleRefused):
        assert read_bundle(bytes(damaged))[1] == read_bundle(DATA)[1]


@pytest.mark.parametrize(
    "members",
    [
        [("../../etc/x.json", b"1")],
        [("/etc/x.json", b"1")],
        [("..\\x.json", b"1")],
        [("manifest.json", b"{}"), ("bomb.json", b"0" * (40 << 20))],
        [("manifest.json", b"[" * 100_000)],
        [("manifest.json", b"[]")],
        [("manifest.json", b'{"format": "outside-in/workshop", "schema": "x", "files": {}}')],
        [
            ("manifest.json", b'{"format": "outside-in/workshop", "schema": 1, "files": {"a.json": 3}}'),
            ("a.json", b"1"),
        ],
        [],
    ],
    ids=["parent", "absolute", "windows", "bomb", "deep json", "a list", "words", "no promise", "empty"],
)
def test_hostile_archives_are_refused(members):
    with pytest.raises(BundleRefused):
        read_bundle(zipped(members))


def test_a_truncated_bundle_is_refused():
    with pytest.raises(BundleRefused):
        read_bundle(DATA[:-20])
