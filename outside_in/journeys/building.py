"""The journey in the feedback: which touchpoints there are, in which order, how each one does."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from statistics import median

from outside_in.domain.evidence import Evidence, Metric
from outside_in.domain.feedback import Placed, Quote, Verbatim
from outside_in.domain.journey import Journey, Touchpoint
from outside_in.domain.mapping import Planned
from outside_in.domain.measures import ANSWERS, bad, level, wilson
from outside_in.domain.text import Text
from outside_in.journeys.pains import trend, with_pains

FEWEST = 5
"""Below it nothing is told about a group of customers."""
ALIKE = 0.9
QUOTE_LETTERS = range(40, 281)
SEVERAL_STEPS = 5
"""Customers with two touchpoints or more, before their own order is believed."""


def journey(
    verbatims: Sequence[Verbatim],
    points: Sequence[Planned] = (),
    placed: Sequence[Placed] = (),
    name: Text | None = None,
    source: str = "",
) -> Journey:
    """Planned touchpoints keep their order; others follow in the order customers meet them."""
    names, planned = _Names(points), {point.id: point for point in points}
    groups: dict[str, list[Verbatim]] = {point.id: [] for point in points}
    for one in verbatims:
        if label := one.touchpoint.strip():
            groups.setdefault(names.id(label), []).append(one)
    themes = {one.row: one for one in placed}
    ids = [point.id for point in points] + _order(groups, {point.id for point in points})
    found = [_touchpoint(id, names, groups[id], themes, source, planned.get(id)) for id in ids]
    return Journey(
        name=name or Text(de="Kundenreise", en="Customer journey"),
        touchpoints=with_pains(found, groups),
        overall=evidence_of(verbatims, source),
        source=source,
    )


def theme_evidence(verbatims: Iterable[Verbatim], rows: Collection[int], source: str = "") -> Evidence | None:
    """The level of the comments in these rows; None where fewer than five carry a score."""
    wanted = set(rows)
    return evidence_of([one for one in verbatims if one.row in wanted], source)


def evidence_of(verbatims: Sequence[Verbatim], source: str = "") -> Evidence | None:
    """Of the metric most answers carry: two scales have no common mean."""
    metric, scores = _scores(verbatims)
    if metric is None or len(scores) < FEWEST:
        return None
    found = level(metric, scores)
    more = {"period": period(verbatims), "source": source}
    return found.model_copy(update=more) if found else None


def period(verbatims: Sequence[Verbatim]) -> str:
    """From the first to the last day, as ISO dates; empty where no row carries one."""
    days = [one.date for one in verbatims if one.date]
    if not days:
        return ""
    first, last = min(days), max(days)
    return f"{first}" if first == last else f"{first} – {last}"


class _Names:
    """Knows a touchpoint by its id, its names and its labels, and by nearly those."""

    def __init__(self, points: Sequence[Planned]) -> None:
        self._known: dict[str, str] = {}
        self._labels: dict[str, Counter[str]] = defaultdict(Counter)
        self._planned = {point.id: point.name for point in points}
        self._found: dict[str, str] = {}
        for point in points:
            for label in (point.id, point.name.de, point.name.en, *point.labels):
                self._known.setdefault(_plain(label), point.id)

    def id(self, label: str) -> str:
        if label not in self._found:
            self._found[label] = self._look_up(label)
        id = self._found[label]
        self._labels[id][label] += 1
        return id

    def labels(self, id: str) -> dict[str, int]:
        return {label: n for label, n in self._labels[id].most_common() if n >= FEWEST}

    def name(self, id: str) -> Text:
        """As planned, else the way it is written most often."""
        return self._planned.get(id) or Text.same(self._labels[id].most_common(1)[0][0])

    def _look_up(self, label: str) -> str:
        plain = _plain(label)
        if plain not in self._known:
            self._known[plain] = self._nearly(plain) or self._fresh(plain)
        return self._known[plain]

    def _nearly(self, plain: str) -> str | None:
        best: tuple[float, str | None] = (ALIKE, None)
        for known, id in self._known.items():
            match = SequenceMatcher(None, plain, known, autojunk=False)
            if match.quick_ratio() >= best[0] and match.ratio() >= best[0]:
                best = (match.ratio(), id)
        return best[1]

    def _fresh(self, plain: str) -> str:
        base = re.sub(r"[^a-z0-9]+", "-", _ascii(plain)).strip("-") or "touchpoint"
        taken = set(self._known.values()) | set(self._planned)
        numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
        return next(one for one in numbered if one not in taken)


def _plain(label: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", label.casefold()))


def _ascii(plain: str) -> str:
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, letters)
    return plain


def _order(groups: dict[str, list[Verbatim]], planned: set[str]) -> list[str]:
    """Unplanned touchpoints by their usual place in a customer's own sequence."""
    ids = [id for id in groups if id not in planned]
    places = _usual_places(groups)
    if not all(id in places for id in ids):
        return ids
    return sorted(ids, key=lambda id: places[id])


def _usual_places(groups: dict[str, list[Verbatim]]) -> dict[str, float]:
    """Median place, 0…1; empty where too few customers met more than one touchpoint."""
    steps: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for id, verbatims in groups.items():
        for one in verbatims:
            if one.customer_id and one.date:
                steps[one.customer_id].append((one.date, id))
    ways = [sorted(way) for way in steps.values() if len({id for _, id in way}) > 1]
    if len(ways) < SEVERAL_STEPS:
        return {}
    places: dict[str, list[float]] = defaultdict(list)
    for way in ways:
        for at, (_, id) in enumerate(way):
            places[id].append(at / (len(way) - 1))
    return {id: median(found) for id, found in places.items()}


def _touchpoint(
    id: str, names: _Names, verbatims: list[Verbatim], themes: dict[int, Placed], source: str, plan: Planned | None
) -> Touchpoint:
    """What is measured wins over what a team assumes; the assumption stays beside it in the plan."""
    evidence = evidence_of(verbatims, source)
    metric, scores = _scores(verbatims)
    share, low, high = _negative(metric, scores)
    return Touchpoint(
        id=id,
        name=names.name(id),
        n=len(verbatims),
        evidence=evidence,
        emotion=_emotion(evidence) if evidence else (plan.assumed if plan else None),
        negative=share,
        negative_low=low,
        negative_high=high,
        themes=_mix(verbatims, themes),
        quotes=quotes(verbatims, themes) if len(verbatims) >= FEWEST else (),
        owner=", ".join(plan.accountable) if plan else "",
        plan=plan,
        labels=names.labels(id),
        trend=trend(verbatims, metric),
    )


def _scores(verbatims: Sequence[Verbatim]) -> tuple[Metric | None, list[float]]:
    by_metric: dict[Metric, list[float]] = defaultdict(list)
    for one in verbatims:
        if one.metric and one.score is not None:
            by_metric[one.metric].append(one.score)
    if not by_metric:
        return None, []
    metric = max(by_metric, key=lambda metric: len(by_metric[metric]))
    return metric, by_metric[metric]


def _emotion(evidence: Evidence) -> float:
    """The level stretched over its own axis, so that the curve never smiles where the figure is bad."""
    low, high = evidence.scale
    return round(4 * (evidence.value - low) / (high - low) - 2, 2)


def _negative(metric: Metric | None, scores: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    if metric is None or len(scores) < FEWEST:
        return None, None, None
    unhappy = sum(bad(metric, score) for score in scores)
    bounds = wilson(unhappy, len(scores))
    return unhappy / len(scores), bounds.low, bounds.high


def _mix(verbatims: Sequence[Verbatim], themes: dict[int, Placed]) -> dict[str, int]:
    found = (themes[one.row].theme for one in verbatims if one.row in themes)
    counts = Counter(theme for theme in found if theme is not None)
    return {theme: n for theme, n in counts.most_common() if n >= FEWEST}


def quotes(verbatims: Sequence[Verbatim], themes: dict[int, Placed]) -> tuple[Quote, ...]:
    """One typical, one extreme, one positive, each of another customer."""
    fit = [one for one in verbatims if len(one.text) in QUOTE_LETTERS]
    scored = [one for one in fit if one.metric and one.score is not None]
    kinds = (
        ("typical", _typical(fit, themes)),
        ("extreme", sorted((one for one in scored if _unhappy(one)), key=_by_score)),
        ("positive", sorted((one for one in scored if _happy(one)), key=_by_score, reverse=True)),
    )
    chosen: list[Quote] = []
    heard: set[str] = set()
    for kind, candidates in kinds:
        for one in candidates:
            if not heard & _same_person(one):
                heard |= _same_person(one)
                chosen.append(_quote(one, kind))
                break
    return tuple(chosen)


def _typical(fit: Sequence[Verbatim], themes: dict[int, Placed]) -> list[Verbatim]:
    """From the commonest theme, surest first; without themes, nearest to the middle score."""
    common = Counter(themes[one.row].theme for one in fit if one.row in themes)
    common.pop(None, None)
    if common:
        theme = common.most_common(1)[0][0]
        inside = [one for one in fit if one.row in themes and themes[one.row].theme == theme]
        return sorted(inside, key=lambda one: (one.doubtful, -themes[one.row].confidence))
    scores = [one.score for one in fit if one.score is not None]
    middle = median(scores) if scores else 0
    return sorted(fit, key=lambda one: (one.doubtful, abs((one.score or middle) - middle)))


def _by_score(one: Verbatim) -> tuple[float, int]:
    return one.score or 0, -one.row


def _unhappy(one: Verbatim) -> bool:
    return one.metric is not None and one.score is not None and bad(one.metric, one.score)


def _happy(one: Verbatim) -> bool:
    """In the top fifth of the scale."""
    if one.metric is None or one.score is None:
        return False
    low, high = ANSWERS[one.metric]
    return one.score >= high - 0.2 * (high - low)


def _same_person(one: Verbatim) -> set[str]:
    """Nobody speaks twice, and no sentence does either."""
    return {f"row {one.row}", f"said {_plain(one.text)}"} | (
        {f"customer {one.customer_id}"} if one.customer_id else set()
    )


def _quote(one: Verbatim, kind: str) -> Quote:
    return Quote.model_validate(
        {
            "row": one.row,
            "text": one.text,
            "kind": kind,
            "score": one.score,
            "touchpoint": one.touchpoint,
            "date": one.date,
        }
    )
