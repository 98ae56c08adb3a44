"""The page of principles and values, part by part."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from outside_in.domain.measures import Interval
from outside_in.domain.movement import Map, Moved, movement
from outside_in.domain.text import Figure
from outside_in.domain.values import own_values
from outside_in.domain.workshop import Workshop
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.planning import lines_of
from outside_in.ui.visit import Visit, kindly
from outside_in.ui.work import running

KINDS = ["txt", "csv"]


def words(visit: Visit, workshop: Workshop) -> None:
    """The eight principles, and the values in use: the client's own, or ours."""
    t, library = visit.t, visit.house.library
    own = own_values(workshop.about.values)
    left, right = st.columns(2, gap="large")
    with left:
        st.header(t("Our eight principles"), anchor=False)
        for principle in library.principles:
            st.markdown(f"**{plain(t(principle.name))}** · {plain(t(principle.definition))}")
    with right:
        st.header(t("The client's own values") if own else t("Our ten values"), anchor=False)
        for value in own or library.values:
            sentence = t(value.sentence)
            st.markdown(f"**{plain(t(value.name))}**{' · ' + plain(sentence) if sentence else ''}")
        _edit(visit, workshop)


def _edit(visit: Visit, workshop: Workshop) -> None:
    """Pasted as they stand in the guidelines, or read from a file; the name ends at the first colon."""
    t, key = visit.t, workshop.code
    with st.expander(t("Paste or import the client's own values"), icon=":material/edit:", key=f"own-values-{key}"):
        file = st.file_uploader(t("A list, one value per line (TXT or CSV)"), KINDS, key=f"values-file-{key}")
        given = _read(file.getvalue()) if file else "\n".join(t(value) for value in workshop.about.values)
        with st.form(f"values-form-{key}", border=False):
            written = st.text_area(
                t("Own leadership values, one per line"),
                given,
                height=220,
                key=f"own-{key}-{file.file_id if file else ''}",
                help=t("“Courage: I raise what is uncomfortable” is a name with its sentence."),
            )
            sent = st.form_submit_button(t("Save"), key=f"own-save-{key}", type="primary")
    if sent:
        with kindly():
            now = workshop.about
            names = lines_of(written, now.values, t)
            told = visit.house.about(now.title, now.client, now.language, now.date, now.expected, names, now.start)
            visit.house.prepare(visit.host, key, lambda was: was.plan(visit.host, told, was.steps))
            st.toast(t("Saved"), icon=":material/check:")
            st.rerun()


def _read(data: bytes) -> str:
    """As editors and spreadsheets save it; the first line of a table with one column is a value, too."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return "\n".join(line.strip().strip('";') for line in text.splitlines() if line.strip())[:5000]


def latest(visit: Visit, maps: list[Map]) -> None:
    """Everything the newest bridge came to, as the room saw it."""
    t = visit.t
    st.header(t("The map"), anchor=False)
    if not maps:
        message = t("There is no map yet. Put the value bridge into the agenda; the map appears once it is revealed.")
        parts.empty(message, at("prepare"), t("Prepare"))
        return
    places = range(len(maps))
    chosen = st.selectbox(t("Session"), places, len(maps) - 1, lambda i: _named(visit, maps[i]), key="map-choice")
    session = visit.house.sessions.of(maps[chosen].code)
    parts.marks(session, t)
    for beat in session.outcome(maps[chosen].step):
        for block in beat.blocks:
            parts.show(block, t, "laptop")


def suggestions(visit: Visit, workshop: Workshop, maps: list[Map]) -> None:
    """A machine's guess beside the room's vote, after it and apart from it."""
    t = visit.t
    if not maps or running(visit, workshop.code, "likeness", t("Comparing words …")):
        return
    known, job = maps[-1], visit.house.latest_job(workshop.code, "likeness")
    with st.expander(t("What a machine would suggest"), icon=":material/smart_toy:", key="suggestions"):
        st.markdown(plain(t("Made after the vote, from the words alone. It counts in no figure.")))
        with st.form("suggest", border=False):
            label = t("Folder or name of a sentence model (optional)")
            model = st.text_input(
                label, key="suggest-model", help=t("Without one, words are compared by their letters.")
            )
            sent = st.form_submit_button(t("Suggest"), key="suggest-send")
        if sent:
            with kindly():
                visit.house.suggest_links(visit.host, workshop.code, known, model.strip())
                st.rerun()
        if job and job.state == "done" and (job.result["code"], job.result["step"]) == (known.code, known.step):
            _suggested(visit, known, job.result)


def _suggested(visit: Visit, known: Map, result: Mapping[str, Any]) -> None:
    t, names = visit.t, _names(visit, known)
    told = t("By meaning, with the sentence model.") if result["by_meaning"] else t("By letters, without a model.")
    st.markdown(plain(told))
    cells = {(cell.principle, cell.value): cell for cell in known.cells}
    rows = []
    for pair in result["pairs"]:
        cell = cells.get((pair["principle"], pair["value"]))
        named = t("{n} of {of}", n=cell.picked, of=cell.n) if cell else "–"
        likeness = t.value(Figure(value=pair["likeness"], digits=2))
        row = (names[pair["principle"]], names[pair["value"]], likeness, named)
        columns = (t("Principle"), t("Machine suggestion"), t("Likeness, 0 to 1"), t("Named by the room"))
        rows.append(dict(zip(columns, row, strict=True)))
    st.dataframe(rows, hide_index=True)


def moving(visit: Visit, maps: list[Map]) -> None:
    """Two sessions of one client side by side: what carries now, what no longer does, what is lived more."""
    t = visit.t
    if len(maps) < 2:
        return
    st.header(t("How the map moves"), anchor=False)
    st.markdown(plain(t("Rooms are compared, never persons. Only changes beyond chance are named.")))
    before, after = maps[-2], maps[-1]
    st.markdown(plain(t("From “{before}” to “{after}”", before=_named(visit, before), after=_named(visit, after))))
    names, found = _names(visit, before, after), movement(before, after)
    pairs = ((t("Carries now"), found.new), (t("No longer carries"), found.gone))
    for label, links in pairs:
        told = "; ".join(f"{names[p]} – {names[v]}" for p, v in links if p in names and v in names)
        st.markdown(f"**{plain(label)}** · {plain(told or t('none'))}")
    for one in found.clear:
        st.markdown(f"- {plain(_changed(visit, one, names))}")
    rows = [_lived(visit, names[id], *known) for id, known in found.lived.items() if id in names]
    if rows:
        st.dataframe(rows, hide_index=True)
    one, two = st.columns(2, gap="large")
    for column, known in ((one, before), (two, after)):
        with column:
            parts.show(visit.house.bridge_of(known).grid(known.cells), t, "laptop")


def _changed(visit: Visit, one: Moved, names: dict[str, str]) -> str:
    shares = (Figure(value=100 * share, unit="%") for share in (one.before, one.after))
    before, after = shares
    pair = f"{names.get(one.principle, '–')} – {names.get(one.value, '–')}"
    return visit.t("{pair}: named by {before}, now by {after}", pair=pair, before=before, after=after)


def _lived(visit: Visit, name: str, change: float, bounds: Interval) -> dict[str, str]:
    t = visit.t
    figures = [Figure(value=v, digits=1, signed=True) for v in (change, bounds.low, bounds.high)]
    said = [t.value(figure) for figure in figures]
    return dict(zip((t("Principle"), t("Lived more by"), t("From"), t("To")), (name, *said), strict=True))


def _named(visit: Visit, known: Map) -> str:
    n = max((cell.n for cell in known.cells), default=0)
    return f"{known.title} · {visit.t.value(known.date)} · n = {n}"


def _names(visit: Visit, *maps: Map) -> dict[str, str]:
    """Of principles and values by id; values of two workshops meet where their names are the same."""
    bridges = [visit.house.bridge_of(known) for known in maps]
    return {one.id: visit.t(one.name) for bridge in bridges for one in (*bridge.principles, *bridge.values)}
