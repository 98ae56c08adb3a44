"""The fictional sample company shows what was planted in it, and its comments read as written."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy import stats
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

FOLDER = Path(__file__).parents[2] / "workshop_content" / "sample" / "lindhain"
BILLING_CHANGE = "2026-05-01"
BILLS, CONTACTS = ["Rechnung", "Abschlag"], ["Umzug", "Rechnung"]
PERSONAL = {
    "phone": r"\b0\d{2,4} \d{3,}",
    "iban": r"\bDE\d{2}(?: \d{4}){4} \d{2}\b",
    "email": r"\S+@\S+",
    "plate": r"\b[A-Z]{1,3}-[A-Z]{1,2} \d{1,4}\b",
    "birthdate": r"\b\d{2}\.\d{2}\.\d{4}\b",
    "address": r"\b\d+[a-z]?, \d{5} [A-Z]",
    "reference": r"(?i)\b(?:kunden|vertrags)nummer [A-Z]?[-\d ]{8,}",
    "name": r"\b(?:Wiesengrund|Kleebusch|Stadelhuber)\b",
}


def read(name):
    return pd.read_csv(FOLDER / name, keep_default_na=False)


@pytest.fixture(scope="module")
def rows():
    table = read("feedback.csv").merge(read("planted_themes.csv"), on="feedback_id", validate="1:1")
    table["churned"] = (table.churned_12m == "yes").astype(int)
    table["again"] = table.repeat_contact_14d == "yes"
    table["detractor"] = table.score_nps <= 6
    return table


@pytest.fixture(scope="module")
def texts(rows):
    return rows[~rows.special.isin(["empty", "short"])]


@pytest.fixture(scope="module")
def cases():
    events = read("events.csv").sort_values(["case_id", "timestamp"], kind="stable")
    return events.groupby("case_id").activity.agg(list)


def nps(scores):
    return 100 * ((scores >= 9).mean() - (scores <= 6).mean())


def lower(first, second):
    """Is the first mean lower than the second, beyond chance (Welch)?"""
    test = stats.ttest_ind(first, second, equal_var=False)
    return test.statistic < 0 and test.pvalue < 0.05


def score_coefficient(rows, *confounders):
    columns = np.column_stack([rows.score_nps, *confounders])
    fit = LogisticRegression(C=1e9, max_iter=1000).fit(columns, rows.churned)
    return fit.coef_[0][0]


def words(text):
    return re.findall(r"\w+", text.lower())


def distinct_pairs(texts):
    """Names of two comments and how alike they are, planted duplicates left out."""
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(3, 5)).fit_transform(texts.comment)
    alike = (vectors @ vectors.T).tocoo()
    ids = texts.feedback_id.to_numpy()
    original = dict(zip(texts.feedback_id, texts.duplicate_of, strict=True))
    for one, other, value in zip(ids[alike.row], ids[alike.col], alike.data, strict=True):
        if one < other and original[one] != other and original[other] != one:
            yield one, other, value


# ------------------------------------------------------------------------------ planted truths


def test_moving_home_has_the_worst_score_of_all_touchpoints(rows):
    scores = rows.groupby("touchpoint").score_nps
    assert scores.apply(nps).idxmin() == scores.mean().idxmin() == "Umzug"


def test_most_detractors_come_from_the_bill_although_its_score_is_not_the_worst(rows):
    detractors = rows.groupby("touchpoint").detractor.sum().sort_values()
    assert list(detractors.index[-2:]) == ["Umzug", "Rechnung"]
    assert detractors.iloc[-1] > detractors.iloc[-2]


def test_the_meter_exchange_is_the_bright_spot(rows):
    scores = rows.groupby("touchpoint").score_nps
    assert scores.apply(nps).idxmax() == scores.mean().idxmax() == "Zählertausch"


def test_bills_and_instalments_score_lower_since_the_new_billing_system(rows):
    bills = rows[rows.touchpoint.isin(BILLS)]
    after = bills.date >= BILLING_CHANGE
    assert lower(bills[after].score_nps, bills[~after].score_nps)


def test_no_other_touchpoint_breaks_with_the_new_billing_system(rows):
    others = rows[~rows.touchpoint.isin(BILLS)]
    after = others.date >= BILLING_CHANGE
    assert not lower(others[after].score_nps, others[~after].score_nps)


def test_moves_and_bills_cause_two_to_four_times_the_repeat_contacts(rows):
    costly = rows.touchpoint.isin(CONTACTS)
    assert 2 <= rows[costly].again.mean() / rows[~costly].again.mean() <= 4


def test_detractors_leave_more_often_beyond_chance(rows):
    leave, stay = rows[rows.detractor].churned, rows[~rows.detractor].churned
    difference = leave.mean() - stay.mean()
    error = np.sqrt(leave.var(ddof=0) / len(leave) + stay.var(ddof=0) / len(stay))
    assert difference > 1.96 * error


def test_part_of_what_the_score_seems_to_do_to_churn_is_tenure(rows):
    naive = score_coefficient(rows)
    adjusted = score_coefficient(rows, rows.tenure_years.clip(upper=8))
    assert naive < adjusted < 0
    assert 0.75 < adjusted / naive < 0.95


def test_customers_with_solar_or_heat_pump_score_lower(rows):
    solar = rows.segment == "PV/Wärmepumpe"
    assert lower(rows[solar].score_nps, rows[~solar].score_nps)


# ------------------------------------------------------------------------------ the figures


def test_six_hundred_rows_cover_one_year_of_eight_touchpoints_and_three_segments(rows):
    assert len(rows) == rows.feedback_id.nunique() == rows.customer_id.nunique() == 600
    assert rows.touchpoint.nunique() == 8
    assert set(rows.segment) == {"Haushalt", "Gewerbe", "PV/Wärmepumpe"}
    assert rows.date.min() >= "2025-10-01"
    assert rows.date.max() <= "2026-09-30"


def test_scores_and_shares_are_those_the_readme_tells(rows):
    assert rows.score_nps.between(0, 10).all()
    assert nps(rows.score_nps) == pytest.approx(-4.5, abs=0.01)
    assert rows.churned.mean() == pytest.approx(0.1317, abs=1e-4)
    assert rows.again.mean() == pytest.approx(0.2767, abs=1e-4)


# ------------------------------------------------------------------------------ the comments


def test_the_special_comments_are_as_many_as_planned(rows):
    expected = {
        "empty": 24,
        "short": 24,
        "off_topic": 24,
        "pii": 18,
        "contradiction": 18,
        "near_duplicate": 12,
    }
    assert rows.special[rows.special != ""].value_counts().to_dict() == expected


def test_negative_mixed_and_positive_comments_are_mixed_as_planned(rows):
    shares = rows.polarity.value_counts(normalize=True)
    assert shares["negative"] == pytest.approx(0.45, abs=0.04)
    assert shares["mixed"] == pytest.approx(0.20, abs=0.04)
    assert shares["positive"] == pytest.approx(0.35, abs=0.04)


def test_comments_have_at_most_sixty_words_and_only_the_short_ones_fewer_than_four(rows, texts):
    assert texts.comment.str.split().str.len().between(4, 60).all()
    assert rows[rows.special == "short"].comment.str.split().str.len().between(1, 2).all()
    assert (rows[rows.special == "empty"].comment == "").all()


def test_no_comment_appears_twice(texts):
    assert texts.comment.is_unique


def test_no_two_comments_are_nearly_the_same_unless_planted(texts):
    assert [pair for pair in distinct_pairs(texts) if pair[2] >= 0.6] == []


def test_planted_duplicates_are_close_to_their_originals_and_not_equal(rows, texts):
    comments = texts.set_index("feedback_id").comment
    copies = rows[rows.special == "near_duplicate"]
    pairs = [[comments[copy.feedback_id], comments[copy.duplicate_of]] for copy in copies.itertuples()]
    vectors = [TfidfVectorizer(analyzer="char", ngram_range=(3, 5)).fit_transform(p) for p in pairs]
    assert min((v[0] @ v[1].T).toarray()[0, 0] for v in vectors) > 0.6


def test_comments_begin_differently(texts):
    beginnings = {tuple(words(text)[:3]) for text in texts.comment}
    assert len(beginnings) >= 0.85 * len(texts)


def test_comments_end_differently(texts):
    endings = Counter(tuple(words(text)[-3:]) for text in texts.comment)
    assert max(endings.values()) <= 0.02 * len(texts)


def test_the_vocabulary_keeps_growing(texts):
    spoken = [word for text in texts.comment for word in words(text)]
    assert len(set(spoken)) > 0.22 * len(spoken)


def test_strings_that_look_personal_stand_in_the_planted_rows_and_nowhere_else(texts):
    for kind, pattern in PERSONAL.items():
        found = texts[texts.comment.str.contains(pattern)]
        assert set(found.special) == {"pii"}, kind
        assert set(texts[texts.pii_kind == kind].feedback_id) <= set(found.feedback_id), kind


# ------------------------------------------------------------------------------ cases and journey


def test_there_are_150_moves_and_100_meter_exchanges_of_9_to_12_events(cases):
    assert Counter(case[0] for case in cases.index) == {"U": 150, "Z": 100}
    assert cases.map(len).between(9, 12).all()


def test_in_a_third_of_the_moves_the_reading_is_asked_for_again_and_nowhere_else(cases):
    loops = cases[cases.map(lambda path: len(set(path)) < len(path))]
    assert len(loops) / 150 == pytest.approx(0.35, abs=0.01)
    assert all(case.startswith("U-") for case in loops.index)
    again = [name for path in loops for name, n in Counter(path).items() if n > 1]
    assert set(again) == {"Zählerstand angefordert", "Zählerstand gemeldet"}


def test_no_case_repeats_an_activity_at_once(cases):
    assert not any(one == other for path in cases for one, other in pairwise(path))


def test_the_planned_journey_has_a_place_for_every_touchpoint_and_activity(rows, cases):
    journey = yaml.safe_load((FOLDER / "journey.yml").read_text(encoding="utf-8"))
    labels = Counter(label for place in journey["touchpoints"] for label in place["labels"])
    assert set(labels.values()) == {1}
    assert set(rows.touchpoint) | {name for path in cases for name in path} <= set(labels)


def test_the_planned_journey_speaks_both_languages(rows):
    journey = yaml.safe_load((FOLDER / "journey.yml").read_text(encoding="utf-8"))
    texts = [journey["name"], *(p[key] for p in journey["touchpoints"] for key in ("name", "phase"))]
    assert all(text["de"] and text["en"] for text in texts)
    assert len({place["id"] for place in journey["touchpoints"]}) == rows.touchpoint.nunique()
