"""Pictures of what leaders hold: a heat map, links beyond chance, weight against lived, two ratings."""

from collections import Counter

import altair as alt

from outside_in.charts.labels import distinct, wrapped
from outside_in.charts.look import Look
from outside_in.charts.parts import LINES, Chart, Rows, Style, axis, by_kind, data, finished, only, tips, words
from outside_in.domain.blocks import Grid, Links, Quadrant, Shift
from outside_in.domain.text import Figure, Line, Say, line

SIGNS = {"carrying": "●", "contested": "○", "": ""}
"""Said by shape as well as by colour."""
SHADES, INK, DEEP = ("#F3F8F8", "#0B6E6E"), "#12263A", 2.3
"""The map brings its own ground in any scheme: figures stay readable on every shade, white from `DEEP` on."""


def grid(block: Grid, say: Say, look: Look) -> Chart:
    """The darker, the stronger; ● carries, ○ is contested, white was named by nobody."""
    left = distinct([wrapped(say(row.label), 14 if look.narrow else look.wrap, 2) for row in block.rows])
    top = distinct([wrapped(say(name), 16, 2) for name in block.columns])
    rows: Rows = []
    for label, row in zip(left, block.rows, strict=True):
        for name, cell in zip(top, row.cells, strict=True):
            strength = say.value(Figure(value=cell.strength, digits=1)) if cell.count else ""
            sign = SIGNS[cell.state]
            told = (
                "\n".join(filter(None, (strength, sign))) if look.narrow else " ".join(filter(None, (strength, sign)))
            )
            kind = say(cell.label)
            named = say("{n} of {of}", n=cell.count, of=block.n)
            about: Style = {"label": label, "value": name, "kind": kind, "named": named, "told": told}
            rows.append({**about, "strength": cell.strength, "deep": "yes" if cell.strength > DEEP else "no"})
    angle = -90 if look.narrow else 0
    across: Style = {"orient": "top", "labelAngle": angle, "labelExpr": LINES, "labelLimit": 160}
    if not look.narrow:
        across["labelLimit"] = look.font * max(6, look.share(len(top)))
    x = alt.X("value:N", sort=None, axis=axis(look, **across))
    y = alt.Y("label:N", sort=None, axis=axis(look, labelExpr=LINES, labelLimit=100 if look.narrow else look.font * 14))
    shown = tips(say, kind=line("Judged"), named=line("Named by"), told=line("Strength, 0 to 3"))
    base = data(rows).encode(x=x, y=y, tooltip=shown)
    shade = alt.Scale(domain=[0, 3], range=list(SHADES))
    cells = base.mark_rect(stroke=look.grid, strokeWidth=1).encode(
        color=alt.Color("strength:Q", scale=shade, legend=None)
    )
    size = 11 if look.narrow else look.font
    dark = only(base, "deep", "yes").mark_text(lineBreak="\n", fontSize=size, fontWeight="bold", color="#FFFFFF")
    pale = only(base, "deep", "no").mark_text(lineBreak="\n", fontSize=size, fontWeight="bold", color=INK)
    layers = [cells, *(one.encode(text=alt.Text("told:N")) for one in (dark, pale))]
    return finished(layers, look, len(left) * (46 if look.narrow else look.row * 0.75))


def links(block: Links, say: Say, look: Look) -> Chart | None:
    """Principles left, values right; the wider the line, the stronger."""
    if not block.rows:
        return None
    left = list(dict.fromkeys(say(row.left) for row in block.rows))
    right = list(dict.fromkeys(say(row.right) for row in block.rows))
    tall = max(len(left), len(right))
    sides = say("Principle"), say("Value")
    rows: Rows = []
    for n, row in enumerate(block.rows):
        named = say("{n} of {of}", n=row.count, of=block.n)
        strength = say.value(Figure(value=row.strength, digits=1))
        for side, name, place in (
            (sides[0], say(row.left), _placed(left, say(row.left), tall)),
            (sides[1], say(row.right), _placed(right, say(row.right), tall)),
        ):
            about: Style = {"link": n, "side": side, "y": place, "wide": row.strength}
            rows.append(
                {**about, "name": wrapped(name, 13 if look.narrow else 26, 2), "named": named, "told": strength}
            )
    top = axis(look, orient="top", labelAngle=0, labelLimit=200)
    align = alt.Scale(align=0.4 if look.narrow else 0.5, padding=0.95 if look.narrow else 0.8)
    x = alt.X("side:N", sort=None, axis=top, scale=align)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.5, tall - 0.5], reverse=True, nice=False, zero=False))
    shown = tips(say, name=line("Name"), named=line("Named by"), told=line("Strength, 0 to 3"))
    base = data(rows).encode(x=x, y=y, tooltip=shown)
    width = alt.StrokeWidth("wide:Q", legend=None, scale=alt.Scale(domain=[0, 3], range=[1, look.font * 0.7]))
    ways = base.mark_line(color=look.inside, opacity=0.65).encode(detail="link:N", strokeWidth=width)
    dots = base.mark_point(filled=True, size=look.mark, opacity=1, color=look.inside)
    ours, theirs = (only(base, "side", side) for side in sides)
    beside: Style = {"baseline": "middle"}
    one = words(ours, "name", look, look.assumed, align="right", dx=-look.font, **beside)
    two = words(theirs, "name", look, look.assumed, align="left", dx=look.font, **beside)
    return finished([ways, dots, one, two], look, max(look.tall * 0.6, tall * look.row * 0.75))


def _placed(names: list[str], name: str, tall: int) -> float:
    """In the middle of the picture where one side has fewer."""
    return names.index(name) + (tall - len(names)) / 2


def quadrant(block: Quadrant, say: Say, look: Look) -> Chart:
    """The corner to work on is top left: weighs much, is lived little."""
    kinds = say("weighs much, lived little"), say("the others")
    top, height = max(4.0, *(dot.y + 0.8 for dot in block.dots)), look.tall * 1.2
    heights = _apart([dot.y for dot in block.dots], look.font * 1.5 * top / height)
    rows: Rows = []
    for dot, (side, at) in zip(block.dots, heights, strict=True):
        told: Style = {"x": dot.x, "y": dot.y, "at": at, "side": side, "name": wrapped(say(dot.label), 24, 1)}
        lived, weight = (say.value(Figure(value=value, digits=1)) for value in (dot.x, dot.y))
        rows.append({**told, "kind": kinds[not dot.urgent], "lived": lived, "weight": weight, "n": say.value(dot.n)})
    across = alt.Scale(domain=[0.5, 5.5], nice=False, zero=False)
    x = alt.X("x:Q", scale=across, axis=_titled(line("Lived today, 1 to 5"), say, look, [1, 2, 3, 4, 5]))
    up = alt.Scale(domain=[0, top], nice=False)
    y = alt.Y("y:Q", scale=up, axis=_titled(line("Weight, 0 to 9"), say, look, list(range(int(top) + 1))))
    shown = tips(say, name=line("Principle"), weight=line("Weight, 0 to 9"), lived=line("Lived today, 1 to 5"))
    base = data(rows).encode(x=x, tooltip=shown)
    marks = by_kind("kind", kinds, (look.outside, look.inside), ("square", "circle"))
    dots = base.mark_point(filled=True, size=look.mark, opacity=1).encode(y=y, **marks)
    named = [
        words(only(base, "side", side), "name", look, look.assumed, align=align, dx=dx * look.font, baseline="middle")
        for side, align, dx in (("left", "right", -0.9), ("right", "left", 0.9))
    ]
    said = [one.encode(y=alt.Y("at:Q", scale=up)) for one in named]
    cross: Style = {"color": look.grid, "strokeDash": [6, 5]}
    middle = [
        data([{"x": 3}]).mark_rule(**cross).encode(x="x:Q"),
        data([{"y": 3}]).mark_rule(**cross).encode(y="y:Q"),
    ]
    return finished([*middle, dots, *said], look, height)


def _apart(heights: list[float], least: float) -> list[tuple[str, float]]:
    """Names left and right in turn, pushed up where they would lie on each other."""
    placed: dict[int, tuple[str, float]] = {}
    last = {"left": -9.0, "right": -9.0}
    for turn, i in enumerate(sorted(range(len(heights)), key=heights.__getitem__)):
        side = ("right", "left")[turn % 2]
        last[side] = max(heights[i], last[side] + least)
        placed[i] = side, last[side]
    return [placed[i] for i in range(len(heights))]


def _titled(title: Line, say: Say, look: Look, ticks: list[int]) -> alt.Axis:
    return axis(look, grid=False, domain=True, title=say(title), format="d", values=ticks)


def shift(block: Shift, say: Say, look: Look) -> Chart:
    """A thin line per person in no order, equal ones on top of each other; the wide one is the median."""
    sides = tuple(wrapped(say(side), 16, 3) for side in (block.before, block.after))
    kinds = say("one person each"), say("median")
    lines_drawn = Counter(block.pairs)
    rows: Rows = []
    for n, (pair, people) in enumerate(sorted(lines_drawn.items())):
        rows += [_end(n, sides[k], pair[k], kinds[0], people, say) for k in (0, 1)]
    rows += [_end(-1, sides[k], block.medians[k], kinds[1], len(block.pairs), say) for k in (0, 1)]
    top = axis(look, orient="top", labelAngle=0, labelExpr=LINES, labelLimit=260)
    x = alt.X("side:N", sort=None, axis=top, scale=alt.Scale(padding=0.5))
    low, high = block.scale
    ticks = axis(look, grid=True, format="d", tickCount=high - low if high - low <= 10 else 5)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[low, high], nice=False, zero=False), axis=ticks)
    base = data(rows).encode(x=x, y=y, tooltip=tips(say, kind=line("Line"), told=line("Value"), n=line("Leaders")))
    thin, wide = (only(base, "kind", kind) for kind in kinds)
    each = thin.mark_line(color=look.inside, opacity=0.55).encode(
        detail="line:N", strokeWidth=_wide(look, len(block.pairs))
    )
    middle = wide.mark_line(color=look.outside, strokeWidth=look.font / 2.5)
    dots = wide.mark_point(filled=True, size=look.mark, opacity=1, color=look.outside)
    said = words(wide, "told", look, look.outside, dy=-look.font)
    return finished([each, middle, dots, said], look, look.tall)


def _wide(look: Look, people: int) -> alt.StrokeWidth:
    return alt.StrokeWidth("people:Q", legend=None, scale=alt.Scale(domain=[1, max(2, people)], range=[2, look.font]))


def _end(n: int, side: str, y: float, kind: str, people: int, say: Say) -> Style:
    told = say.value(Figure(value=y, digits=0 if y == int(y) else 1))
    return {"line": n, "side": side, "y": y, "kind": kind, "people": people, "n": say.value(people), "told": told}
