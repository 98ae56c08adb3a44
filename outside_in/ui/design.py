"""The journey as people plan it: one table to write in, what it lacks, and files to take along."""

from typing import Any

import streamlit as st

from outside_in import journeys
from outside_in.domain.design import COLUMNS, gaps, mermaid
from outside_in.domain.text import Line, Say, line
from outside_in.domain.workshop import Workshop
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

WIDE = {"backstage", "why", "labels", "de", "en"}
HELP: dict[str, Line] = {
    "labels": line("As the file calls it; several names separated by semicolons. Move a name to another row to merge."),
    "accountable": line("Exactly one person or role. Two are shown as a gap."),
    "assumed": line("What the team believes; drawn dashed beside what customers say."),
}


def edit(visit: Visit, workshop: Workshop) -> None:
    """Everything in one table: typed, pasted, reordered by the place, saved in one step that can be undone."""
    t, house, design = visit.t, visit.house, visit.house.design(workshop)
    key = f"{workshop.code}-{len(workshop.designs)}-{bool(workshop.design)}"
    with st.form(f"design-{key}", border=False):
        left, middle, right = st.columns(3)
        persona = left.text_input(
            t("Whose way it is (persona)"),
            design.persona,
            key=f"persona-{key}",
            max_chars=120,
            help=t("A few words. Without a segment it is a hypothesis; nobody's biography is invented."),
        )
        segments = ["", *house.segments(workshop)]
        segment = middle.selectbox(
            t("Segment (filter)"),
            segments,
            segments.index(design.segment) if design.segment in segments else 0,
            lambda one: one or t("all customers"),
            key=f"segment-{key}",
        )
        owner = right.text_input(
            t("Accountable for the whole journey"), "; ".join(design.accountable), key=f"owner-{key}", max_chars=120
        )
        typed = st.data_editor(
            design.rows(),
            column_config=_columns(t),
            column_order=list(COLUMNS)[:-1],
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            key=f"points-{key}",
        )
        sent = st.form_submit_button(t("Save and draw again"), key="design-save", type="primary")
    if sent:
        with kindly(tell=st.error):
            told = {"persona": persona.strip(), "segment": segment, "accountable": _names(owner)}
            house.plan_journey(visit.host, workshop.code, design.model_copy(update=told).with_rows(typed))
            st.rerun()
    if workshop.designs and st.button(t("Undo the last change"), key="design-undo", icon=":material/undo:"):
        with kindly():
            house.undo_journey(visit.host, workshop.code)
            st.rerun()


def _names(typed: str) -> tuple[str, ...]:
    return tuple(name for one in typed.split(";") if (name := one.strip()))


def _columns(t: Say) -> dict[str, Any]:
    said = {name: t(title) for name, title in COLUMNS.items()}
    helps = {name: t(words) for name, words in HELP.items()}
    text, number, box = st.column_config.TextColumn, st.column_config.NumberColumn, st.column_config.CheckboxColumn
    kinds: dict[str, Any] = {
        name: text(label, width="medium" if name in WIDE else "small", help=helps.get(name))
        for name, label in said.items()
    }
    ends = {"min_value": -2.0, "max_value": 2.0, "step": 0.5}
    return kinds | {
        "place": number(said["place"], width="small"),
        "truth": box(said["truth"], width="small"),
        "assumed": number(said["assumed"], width="small", help=helps["assumed"], **ends),
    }


def lacking(visit: Visit, workshop: Workshop) -> None:
    """Owners and measures that are missing, the grave ones first."""
    t, design = visit.t, visit.house.design(workshop)
    st.header(t("What is missing"), anchor=False)
    found = sorted(gaps(design, workshop.journey), key=lambda gap: not gap.grave)
    if not found:
        st.success(t("Every touchpoint has exactly one owner, somebody who does it, and a measure."))
        return
    rows = [
        {
            t("Touchpoint"): t(gap.point) if gap.point else t("The whole journey"),
            t("Gap"): t(gap.why),
            t("Weight"): t("must be mended") if gap.grave else t("worth a look"),
        }
        for gap in found
    ]
    grave = sum(gap.grave for gap in found)
    st.markdown(plain(t("{n} gaps, {grave} of them must be mended.", n=len(found), grave=grave)))
    st.dataframe(rows, hide_index=True, width="stretch")


def hints(workshop: Workshop, t: Say) -> None:
    """Where a moment of truth may lie, by an estimate; a person decides."""
    points = workshop.journey.touchpoints if workshop.journey else ()
    names = ", ".join(t(point.name) for point in points if point.candidate and not (point.plan and point.plan.truth))
    if names:
        said = t("Perhaps moments of truth (estimated: many meet them, and many of them suffer): {names}", names=names)
        st.info(plain(said), icon=":material/lightbulb:")


def files(visit: Visit, workshop: Workshop) -> None:
    t, design = visit.t, visit.house.design(workshop)
    st.header(t("Files"), anchor=False)
    with st.container(horizontal=True):
        kinds = (
            ("xlsx", t("Template (Excel)"), journeys.design_to_xlsx(design, t)),
            ("json", t("Journey (JSON)"), journeys.design_to_json(design)),
            ("mmd", t("Diagram (Mermaid)"), mermaid(workshop.journey or design.drawn(), t.language).encode()),
        )
        for kind, label, data in kinds:
            st.download_button(label, data, f"journey.{kind}", key=f"journey-{kind}", icon=":material/download:")
    turn = len(workshop.designs)
    given = st.file_uploader(t("Bring a journey back (Excel or JSON of ours)"), key=f"journey-file-{turn}")
    if given is not None and st.button(t("Take the journey over"), key="journey-take", type="primary"):
        with kindly(tell=st.error):
            visit.house.receive_journey(visit.host, workshop.code, given.name, given.getvalue())
            st.rerun()
