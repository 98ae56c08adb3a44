"""The second fictional company shows what was planted in it, in two languages, and its log tells the same."""

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

from tests.content.test_lindhain import distinct_pairs, lower, nps, words

FOLDER = Path(__file__).parents[2] / "workshop_content" / "sample" / "kestrel-row"
CHECKED = ["Portal", "Mid-term change"]
"""Touchpoints at which customers have to prove who they are."""
LOYAL = 8
PERSONAL = {
    "phone": r"\b0\d{2,4} \d{4,}",
    "iban": r"\b(?:DE|IE)\d{2}(?: \w{4}){4} \d{2}\b",
    "email": r"\S+@\S+",
    "plate": r"\b[A-Z]{2}\d{2} [A-Z]{3}\b",
    "birthdate": r"\b\d{2}\.\d{2}\.\d{4}\b",
    "address": r"\b\d+ [A-Z]\w+ Terrace\b",
    "reference": r"\b(?:CL-|KR )\d{7,}",
    "name": r"\b(?:Bramblewick|Marchbanks|Thistlewood)\b",
}


def read(name):
    return pd.read_csv(FOLDER / name, keep_default_na=False, na_values={"score_ces": "", "premium_change_pct": ""})


@pytest.fixture(scope="module")
def rows():
    table = read("feedback.csv").merge(read("planted_themes.csv"), on="feedback_id", validate="1:1")
    table["again"] = table.repeat_contact_14d == "yes"
    table["churned"] = table.churned_12m == "yes"
    table["detractor"] = table.score_nps <= 6
    return table


@pytest.fixture(scope="module")
def texts(rows):
    return rows[~rows.special.isin(["empty", "short"])]


@pytest.fixture(scope="module")
def dearer(rows):
    """Renewals whose premium rose by three per cent and more."""
    return rows[rows.premium_change_pct >= 3].assign(explained=lambda now: (now.letter_explains == "yes").astype(int))


@pytest.fixture(scope="module")
def cases():
    events = read("events.csv").sort_values(["case_id", "timestamp"], kind="stable")
    return events.groupby("case_id").activity.agg(list)


@pytest.fixture(scope="module")
def claims(cases):
    return cases[cases.index.str.startswith("C-")]


def at(rows, *touchpoints):
    return rows[rows.touchpoint.isin(touchpoints)]


def per_cent(rows, *others):
    """Points of score per per cent of premium, the others held fixed, and its standard error (least squares)."""
    columns = np.column_stack([rows.premium_change_pct, *others, np.ones(len(rows))]).astype(float)
    slopes, squares, *_ = np.linalg.lstsq(columns, rows.score_nps, rcond=None)
    noise = squares[0] / (len(rows) - columns.shape[1])
    return slopes[0], np.sqrt(noise * np.linalg.inv(columns.T @ columns)[0, 0])


# ------------------------------------------------------------------------------ planted truths


def test_claim_handling_has_the_worst_score_and_the_most_detractors(rows):
    scores = rows.groupby("touchpoint").score_nps
    assert scores.apply(nps).idxmin() == scores.mean().idxmin() == "Claim handling"
    assert rows.groupby("touchpoint").detractor.sum().idxmax() == "Claim handling"


def test_what_people_write_about_claim_handling_is_silence(rows):
    spoken = at(rows, "Claim handling").planted_theme.replace("", np.nan).dropna()
    assert spoken.value_counts().idxmax() == "silence"
    assert (spoken == "silence").mean() > 0.5


def test_silence_makes_customers_ask_again_two_to_four_times_as_often(rows):
    silent = rows.touchpoint == "Claim handling"
    assert 2 <= rows[silent].again.mean() / rows[~silent].again.mean() <= 4


def test_a_dearer_renewal_without_a_reason_scores_lower(dearer):
    assert lower(dearer[dearer.explained == 0].score_nps, dearer[dearer.explained == 1].score_nps)


def test_the_price_seems_to_drive_the_score_until_the_reason_is_known(dearer):
    naive, error = per_cent(dearer)
    assert naive < -1.96 * error
    held, error = per_cent(dearer, dearer.explained)
    assert abs(held) < 1.0 * error
    assert abs(held) < abs(naive) / 3


def test_an_explained_rise_scores_no_lower_than_no_rise(rows, dearer):
    calm = rows[rows.premium_change_pct < 3]
    assert not lower(dearer[dearer.explained == 1].score_nps, calm.score_nps)


def test_more_customers_write_about_the_missing_reason_than_about_the_price(rows):
    themes = at(rows, "Renewal").planted_theme.value_counts()
    assert themes["increase_unexplained"] > 3 * themes["price"]


def test_reporting_a_claim_is_the_bright_spot(rows):
    scores = rows.groupby("touchpoint").score_nps
    assert scores.apply(nps).idxmax() == scores.mean().idxmax() == "Claim report"


def test_loyal_customers_score_lower_where_they_have_to_prove_who_they_are(rows):
    checked = at(rows, *CHECKED)
    loyal = checked.tenure_years >= LOYAL
    assert lower(checked[loyal].score_nps, checked[~loyal].score_nps)
    assert (checked.planted_theme == "reverification").sum() > 30
    assert set(rows[rows.planted_theme == "reverification"].touchpoint) == set(CHECKED)
    assert rows[rows.planted_theme == "reverification"].tenure_years.min() >= LOYAL


def test_loyal_customers_score_no_lower_anywhere_else(rows):
    elsewhere = rows[~rows.touchpoint.isin(CHECKED)]
    loyal = elsewhere.tenure_years >= LOYAL
    assert elsewhere[loyal].score_nps.mean() > elsewhere[~loyal].score_nps.mean()


def test_buying_by_app_or_web_takes_the_least_effort(rows):
    bought = at(rows, "Purchase")
    digital = bought.channel.isin(["app", "web"])
    effort = bought.score_ces
    assert lower(effort[~digital].dropna(), effort[digital].dropna())
    assert effort[digital].mean() > rows[rows.touchpoint != "Purchase"].groupby("touchpoint").score_ces.mean().max()
    assert bought[digital].again.mean() < rows.groupby("touchpoint").again.mean().min()


def test_detractors_leave_more_often_beyond_chance(rows):
    table = pd.crosstab(rows.detractor, rows.churned)
    assert stats.fisher_exact(table, alternative="greater").pvalue < 0.05


# ------------------------------------------------------------------------------ the figures


def test_six_hundred_rows_cover_one_year_of_nine_touchpoints_and_three_segments(rows):
    assert len(rows) == rows.feedback_id.nunique() == rows.customer_id.nunique() == 600
    assert rows.touchpoint.nunique() == 9
    assert set(rows.segment) == {"Motor", "Home", "Small business"}
    assert "2025-10-01" <= rows.date.min() <= rows.date.max() <= "2026-09-30"


def test_a_quarter_is_german_and_scores_like_the_rest(rows):
    german = rows.language == "de"
    assert german.mean() == pytest.approx(0.25, abs=0.01)
    assert rows.groupby("touchpoint").language.nunique().eq(2).all()
    assert stats.ttest_ind(rows[german].score_nps, rows[~german].score_nps).pvalue > 0.2


def test_scores_and_shares_are_those_the_readme_tells(rows):
    assert rows.score_nps.between(0, 10).all()
    assert nps(rows.score_nps) == pytest.approx(-10.17, abs=0.01)
    assert rows.churned.mean() == pytest.approx(0.1017, abs=1e-4)
    assert rows.again.mean() == pytest.approx(0.1733, abs=1e-4)
    assert rows.revenue_eur.mean() == pytest.approx(620, abs=10)


def test_only_renewals_have_a_premium_that_changes(rows):
    renewal = rows.touchpoint == "Renewal"
    assert (rows.premium_change_pct.notna() == renewal).all()
    assert ((rows.letter_explains != "") == renewal).all()


# ------------------------------------------------------------------------------ the comments


def test_the_special_comments_are_as_many_as_planned(rows):
    expected = {"empty": 24, "short": 24, "off_topic": 24, "pii": 18, "contradiction": 18, "near_duplicate": 12}
    assert rows.special[rows.special != ""].value_counts().to_dict() == expected


def test_negative_mixed_and_positive_comments_are_mixed_as_planned(rows):
    shares = rows.polarity.value_counts(normalize=True)
    assert shares["negative"] == pytest.approx(0.45, abs=0.04)
    assert shares["mixed"] == pytest.approx(0.20, abs=0.04)
    assert shares["positive"] == pytest.approx(0.35, abs=0.04)


def test_comments_have_five_to_sixty_words_and_only_the_short_ones_fewer(rows, texts):
    assert texts.comment.str.split().str.len().between(5, 60).all()
    assert rows[rows.special == "short"].comment.str.split().str.len().between(1, 2).all()
    assert (rows[rows.special == "empty"].comment == "").all()


def test_no_two_comments_are_the_same_or_nearly_unless_planted(texts):
    assert texts.comment.is_unique
    assert [pair for pair in distinct_pairs(texts) if pair[2] >= 0.5] == []


def test_planted_duplicates_are_close_to_their_originals(rows, texts):
    comments = texts.set_index("feedback_id").comment
    for copy in rows[rows.special == "near_duplicate"].itertuples():
        pair = [comments[copy.feedback_id], comments[copy.duplicate_of]]
        vectors = TfidfVectorizer(analyzer="char", ngram_range=(3, 5)).fit_transform(pair)
        assert (vectors[0] @ vectors[1].T).toarray()[0, 0] > 0.6, copy.feedback_id


def test_comments_begin_and_end_differently(texts):
    said = [words(text) for text in texts.comment]
    assert len({tuple(text[:3]) for text in said}) >= 0.95 * len(said)
    assert max(Counter(tuple(text[-3:]) for text in said).values()) <= 0.01 * len(said)


@pytest.mark.parametrize(("language", "share"), [("en", 0.22), ("de", 0.40)])
def test_the_vocabulary_keeps_growing_in_both_languages(texts, language, share):
    spoken = [word for text in texts[texts.language == language].comment for word in words(text)]
    assert len(set(spoken)) > share * len(spoken)


def test_strings_that_look_personal_stand_in_the_planted_rows_and_nowhere_else(texts):
    for kind, pattern in PERSONAL.items():
        found = texts[texts.comment.str.contains(pattern)]
        assert set(found.special) == {"pii"}, kind
        assert set(texts[texts.pii_kind == kind].feedback_id) <= set(found.feedback_id), kind


# ------------------------------------------------------------------------------ cases and journey


def test_there_are_150_claims_and_100_renewals(cases):
    assert Counter(case[0] for case in cases.index) == {"C": 150, "R": 100}


def test_in_two_of_five_claims_the_customer_asks_for_news_and_is_told_to_wait(claims):
    chased = claims[claims.map(lambda path: "Customer asked for news" in path)]
    assert len(chased) / len(claims) == pytest.approx(0.40, abs=0.01)
    for path in chased:
        after = [later for now, later in pairwise(path) if now == "Customer asked for news"]
        assert set(after) == {"Told to wait"}


def test_before_customers_ask_they_have_heard_nothing_for_nine_days_and_more():
    events = read("events.csv").sort_values(["case_id", "timestamp"], kind="stable")
    events["waited"] = pd.to_datetime(events.timestamp).groupby(events.case_id).diff().dt.days
    asked = events[events.activity == "Customer asked for news"]
    assert asked.groupby("case_id").waited.first().min() >= 8


def test_where_somebody_wrote_unasked_nobody_had_to_ask(claims):
    told = claims[claims.map(lambda path: "Progress note sent" in path)]
    assert len(told) == 48
    assert not told.map(lambda path: "Customer asked for news" in path).any()


def test_only_the_news_and_the_documents_come_round_again(cases):
    again = {name for path in cases for name, n in Counter(path).items() if n > 1}
    assert again == {"Customer asked for news", "Told to wait", "Documents requested", "Documents received"}
    assert not any(one == other for path in cases for one, other in pairwise(path))


def test_a_letter_without_reasons_makes_customers_ask_why(cases):
    renewals = cases[cases.index.str.startswith("R-")]
    asked = renewals.map(lambda path: "Customer asked why" in path)
    explained = renewals.map(lambda path: "Letter with reasons sent" in path)
    assert asked[~explained].mean() > 5 * asked[explained].mean()


def test_the_planned_journey_has_a_place_for_every_touchpoint_and_activity(rows, cases):
    journey = yaml.safe_load((FOLDER / "journey.yml").read_text(encoding="utf-8"))
    labels = Counter(label for place in journey["touchpoints"] for label in place["labels"])
    assert set(labels.values()) == {1}
    assert set(rows.touchpoint) | {name for path in cases for name in path} <= set(labels)
    assert len({place["id"] for place in journey["touchpoints"]}) == rows.touchpoint.nunique()


def test_every_text_of_the_sample_speaks_both_languages():
    for name in ("journey.yml", "sample.yml"):
        said = re.findall(r"\{de: \"(.+?)\", en: \"(.+?)\"\}", (FOLDER / name).read_text(encoding="utf-8"))
        assert len(said) > 15
        assert all(de.strip() and en.strip() for de, en in said)
