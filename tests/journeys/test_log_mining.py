"""What a log tells, against logs small enough to count by hand, and against the truths planted in the samples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in import journeys
from outside_in.content.library import ROOT
from outside_in.domain.flow import SIMILAR, Expected, strays
from outside_in.journeys.logs.families import medoids, silhouette
from outside_in.journeys.logs.inside import work
from outside_in.journeys.logs.job import LogJob

PLAN = ("a", "b", "c")


@pytest.fixture(scope="module")
def lindhain():
    return journeys.read_log(ROOT / "sample" / "lindhain" / "events.csv").flow


@pytest.fixture(scope="module")
def kestrel():
    return journeys.read_log(ROOT / "sample" / "kestrel-row" / "events.csv").flow


@pytest.fixture
def flow(tmp_path):
    """Of cases written as words: a letter is an activity, one a day; without starting a child."""

    def flow(*words, plan=(), days=None):
        path = tmp_path / "log.csv"
        lines = ["case_id,activity,timestamp,actor,comment"]
        for case, word in enumerate(words):
            for at, letter in enumerate(word):
                day = days[case][at] if days else at
                lines.append(f"C{case},{letter},{np.datetime64('2026-01-01') + day},Customer,call 0151 23456789")
        path.write_text("\n".join(lines))
        found = dict(work(LogJob(path=str(path), file="log.csv", plan=plan, limit_bytes=10**9)))
        return found["log"].flow

    return flow


def test_by_hand(flow):
    told = flow("abc", "abc", "aabc", "abab")
    assert (told.cases, told.events, told.ways) == (4, 14, 2)
    assert [(one.path, one.cases, one.share) for one in told.variants] == [
        (("a", "b", "c"), 3, 0.75),
        (tuple("abab"), 1, 0.25),
    ]
    assert [(one.source, one.target, one.n) for one in told.follows] == [("a", "b", 5), ("b", "c", 3), ("b", "a", 1)]
    assert [(one.activity, one.cases, one.share) for one in told.loops] == [("a", 1, 0.25), ("b", 1, 0.25)]
    assert {one.name: one.n for one in told.activities} == {"a": 6, "b": 5, "c": 3}
    assert {one.name: one.median_wait_days for one in told.activities}["c"] == 1.0


def test_a_wait_counts_from_the_last_event_of_a_run(flow):
    told = flow("aab", days=[(0, 3, 5)])
    assert told.follows[0].median_wait_days == 2.0


def test_two_contacts_by_the_customer_within_a_fortnight_are_a_repeat(flow):
    told = flow("ab", "ab", "a", days=[(0, 14), (0, 15), (0,)])
    assert told.repeats == 1


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("abc", []),
        ("ac", [("missing", "b")]),
        ("abxc", [("extra", "x")]),
        ("abac", [("repeated", "a")]),
        ("acb", [("order", "b")]),
        ("", [("missing", "a"), ("missing", "b"), ("missing", "c")]),
    ],
)
def test_how_a_way_leaves_the_plan(way, expected):
    assert strays(way, PLAN) == expected


@given(st.permutations("abcdef"), st.lists(st.sampled_from("abcdefxyz"), max_size=12))
def test_a_way_leaves_no_plan_it_keeps(plan, way):
    assert strays(plan, plan) == []
    found = strays(way, plan)
    assert len(found) == len(set(found))
    assert {one.activity for one in found if one.kind == "missing"} == set(plan) - set(way)
    assert {one.activity for one in found if one.kind == "extra"} == set(way) - set(plan)


def test_only_cases_of_the_planned_process_are_compared_with_it_and_late_is_late(flow):
    plan = (Expected(activity="a"), Expected(activity="b", within_days=2), Expected(activity="c"))
    told = flow("abc", "abc", "xyz", plan=plan, days=[(0, 1, 2), (0, 3, 4), (0, 1, 2)])
    assert [(one.kind, one.activity, one.cases, one.of) for one in told.deviations] == [("late", "b", 1, 2)]


def test_families_are_found_and_a_case_stands_for_five_or_for_none(flow):
    told = flow(*["abc"] * 6, *["xyz"] * 4)
    assert [(one.kind, one.similar) for one in told.representatives if one.kind == "typical"] == [("typical", 6)]
    assert flow(*["abc"] * 4).representatives == ()


def test_a_real_case_tells_days_and_redacted_words_and_no_date(flow):
    (first, *_), *_ = (one.happenings for one in flow(*["abc"] * 10).representatives)
    assert first.day == 0.0
    assert "0151" not in first.words
    assert "2026" not in first.model_dump_json()


def test_one_case_of_a_hundred_thousand_events_and_a_cycle_of_a_thousand_steps(flow):
    told = flow("ab" * 1_000, *["abc"] * 5)
    assert told.loops[0].cases == 1
    assert all(len(one.happenings) <= 60 for one in told.representatives)


def test_one_activity_only_and_one_case_only_are_small_results(flow):
    assert flow("aaaa").variants[0].path == ("a",)
    assert flow("a").representatives == ()


@given(st.integers(1, 4), st.integers(5, 12), st.randoms(use_true_random=False))
def test_every_case_is_nearest_to_the_medoid_of_its_family_and_no_split_beats_a_clear_one(k, n, chance):
    spots = np.array([chance.random() for _ in range(n)])
    apart = np.abs(spots[:, None] - spots[None, :])
    middle = medoids(apart, k)
    assert len(set(middle.tolist())) <= k
    assert -1 <= silhouette(apart, middle) <= 1
    clear = np.abs(np.subtract.outer([0, 0.1, 9, 9.1], [0, 0.1, 9, 9.1]))
    assert silhouette(clear, medoids(clear, 2)) > 0.9


def test_the_loop_planted_in_a_third_of_the_moves_is_found(lindhain):
    loop = lindhain.loops[0]
    assert loop.activity in {"Zählerstand angefordert", "Zählerstand gemeldet"}
    assert 0.33 <= loop.cases / 150 <= 0.37
    assert (lindhain.cases, lindhain.events) == (250, 2611)


def test_both_processes_of_the_sample_are_families_with_a_case_that_stands_for_them(lindhain):
    typical = [one for one in lindhain.representatives if one.kind == "typical"]
    assert [(one.case[0], one.similar) for one in typical] == [("U", 150), ("Z", 100)]
    kinds = {one.kind: one for one in lindhain.representatives}
    assert kinds["bright"].days < typical[0].days < kinds["extreme"].days
    assert all(one.similar >= SIMILAR for one in lindhain.representatives)


def test_the_plan_without_the_loop_shows_the_loop_as_the_commonest_deviation(lindhain):
    worst = lindhain.deviations[0]
    assert (worst.kind, worst.cases, worst.of) == ("repeated", 53, 150)


def test_the_other_sample_has_its_claims_and_its_renewals(kestrel):
    assert kestrel.cases == 250
    assert {one.case[0] for one in kestrel.representatives if one.kind == "typical"} == {"C", "R"}


def test_turning_points_are_the_longest_waits_in_order(lindhain):
    case = lindhain.representatives[0]
    turns = case.turns(3)
    assert list(turns) == sorted(turns)
    assert all(turn >= 1 for turn in turns)
    waits = [b.day - a.day for a, b in zip(case.happenings, case.happenings[1:], strict=False)]
    assert min(waits[turn] for turn in turns) >= max(w for at, w in enumerate(waits) if at not in turns and at > 0)


def test_what_a_workshop_carries_tells_nothing_that_fewer_than_five_did(lindhain):
    carried = lindhain.trimmed()
    assert all(one.cases >= SIMILAR for one in (*carried.variants, *carried.loops, *carried.deviations))
    assert all(one.n >= SIMILAR for one in (*carried.follows, *carried.activities))
