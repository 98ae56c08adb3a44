"""Pictures with lines: two orders of the same themes, and the way of customers through a company."""

from collections.abc import Sequence
from itertools import pairwise

import altair as alt

from outside_in.charts.labels import distinct, wrapped
from outside_in.charts.look import Look
from outside_in.charts.parts import (
    LINES,
    SIGNED,
    Chart,
    Rows,
    Style,
    axis,
    by_kind,
    data,
    finished,
    only,
    tips,
    words,
)
from outside_in.domain.blocks import Curve, Slope
from outside_in.domain.text import Figure, Say, line


def slope(block: Slope, say: Say, look: Look) -> Chart:
    """Our order left, the customers' right; the line that moves most stands out by colour and width."""
    sides = tuple(wrapped(say(side), 14) for side in ("Our order", "Customers' order"))
    rows = _sided(block, sides, say, look)
    top = axis(look, orient="top", labelAngle=0, labelExpr=LINES, labelLimit=300)
    x = alt.X("side:N", sort=None, axis=top, scale=_apart(look))
    places = alt.Scale(domain=[0.5, len(block.rows) + 0.5], reverse=True, nice=False, zero=False)
    base = data(rows).encode(x=x, y=alt.Y("y:Q", scale=places, axis=None), detail="label:N")
    base = base.encode(tooltip=tips(say, name=line("Theme"), told=line("Place"), size=line("Comments")))
    far, near = (only(base, "far", said) for said in ("yes", "no"))
    drawn = [*_strand(near, look.inside, 2, look), *_strand(far, look.outside, 5, look)]
    left, right = (only(base, "side", side) for side in sides)
    ours = words(left, "told", look, look.assumed, align="right", dx=-look.font)
    theirs = words(right, "name", look, look.assumed, align="left", dx=look.font, baseline="middle")
    ours = ours.encode(y=alt.Y("beside:Q", scale=places, axis=None))
    return finished([*drawn, *_bands(block, sides[1], x, places, look), ours, theirs], look, _height(block, look))


def _height(block: Slope, look: Look) -> float:
    return max(look.tall * 0.8, len(block.rows) * look.row * 0.9)


def spaced(places: Sequence[float], gap: float) -> list[float]:
    """
    Every place moved as little as possible (least squares) until all lie at least `gap` apart.

    Words too close to stand beside their own dots share the middle of them.
    """
    ordered = sorted(range(len(places)), key=lambda i: places[i])
    pools: list[tuple[float, int]] = []
    for nth, i in enumerate(ordered):
        level, size = places[i] - nth * gap, 1
        while pools and pools[-1][0] > level:
            before, many = pools.pop()
            level, size = (before * many + level * size) / (many + size), many + size
        pools.append((level, size))
    levels = [level for level, size in pools for _ in range(size)]
    found = dict(zip(ordered, (level + nth * gap for nth, level in enumerate(levels)), strict=True))
    return [found[i] for i in range(len(places))]


def _bands(block: Slope, side: str, x: alt.X, places: alt.Scale, look: Look) -> list[Chart]:
    """Places that the customers' data cannot tell apart lie on one band."""
    rows: Rows = [{"side": side, "y": first - 0.35, "end": last + 0.35} for first, last in block.bands()]
    if not rows:
        return []
    mark = data(rows).mark_rule(strokeWidth=look.font * 1.6, opacity=0.22, color=look.outside)
    return [mark.encode(x=x, y=alt.Y("y:Q", scale=places, axis=None), y2="end:Q")]


def _apart(look: Look) -> alt.Scale:
    """Room for the names on the right."""
    return alt.Scale(align=0.15, padding=1) if look.narrow else alt.Scale(align=0.25, padding=0.6)


def _strand(base: alt.Chart, colour: str, width: float, look: Look) -> list[alt.Chart]:
    dots = base.mark_point(filled=True, size=look.mark, opacity=1, color=colour)
    return [base.mark_line(strokeWidth=width, color=colour), dots]


def _sided(block: Slope, sides: tuple[str, ...], say: Say, look: Look) -> Rows:
    most = max(abs(row.inside - row.outside) for row in block.rows)
    labels = distinct([wrapped(say(row.label), 20 if look.narrow else 30) for row in block.rows])
    line_height = look.font * 1.25 * len(block.rows) / min(_height(block, look), look.most)
    beside = spaced([row.inside for row in block.rows], line_height)
    rows: Rows = []
    for label, row, place in zip(labels, block.rows, beside, strict=True):
        far = "yes" if abs(row.inside - row.outside) == most else "no"
        about: Style = {
            "label": label,
            "far": far,
            "size": say.value(row.size),
            "name": f"{row.outside}  {label}",
        }
        ours = say.value(Figure(value=row.inside, digits=1))
        rows.append({**about, "side": sides[0], "y": row.inside, "beside": place, "told": ours})
        rows.append({**about, "side": sides[1], "y": row.outside, "beside": row.outside, "told": str(row.outside)})
    return rows


def curve(block: Curve, say: Say, look: Look) -> Chart:
    """
    On a phone the journey runs down the screen, elsewhere across it.

    Between two measured points the line is solid. Where something in between is only assumed it is
    dashed; an assumed point without a height of its own waits on the neutral line.
    """
    kinds = say("measured"), say("assumed")
    width, lines = (16, 2) if look.narrow else (look.share(len(block.points)), 3)
    labels = distinct([wrapped(say(point.label), width, lines) for point in block.points])
    rows = [_point(label, point, kinds, say) for label, point in zip(labels, block.points, strict=True)]
    for i, row in enumerate(rows):
        beside = [*rows[max(0, i - 1) : i], *rows[i + 1 : i + 2]]
        row["side"] = "below" if all(row["y"] < one["y"] for one in beside) else "above"
    at = _plane(labels, say, look)
    shown = tips(say, kind=line("Evidence"), told=line("Customers"), n=line("Customers asked"))
    base = data(rows).encode(**at, tooltip=shown)
    marks = by_kind("kind", kinds, (look.outside, look.assumed), ("circle", "diamond"))
    dots = base.mark_point(filled=True, size=look.mark, opacity=1).encode(**marks)
    path = [_path(pieces(block, labels), dashed, at, look) for dashed in ("yes", "no")]
    height = len(labels) * look.row if look.narrow else look.tall
    return finished([*path, *_team(block, labels, at, say, look), dots, *_said(base, look)], look, height)


def _team(block: Curve, labels: list[str], at: Style, say: Say, look: Look) -> list[alt.Chart]:
    """What the team assumes, dashed and hollow, beside what customers say."""
    rows: Rows = [
        {"label": label, "y": point.team, "told": say("Team assumption"), "at": i}
        for i, (label, point) in enumerate(zip(labels, block.points, strict=True))
        if point.team is not None
    ]
    if not rows:
        return []
    base = data(rows).encode(**at, tooltip=tips(say, told=line("Evidence")))
    dashed = base.mark_line(strokeDash=[4, 4], strokeWidth=look.font / 6, color=look.inside).encode(order="at:Q")
    hollow = base.mark_point(shape="diamond", size=look.mark, filled=False, color=look.inside)
    last = data(rows[-1:]).encode(**at)
    return [dashed, hollow, words(last, "told", look, look.inside, dy=look.font * 1.3)]


def _said(base: alt.Chart, look: Look) -> list[alt.Chart]:
    """Beside the path, where the line does not run."""
    if look.narrow:
        return [words(base, "told", look, look.assumed, align="left", dx=look.font)]
    gap = look.font * 1.2
    return [
        words(only(base, "side", side), "told", look, look.assumed, dy=dy)
        for side, dy in (("above", -gap), ("below", gap))
    ]


def _point(label: str, point: Curve.Point, kinds: tuple[str, str], say: Say) -> Style:
    kind = kinds[point.provenance == "assumed"]
    told = kind
    if known := point.evidence:
        told = say.value(known.figure(known.value))
    return {"label": label, "y": point.emotion or 0, "kind": kind, "told": told, "n": say.value(point.n)}


def _plane(labels: list[str], say: Say, look: Look) -> Style:
    ticks: Style = {"values": [-2, -1, 0, 1, 2], "format": "d", "labelExpr": SIGNED}
    feeling = axis(look, grid=True, title=say("Emotion, −2 to +2"), **ticks)
    limit = 150 if look.narrow else look.font * 14
    path = axis(look, labelExpr=LINES, labelAngle=0, labelLimit=limit, labelPadding=look.font * 0.6)
    across, down = (alt.Y, alt.X) if not look.narrow else (alt.X, alt.Y)
    height = across("y:Q", scale=alt.Scale(domain=[-2.3, 2.3], nice=False), axis=feeling)
    place = down("label:N", sort=labels, scale=alt.Scale(padding=0.5), axis=path)
    return {"x": height, "y": place} if look.narrow else {"x": place, "y": height}


def pieces(block: Curve, labels: list[str]) -> Rows:
    """The line from each known point to the next one that is known."""
    known = [(i, point) for i, point in enumerate(block.points) if point.emotion is not None]
    rows: Rows = []
    for (i, one), (j, other) in pairwise(known):
        assumed = j - i > 1 or "assumed" in (one.provenance, other.provenance)
        for k, point in ((i, one), (j, other)):
            end: Style = {"label": labels[k], "y": point.emotion, "piece": i, "at": k}
            rows.append({**end, "dashed": "yes" if assumed else "no"})
    return rows


def _path(rows: Rows, dashed: str, at: Style, look: Look) -> alt.Chart:
    drawn: Style = {"strokeDash": [8, 7], "color": look.assumed} if dashed == "yes" else {"color": look.outside}
    mark = only(data(rows), "dashed", dashed).mark_line(strokeWidth=look.font / 5, **drawn)
    return mark.encode(**at, detail="piece:N", order="at:Q")
