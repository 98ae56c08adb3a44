"""Pictures of what an event log tells."""

import altair as alt

from outside_in.charts.look import Look
from outside_in.charts.parts import Chart, Rows, axis, data, finished, interval, names, row_axis, tips, words
from outside_in.domain.flow_told import Waits, days
from outside_in.domain.text import Say, Text, line


def waits(block: Waits, say: Say, look: Look) -> Chart | None:
    """A bar from zero to the median wait of every transition, with its bounds."""
    if not block.rows:
        return None
    told = [f"{row.source} → {row.target}" for row in block.rows]
    labels = names([Text(de=one, en=one) for one in told], say, look, [say("n = {n}", n=row.n) for row in block.rows])
    rows: Rows = [
        {
            "label": label,
            "x": row.median_wait_days,
            "low": row.low_days,
            "high": row.high_days,
            "told": say.value(days(row.median_wait_days)),
        }
        for label, row in zip(labels, block.rows, strict=True)
    ]
    top = max(row["high"] for row in rows)
    shown = axis(look, grid=True, title=say("Days until the next step, median"), tickCount=5)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, top], nice=True), axis=shown)
    y = row_axis(look)
    base = data(rows).encode(x=x, y=y, tooltip=tips(say, told=line("Days")))
    body = base.mark_bar(height=look.row * 0.36, color=look.outside)
    said = words(base, "told", look, look.assumed, dy=-look.font * 1.1, align="left", dx=4)
    drawn = finished([body, interval(rows, y, look, look.ink or look.assumed), said], look, 0)
    return drawn.properties(height=len(rows) * look.row)
