"""The product's formulas against the reference vectors, and against documents that lie."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outside_in.house.verify import TOPICS, verify

REFERENCE = json.loads((Path(__file__).parent / "data" / "refcases.json").read_text(encoding="utf-8"))
MORE = json.loads((Path(__file__).parent / "data" / "morecases.json").read_text(encoding="utf-8"))
VECTORS = REFERENCE["vectors"]
EVERY = [*VECTORS, *MORE["vectors"]]
WILSON = {
    "id": "w",
    "topic": "wilson",
    "inputs": {"k": 78, "n": 100, "confidence": 0.95},
    "expected": {"ci": [0.689296, 0.849987]},
    "tolerance": {"default": 1e-6},
}

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def alone(**changes):
    (result,) = verify({"vectors": [{**WILSON, **changes}]})["results"]
    return result


def unknown(result):
    return result["ok"] is False and result["computed"] is None


def test_every_reference_vector_is_met():
    report = verify(REFERENCE)
    assert [result["id"] for result in report["results"] if not result["ok"]] == []
    assert (report["passed"], report["failed"], report["unknown"]) == (len(VECTORS), 0, 0)


def test_every_further_formula_meets_a_vector_computed_apart_from_it():
    report = verify(MORE)
    assert [result["id"] for result in report["results"] if not result["ok"]] == []


def test_results_keep_the_order_of_the_file_and_what_was_expected():
    report = verify({"vectors": VECTORS[::-1]})
    assert [result["id"] for result in report["results"]] == [vector["id"] for vector in VECTORS[::-1]]
    assert report["results"][0]["expected"] == VECTORS[-1]["expected"]
    assert set(report["results"][0]) == {"id", "topic", "ok", "computed", "expected"}


def test_no_formula_is_there_without_a_vector():
    assert set(TOPICS) == {vector["topic"] for vector in EVERY}


def spoilt(value):
    """The same shape, every number clearly off."""
    if isinstance(value, dict):
        return {key: spoilt(part) for key, part in value.items()}
    if isinstance(value, list):
        return [spoilt(part) for part in value]
    if isinstance(value, bool | str) or value is None:
        return "something else"
    return value + 1000


@pytest.mark.parametrize("vector", EVERY, ids=[vector["id"] for vector in EVERY])
def test_a_wrong_expectation_fails_in_every_single_value(vector):
    for key, value in vector["expected"].items():
        report = verify({"vectors": [{**vector, "expected": {**vector["expected"], key: spoilt(value)}}]})
        assert (report["passed"], report["failed"], report["unknown"]) == (0, 1, 0), key


@pytest.mark.parametrize("vector", EVERY, ids=[vector["id"] for vector in EVERY])
def test_a_missing_or_additional_input_makes_a_vector_unknown(vector):
    for key in vector["inputs"].keys() - {"confidence"}:  # 95 % is the rule of the house
        less = {name: value for name, value in vector["inputs"].items() if name != key}
        assert unknown(alone(**{**vector, "inputs": less})), key
    more = {**vector["inputs"], "weather": 1}
    if vector["topic"] != "confounding":
        assert unknown(alone(**{**vector, "inputs": more}))


@pytest.mark.parametrize("vector", EVERY, ids=[vector["id"] for vector in EVERY])
@pytest.mark.parametrize("value", ["7", {}, [], [[]], float("nan"), float("inf"), -1e308, 10**400])
def test_an_input_of_the_wrong_kind_is_never_a_traceback(vector, value):
    for key in vector["inputs"]:
        result = alone(**{**vector, "inputs": {**vector["inputs"], key: value}})
        assert result["ok"] is False
        json.dumps(result["computed"], allow_nan=False)


def test_words_are_not_taken_for_numbers():
    assert unknown(alone(inputs={"k": "78", "n": 100, "confidence": 0.95}))
    segments = {"loyal": {"margin": "140", "retention": 0.9}}
    inputs = {"segments": segments, "discount": 0.08, "variant": "retained", "years": None}
    assert unknown(alone(topic="clv_segments", inputs=inputs, expected={"loyal": 756}))


@pytest.mark.parametrize(
    "document", [{}, {"vectors": None}, {"vectors": {}}, {"vectors": "33"}, [], None, "vectors", 7]
)
def test_a_document_without_vectors_has_no_results(document):
    assert verify(document) == {"passed": 0, "failed": 0, "unknown": 0, "results": []}


@pytest.mark.parametrize("vector", [None, 3, "nps", [], {}, {"topic": "nps"}, {"id": "x", "topic": ["nps"]}])
def test_what_is_no_vector_is_unknown(vector):
    report = verify({"vectors": [vector]})
    assert (report["unknown"], report["passed"], report["failed"]) == (1, 0, 0)
    assert unknown(report["results"][0])


@pytest.mark.parametrize(
    "changes",
    [
        {"topic": "astrology"},
        {"expected": {}},
        {"expected": None},
        {"tolerance": {"default": "much"}},
        {"tolerance": {"default": float("inf")}},
        {"tolerance": {"default": -1}},
        {"tolerance": 5},
    ],
)
def test_a_vector_that_could_not_fail_is_unknown(changes):
    assert unknown(alone(**changes))


def test_an_expected_value_nobody_computes_is_a_failure():
    result = alone(expected={"ci": [0.689296, 0.849987], "mood": 1})
    assert result["ok"] is False
    assert result["computed"] is not None


def test_a_tolerance_belongs_to_its_key_at_any_depth():
    vector = copy.deepcopy(next(vector for vector in VECTORS if vector["id"] == "R1"))
    vector["expected"]["years"][0]["service"] += 5
    assert not alone(**vector)["ok"]
    assert alone(**{**vector, "tolerance": {**vector["tolerance"], "service": 5}})["ok"]
    assert not alone(**{**vector, "tolerance": {**vector["tolerance"], "years": 5}})["ok"]


def test_a_list_takes_the_tolerance_of_its_name():
    assert alone(expected={"ci": [0.7, 0.8]}, tolerance={"default": 0, "ci": 0.1})["ok"]


def test_a_shorter_list_does_not_match():
    assert not alone(expected={"ci": [0.689296]})["ok"]


def test_without_a_tolerance_only_rounding_is_forgiven():
    exact = verify({"vectors": [WILSON]})["results"][0]["computed"]
    assert alone(expected=exact, tolerance={})["ok"]
    assert not alone(tolerance={})["ok"]


def test_what_is_not_defined_is_null_and_not_unknown():
    result = alone(
        topic="prediction_gap",
        inputs={"truth": [1, 2, 3], "prediction": [2, 2, 2]},
        expected={"kendall_tau_b": None, "mae": 0.666667},
    )
    assert result["ok"]
    assert result["computed"]["kendall_tau_b"] is None


def test_a_switch_is_not_a_number():
    inputs = {"k": 6, "n": 8, "chance_level": 0.3, "confidence": 0.95}
    assert alone(topic="carrying_label", inputs=inputs, expected={"carrying": True})["ok"]
    assert not alone(topic="carrying_label", inputs=inputs, expected={"carrying": 1})["ok"]


@given(st.sampled_from(VECTORS), st.sampled_from(["topic", "inputs", "expected", "tolerance"]), junk)
@settings(max_examples=200)
def test_junk_anywhere_in_a_vector_is_a_report_and_never_a_pass(vector, part, rubbish):
    report = verify({"vectors": [{**vector, part: rubbish}]})
    assert report["failed"] + report["unknown"] + report["passed"] == 1
    if part == "inputs":
        assert report["passed"] == 0


def test_a_report_can_be_printed():
    assert json.loads(json.dumps(verify(REFERENCE), allow_nan=False))["passed"] == len(VECTORS)
