"""The theme workbench, part by part; every step can be undone and stands in the history."""

import datetime as dt
from collections.abc import Callable

import streamlit as st

from outside_in.domain.board import Board
from outside_in.domain.feedback import Theme
from outside_in.domain.text import Line, Text, line
from outside_in.domain.workshop import Workshop
from outside_in.house.workbench import Proposal
from outside_in.ui import parts, theme
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly
from outside_in.ui.work import running

VIEWS = {
    "board": line("Theme board"),
    "map": line("Map"),
    "rank": line("Effect on the score"),
    "writer": line("Names by language model"),
    "history": line("History"),
}
KINDS = {
    "themes": line("Looking for themes …"),
    "wave": line("Assigning later comments …"),
    "rest": line("Assigning the other comments …"),
    "map": line("Drawing the map …"),
    "writer": line("Asking the language model …"),
    "mood": line("Estimating missing scores …"),
}
HEIGHT = 760


def find(visit: Visit, workshop: Workshop) -> None:
    """Start a run, cut it anew, move the threshold; the engine works in its own process."""
    t, board = visit.t, workshop.board
    under_way = [running(visit, workshop.code, kind, t(said)) for kind, said in KINDS.items()]
    if any(under_way):
        return
    job = visit.house.latest_job(workshop.code, "themes")
    if job and job.state == "done" and job.result.get("note"):
        st.info(plain(t(job.result["note"])), icon=":material/info:")
    numbers = visit.house.numbers(workshop)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        many = _many(visit, workshop, numbers)
        label = t("Look again") if board.themes else t("Find themes")
        if st.button(label, key="find", type="secondary" if board.themes else "primary", icon=":material/search:"):
            model = str(st.session_state.get("model", "")) if st.session_state.get("encoder") == "model" else ""
            with kindly():
                visit.house.start(visit.host, workshop.code, "themes", {"themes": many, "model": model.strip()})
                st.rerun()
        if workshop.earlier:
            what = t("Undo: {what}", what=workshop.earlier[-1][0])
            if st.button(plain(what), key="undo", icon=":material/undo:"):
                with kindly():
                    visit.house.undo(visit.host, workshop.code)
                    st.rerun()
        with st.popover(t("How themes are found"), key="how", icon=":material/tune:"):
            _how(visit, workshop)


def _many(visit: Visit, workshop: Workshop, numbers: list[int]) -> int:
    """Moving the slider cuts the same tree elsewhere, at once, where there is one."""
    t, board = visit.t, workshop.board
    if len(numbers) < 2:
        return int(st.slider(t("How many themes?"), 5, 25, 10, key="many", width=280))
    now = min(numbers, key=lambda number: abs(number - board.many))
    key = f"many-{board.run}-{_undone(workshop)}"
    many = int(st.slider(t("How many themes?"), numbers[0], numbers[-1], now, key=key, width=280))
    if _turned(key, many) and many in numbers and many != board.many:
        with kindly():
            visit.house.recut(visit.host, workshop.code, board.run, many)
            st.rerun()
    return many


def _how(visit: Visit, workshop: Workshop) -> None:
    t, board = visit.t, workshop.board
    with st.container():
        encoders = {"builtin": t("Built in: nothing to download"), "model": t("Sentence model, with the built-in one")}
        chosen = st.radio(t("Encoder"), list(encoders), 0, encoders.__getitem__, key="encoder")
        if chosen == "model":
            st.text_input(
                t("Folder or name of the model"),
                key="model",
                help=t("A sentence-transformers model on this machine, or a name that its library may download."),
            )
        st.markdown(plain(t("The choice counts the next time you look for themes.")))
    with st.container():
        key = f"floor-{board.run}-{_undone(workshop)}"
        floor = st.slider(t("Certainty below which a comment stands in no theme"), 0.0, 0.9, board.floor, 0.05, key=key)
        if _turned(key, floor) and floor != board.floor:
            what = line("Threshold {value}", value=f"{floor:.2f}")
            shape(visit, workshop, lambda now: now.threshold(floor), what)
        if board.themes:
            stands = visit.house.stands(workshop)
            none = sum(one.theme is None for one in stands)
            st.markdown(plain(t("{n} of {of} comments stand in no theme.", n=none, of=len(stands))))
            twins = visit.house.twins(workshop)
            again = sum(count - 1 for count in twins.values())
            st.markdown(plain(t("{n} comments repeat another word for word; they are counted, not dropped.", n=again)))


def _undone(workshop: Workshop) -> int:
    """A slider starts anew after an undo, or it would at once repeat what was undone."""
    return sum(deed.undone for deed in workshop.history)


def _turned(key: str, value: float) -> bool:
    """Whether a person has just moved this slider, not somebody else the board."""
    name = f"was-{key}"
    before = st.session_state.get(name, value)
    st.session_state[name] = value
    return bool(before != value)


# what waits for a person ----------------------------------------------------------------


def proposals(visit: Visit, workshop: Workshop) -> None:
    t, house = visit.t, visit.house
    for proposal in house.proposals(workshop):
        _proposal(visit, workshop, proposal)
    waiting = len(house.newcomers(workshop)) if workshop.board.themes else 0
    if waiting and not any(one.kind in ("wave", "themes") for one in house.proposals(workshop)):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="newcomers"):
            st.markdown(plain(t("{n} comments came after these themes were found.", n=waiting)), width="content")
            if st.button(t("See where they would go"), key="wave", type="primary", icon=":material/move_to_inbox:"):
                with kindly():
                    house.start(visit.host, workshop.code, "wave", {})
                    st.rerun()


def _proposal(visit: Visit, workshop: Workshop, proposal: Proposal) -> None:
    """The dry run: what would change, before anything does."""
    t, change, kind = visit.t, proposal.difference, proposal.kind
    heads = {
        "themes": t("A new run is ready"),
        "wave": t("Later comments among your themes"),
        "rest": t("The other comments among the selected themes"),
    }
    with st.container(border=True, key=f"proposal-{kind}"):
        st.header(heads[kind], anchor=False)
        told = t(
            "{joined} comments would find a theme, {moved} would change theme, {left} would lose theirs; "
            "{without} of {of} would stand in none.",
            joined=change.joined,
            moved=change.moved,
            left=change.left,
            without=change.without,
            of=change.of,
        )
        st.markdown(plain(told))
        _grown(visit, workshop, proposal)
        fresh = True
        if proposal.fresh:
            names = ", ".join(f"“{t(one.label)}” ({one.size})" for one in proposal.fresh)
            st.markdown(plain(t("What fits no theme speaks of something of its own: {names}", names=names)))
            fresh = st.checkbox(t("Take these in as new candidates"), True, key=f"fresh-{kind}")
        with st.container(horizontal=True):
            if st.button(t("Take over"), key=f"take-{kind}", type="primary", icon=":material/check:"):
                with kindly():
                    visit.house.take_over(visit.host, workshop.code, proposal, fresh)
                    st.rerun()
            if st.button(t("Put away"), key=f"away-{kind}"):
                with kindly():
                    visit.house.put_away(visit.host, workshop.code, proposal)
                    st.rerun()


def _grown(visit: Visit, workshop: Workshop, proposal: Proposal) -> None:
    t, change = visit.t, proposal.difference
    known = {one.id: one.size for one in workshop.board.themes}
    rows = [
        {t("Theme"): t(one.label), t("Now"): known.get(one.id, 0), t("Then"): one.size}
        for one in proposal.board.themes
        if one.size != known.get(one.id, 0)
    ]
    if proposal.kind == "themes" and change.fresh:
        st.markdown(plain(t("New: {list}", list=", ".join(map(t, change.fresh)))))
    if proposal.kind == "themes" and change.gone:
        st.markdown(plain(t("No longer there: {list}", list=", ".join(map(t, change.gone)))))
    if rows:
        with st.expander(t("Theme by theme")):
            st.dataframe(rows, hide_index=True)


# the board ---------------------------------------------------------------------------------


def stages(visit: Visit, workshop: Workshop) -> None:
    """Candidate, selected, assigned: how far the choice is, and what the next step would be."""
    t, all = visit.t, len(workshop.board.themes)
    chosen = {one.id for one in workshop.board.selected}
    stands = visit.house.stands(workshop)
    inside = sum(one.theme in chosen for one in stands)
    told = t("{n} of {of} themes are selected. Leaders see only selected themes.", n=len(chosen), of=all)
    if not chosen:
        st.markdown(plain(told))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        more = t("{n} of {of} comments are assigned to them.", n=inside, of=len(stands))
        st.markdown(plain(f"{told} {more}"), width="content")
        if inside == len(stands) or _busy(visit, workshop):
            return
        if st.button(t("See where the others would go"), key="rest", icon=":material/call_merge:"):
            with kindly():
                visit.house.start(visit.host, workshop.code, "rest", {})
                st.rerun()


def _busy(visit: Visit, workshop: Workshop) -> bool:
    jobs = (visit.house.latest_job(workshop.code, kind) for kind in KINDS)
    return any(job and job.state in ("queued", "running") for job in jobs)


def view(visit: Visit) -> str:
    t, names = visit.t, {key: visit.t(said) for key, said in VIEWS.items()}
    chosen = st.radio(
        t("View"), list(names), 0, names.__getitem__, key="view", horizontal=True, label_visibility="collapsed"
    )
    return str(chosen)


def board(visit: Visit, workshop: Workshop) -> None:
    """The list beside the one theme that is open; both fit a laptop's screen."""
    left, right = st.columns([2, 3], gap="medium")
    opened = theme.opened(workshop)
    with left, st.container(height=HEIGHT, key="list"):
        _search(visit, workshop)
        for number, one in enumerate(workshop.board.themes, 1):
            if one.status != "hidden":
                _card(visit, workshop, one, number, opened)
        hidden = [one for one in workshop.board.themes if one.status == "hidden"]
        if hidden:
            with st.expander(visit.t("Hidden ({n})", n=len(hidden))):
                for one in hidden:
                    _card(visit, workshop, one, 0, opened)
    with right:
        if opened:
            theme.show(visit, workshop, opened, shape)


def _card(visit: Visit, workshop: Workshop, one: Theme, number: int, opened: Theme | None) -> None:
    t, chosen = visit.t, one.status == "selected"
    with st.container(border=True, key=f"card-{one.id}"):
        name = f"{number} · {t(one.label)}" if number else t(one.label)
        mark = " :material/keep:" if one.pinned else ""
        st.markdown(f"**{plain(name)}**{mark}  \n{plain(theme.figures(one, t))}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(
                t("Selected") if chosen else t("Select"),
                key=f"select-{one.id}",
                type="primary" if chosen else "secondary",
            ):
                what = line("Selected: “{label}”", label=one.label)
                if chosen:
                    what = line("No longer selected: “{label}”", label=one.label)
                shape(visit, workshop, lambda now: now.choose(one.id, not chosen), what)
            if one.status == "hidden":
                if st.button(t("Show again"), key=f"unhide-{one.id}"):
                    what = line("Shown again: “{label}”", label=one.label)
                    shape(visit, workshop, lambda now: now.choose(one.id, False), what)
            elif st.button(t("Hide"), key=f"hide-{one.id}"):
                shape(visit, workshop, lambda now: now.hide(one.id), line("Hidden: “{label}”", label=one.label))
            if opened is None or opened.id != one.id:
                if st.button(t("Open"), key=f"open-{one.id}", type="tertiary"):
                    st.query_params["theme"] = one.id
                    st.rerun()
            else:
                st.markdown(plain(t("open on the right")), width="content")


def _search(visit: Visit, workshop: Workshop) -> None:
    """A theme by search: looked at first, then added."""
    t = visit.t
    with st.expander(t("Add a theme by search"), icon=":material/add:", key="add"), st.form("add-form", border=False):
        query = st.text_input(
            t("Search"), key="add-query", max_chars=200, placeholder=t("bill AND (wrong OR late) “call back”")
        )
        de = st.text_input(t("Name in German"), key="add-de", max_chars=80)
        en = st.text_input(t("Name in English"), key="add-en", max_chars=80)
        with st.container(horizontal=True):
            tried = st.form_submit_button(t("Try"), key="add-try")
            added = st.form_submit_button(t("Add"), key="add-send", type="primary")
    if (tried or added) and query.strip():
        with kindly():
            if tried:
                found = visit.house.found_by(workshop, query)
                st.markdown(plain(t("{n} comments fit.", n=len(found))))
                for comment in found[:3]:
                    parts.saying(comment.text, t)
            else:
                name = Text(de=(de or en or query)[:80], en=(en or de or query)[:80])
                visit.house.add_theme(visit.host, workshop.code, query, name)
                st.query_params.pop("theme", None)
                st.rerun()


def history(visit: Visit, workshop: Workshop) -> None:
    """Who did what, and when; undone steps included."""
    t = visit.t
    if not workshop.history:
        parts.empty(t("Nothing has been done to these themes yet."))
        return
    names = {account.id: account.login or t("first account") for account in visit.house.database.doors.accounts()}
    rows = []
    for deed in reversed(workshop.history):
        at = dt.datetime.fromtimestamp(deed.at)
        what = t("Undone: {what}", what=deed.what) if deed.undone else t(deed.what)
        who = names.get(deed.by) or (t("set up with the workshop") if deed.by in ("operator", "") else deed.by)
        rows.append({t("When"): f"{t.value(at.date())}, {at:%H:%M}", t("Who"): who, t("What"): what})
    st.dataframe(rows, hide_index=True, height="content" if len(rows) < 20 else 640)


def shape(visit: Visit, workshop: Workshop, act: Callable[[Board], Board], what: Line) -> None:
    with kindly():
        visit.house.shape(visit.host, workshop.code, act, what)
        st.rerun()
