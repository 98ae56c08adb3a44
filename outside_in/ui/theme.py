"""One theme, opened: what it is, what goes along with it, who speaks in it, and what a person may do with it."""

from collections.abc import Callable

import streamlit as st

from outside_in import charts
from outside_in.domain.blocks import Table
from outside_in.domain.board import Board
from outside_in.domain.effect import Effect
from outside_in.domain.feedback import Quote, Theme, Verbatim
from outside_in.domain.text import Line, Say, Text, line
from outside_in.domain.theme_told import SCORES, Course, between, mix_table, percent, points
from outside_in.domain.workshop import Workshop
from outside_in.house.workbench import quote_of, same
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.look import look
from outside_in.ui.visit import Visit, kindly

Shape = Callable[[Visit, Workshop, Callable[[Board], Board], Line], None]
PAGE = 10
LONGEST = 400
"""Letters of a quote that can still be read on a projector."""
STANCES = {
    "pain": "Customers complain",
    "praise": "Customers praise",
    "wish": "Customers wish for something",
    "mixed": "Customers disagree",
}


def opened(workshop: Workshop) -> Theme | None:
    """The one the address names, else the first that is not hidden."""
    asked = st.query_params.get("theme")
    themes = [one for one in workshop.board.themes if one.id == asked]
    themes += [one for one in workshop.board.themes if one.status != "hidden"]
    return themes[0] if themes else None


def figures(theme: Theme, t: Say) -> str:
    said = [t("{n} comments", n=theme.size)]
    if known := theme.evidence:
        said.append(
            t(
                "{value} ({low} to {high}, n = {n}; {unit})",
                value=known.figure(known.value),
                low=known.figure(known.low),
                high=known.figure(known.high),
                n=known.n,
                unit=known.unit,
            )
        )
    return " · ".join(said)


def show(visit: Visit, workshop: Workshop, theme: Theme, shape: Shape) -> None:
    t = visit.t
    st.header(plain(t(theme.label)), anchor=False)
    if theme.description:
        st.markdown(plain(t(theme.description)))
    lead = [t(STANCES[theme.stance])] if theme.stance else []
    lead += [t("searched for: {query}", query=", ".join(theme.queries))] if theme.queries else []
    st.markdown(plain(" · ".join([*lead, *theme.keywords[:8]])))
    _effect(visit, visit.house.effects(workshop).get(theme.id), theme)
    _quotes(visit, workshop, theme)
    with st.expander(t("Change"), key=f"change-{theme.id}", expanded=True):
        _change(visit, workshop, theme, shape)
    with st.expander(t("Comments ({n})", n=theme.size), key=f"comments-{theme.id}"):
        _comments(visit, workshop, theme, shape)


# what goes along with it --------------------------------------------------------------


def _effect(visit: Visit, effect: Effect | None, theme: Theme) -> None:
    t = visit.t
    if effect is None:
        st.markdown(plain(t("Fewer than five comments: no figures are shown.")))
        return
    interval = effect.share_interval
    told = t(
        "{n} of {of} comments, {share} ({low} to {high}).",
        n=effect.n,
        of=effect.of,
        share=percent(effect.share),
        low=percent(interval.low),
        high=percent(interval.high),
    )
    st.markdown(plain(f"{told} {_score(effect, t)}"))
    with st.expander(t("Over time, by touchpoint and by segment"), key=f"effect-{theme.id}"):
        _parts(effect, theme, t)


def _score(effect: Effect, t: Say) -> str:
    if not (effect.metric and effect.within and effect.without and effect.difference):
        return t("Too few scores for a comparison.")
    told = t(
        "Mean score with it {with_it} (n = {n}), without it {without} (n = {m}); difference {gap}; {unit}.",
        with_it=points(effect.within.mean),
        n=effect.within.n,
        without=points(effect.without.mean),
        m=effect.without.n,
        gap=between(effect.difference),
        unit=SCORES[effect.metric],
    )
    if effect.difference.clear:
        return f"{told} {t('This is what goes along with the theme, not what it causes.')}"
    return f"{told} {t('This may be chance.')}"


def _parts(effect: Effect, theme: Theme, t: Say) -> None:
    if effect.trend:
        course = Course(label=theme.label, trend=effect.trend)
        st.markdown(f"**{plain(t(course.sentence()))}**")
        if (picture := charts.of_themes(course, t, look("laptop"))) is not None:
            st.altair_chart(picture, width="stretch")
        _table(course.table(), t)
    else:
        st.markdown(plain(t("There are too few dates for a course over time.")))
    for mix, name in ((effect.touchpoints, line("Touchpoint")), (effect.segments, line("Segment"))):
        if mix.parts:
            _table(mix_table(mix, name), t)
        if mix.withheld:
            said = t("{n} groups are not shown: fewer than five comments, or they could be worked out.", n=mix.withheld)
            st.markdown(plain(said))


def _table(table: Table, t: Say) -> None:
    columns = [t(column) for column in table.columns]
    rows = [dict(zip(columns, map(t.value, row), strict=True)) for row in table.rows]
    st.dataframe(rows, hide_index=True)


# who speaks in it ------------------------------------------------------------------------


def _quotes(visit: Visit, workshop: Workshop, theme: Theme) -> None:
    t = visit.t
    quotes = [*theme.quotes, *([theme.dissent] if theme.dissent else [])]
    if not quotes:
        return
    st.markdown(f"**{plain(t('Quotes'))}**")
    for quote in quotes:
        words, act = st.columns([4, 1.4], vertical_alignment="center")
        with words:
            parts.saying(quote.text, t, about=t("Another voice") if quote is theme.dissent else "")
        with act:
            _judged(visit, workshop, quote)


def _judged(visit: Visit, workshop: Workshop, quote: Quote) -> None:
    """Nothing reaches the projector that a person has not read."""
    t, on = visit.t, quote.row in workshop.approved
    label = t("Released") if on else t("Release")
    told = t("Takes the quote back") if on else t("Lets the quote onto the projector")
    icon = ":material/check:" if on else ":material/visibility:"
    if st.button(label, key=f"release-{quote.row}", help=told, icon=icon, width="stretch"):
        with kindly():
            rows = (quote.row,)
            yes, no = ((), rows) if on else (rows, ())
            visit.house.prepare(visit.host, workshop.code, lambda now: now.review(visit.host, yes, no))
            st.rerun()


def _comments(visit: Visit, workshop: Workshop, theme: Theme, shape: Shape) -> None:
    """All of them, ten at a time; equal ones once, with how often they came."""
    t = visit.t
    inside, sure = _inside(visit, workshop, theme)
    orders = {"typical": t("most typical first"), "unsure": t("least certain first")}
    left, middle, right = st.columns([2, 2, 1])
    wanted = left.text_input(t("Find in these comments"), key=f"find-{theme.id}")
    order = middle.selectbox(t("Order"), list(orders), 0, orders.__getitem__, key=f"order-{theme.id}")
    if wanted.strip():
        inside = [one for one in inside if wanted.casefold().strip() in one.text.casefold()]
    inside.sort(key=lambda one: (-sure[one.row] if order == "typical" else sure[one.row], one.row))
    different = list({same(one): one for one in reversed(inside)}.values())[::-1]
    pages = max(1, -(-len(different) // PAGE))
    page = int(right.number_input(t("Page of {n}", n=pages), 1, pages, 1, key=f"page-{theme.id}-{pages}"))
    for comment in different[(page - 1) * PAGE : page * PAGE]:
        _comment(visit, workshop, theme, comment, shape)


def _inside(visit: Visit, workshop: Workshop, theme: Theme) -> tuple[list[Verbatim], dict[int, float]]:
    sure = {one.row: one.confidence for one in visit.house.stands(workshop) if one.theme == theme.id}
    return [one for one in visit.house.comments(workshop) if one.row in sure], sure


def _comment(visit: Visit, workshop: Workshop, theme: Theme, comment: Verbatim, shape: Shape) -> None:
    t, row = visit.t, comment.row
    words, act = st.columns([5, 1.3], vertical_alignment="top")
    with words:
        parts.saying(comment.text[:600], t)
        count = visit.house.twins(workshop)[same(comment)]
        about = [comment.touchpoint, t.value(comment.date) if comment.date else ""]
        about += [t("{n} times word for word", n=count)] if count > 1 else []
        if told := " · ".join(filter(None, about)):
            st.markdown(plain(told))
    with act, st.popover(t("Move"), key=f"act-{row}", width="stretch"):
        others = {one.id: t(one.label) for one in workshop.board.themes if one.id != theme.id}
        others[""] = t("no theme")
        to = st.selectbox(
            t("Into"), list(others), None, others.__getitem__, key=f"to-{row}", placeholder=t("Please choose")
        )
        if to is not None and st.button(t("Move the comment"), key=f"put-{row}", type="primary"):
            rows = [one.row for one in visit.house.comments(workshop) if same(one) == same(comment)]
            what = line("Comment moved from “{label}” to “{other}”", label=theme.label, other=others[to])
            shape(visit, workshop, lambda now: _put(now, rows, to), what)
        fits = row not in {quote.row for quote in theme.quotes} and len(comment.text) <= LONGEST
        if fits and st.button(t("Use as a quote"), key=f"quote-{row}"):
            said = (*theme.quotes, quote_of(comment))
            shape(visit, workshop, lambda now: now.put(theme.id, quotes=said), line("Quote chosen"))


def _put(board: Board, rows: list[int], id: str) -> Board:
    for row in rows:
        board = board.put_comment(row, id)
    return board


# what a person may do with it --------------------------------------------------------------


def _change(visit: Visit, workshop: Workshop, theme: Theme, shape: Shape) -> None:
    t, id, please = visit.t, theme.id, visit.t("Please choose")
    with st.form(f"rename-{id}", border=False):
        left, right = st.columns(2)
        de = left.text_input(t("Name in German"), theme.label.de, key=f"de-{id}", max_chars=80)
        en = right.text_input(t("Name in English"), theme.label.en, key=f"en-{id}", max_chars=80)
        sent = st.form_submit_button(t("Rename"), key=f"rename-send-{id}")
    if sent:
        what = line("Renamed: “{label}”", label=theme.label)
        shape(visit, workshop, lambda now: now.rename(id, Text(de=de, en=en)), what)
    others = {other.id: t(other.label) for other in workshop.board.themes if other.id != id}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other = st.selectbox(
            t("Merge with"), list(others), None, others.__getitem__, key=f"merge-{id}", width=320, placeholder=please
        )
        if other and st.button(t("Merge"), key=f"merge-send-{id}"):
            what = line("Merged: “{label}” and “{other}”", label=theme.label, other=others[other])
            shape(visit, workshop, lambda now: now.merge(id, other), what)
    with st.container(horizontal=True):
        if st.button(t("Split"), key=f"split-{id}", icon=":material/call_split:"):
            shape(visit, workshop, lambda now: now.split(id), line("Split: “{label}”", label=theme.label))
        label = t("Unpin") if theme.pinned else t("Pin")
        told = t("A pinned theme stays as it is when themes are looked for or cut anew.")
        if st.button(label, key=f"pin-{id}", help=told, icon=":material/keep:"):
            what = line("Pinned: “{label}”", label=theme.label)
            if theme.pinned:
                what = line("Unpinned: “{label}”", label=theme.label)
            shape(visit, workshop, lambda now: now.pin(id, not theme.pinned), what)
        moved = line("Moved: “{label}”", label=theme.label)
        if st.button(t("Up"), key=f"up-{id}", icon=":material/arrow_upward:"):
            shape(visit, workshop, lambda now: now.move(id, -1), moved)
        if st.button(t("Down"), key=f"down-{id}", icon=":material/arrow_downward:"):
            shape(visit, workshop, lambda now: now.move(id, 1), moved)
