"""The agenda of a workshop, edited by buttons: order, minutes, clock times, notes, and steps from the library."""

import datetime as dt

import streamlit as st

from outside_in.domain.plan import RevealPolicy, Step
from outside_in.domain.text import Text
from outside_in.domain.workshop import Workshop
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly


def agenda(visit: Visit, workshop: Workshop) -> None:
    """The steps with their minutes; their order by buttons, never by dragging."""
    t, key = visit.t, workshop.code
    minutes = sum(step.minutes for step in workshop.steps)
    st.header(t("Agenda, {n} minutes", n=minutes), anchor=False)
    _start(visit, workshop)
    begins = dt.datetime.combine(workshop.about.date, workshop.about.start)
    for place, step in enumerate(workshop.steps):
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-{key}-{step.id}"):
            st.markdown(f"{begins:%H:%M}", width="content")
            st.markdown(f"{plain(t(step.title))}{_marks(visit, step)}", width="stretch")
            _row(visit, workshop, place)
        begins += dt.timedelta(minutes=step.minutes)
    st.markdown(plain(t("Ends at {time}", time=f"{begins:%H:%M}")))
    _details(visit, workshop)
    _add(visit, workshop)
    _keep(visit, workshop)


def _marks(visit: Visit, step: Step) -> str:
    t = visit.t
    told = [t("can shrink")] if step.shrinkable else []
    told += [t("groups of {n}", n=step.group)] if step.group else []
    told += [t("pre-work")] if step.before else []
    return f" · {plain(', '.join(told))}" if told else ""


def _start(visit: Visit, workshop: Workshop) -> None:
    t, now = visit.t, workshop.about
    chosen = st.time_input(t("Begins at"), now.start, key=f"start-{workshop.code}", width=160)
    if chosen != now.start:
        about = now.model_copy(update={"start": chosen})
        with kindly():
            visit.house.prepare(visit.host, workshop.code, lambda was: was.plan(visit.host, about, was.steps))
            st.rerun()


def _row(visit: Visit, workshop: Workshop, place: int) -> None:
    t, key, steps = visit.t, workshop.code, list(workshop.steps)
    step = steps[place]
    label = t("Minutes for {title}", title=step.title)
    minutes = st.number_input(
        label, 1, 240, step.minutes, key=f"min-{key}-{step.id}", label_visibility="collapsed", width=120
    )
    steps[place] = step.model_copy(update={"minutes": int(minutes)})
    up = st.button("↑", key=f"up-{key}-{step.id}", help=t("Move up"), disabled=not place)
    down = st.button("↓", key=f"down-{key}-{step.id}", help=t("Move down"), disabled=place + 1 == len(steps))
    out = st.button("×", key=f"out-{key}-{step.id}", help=t("Leave this step out"))
    if up or down:
        other = place - 1 if up else place + 1
        steps[other], steps[place] = steps[place], steps[other]
    elif out:
        del steps[place]
    _changed(visit, workshop, steps)


def _changed(visit: Visit, workshop: Workshop, steps: list[Step]) -> None:
    if tuple(steps) != workshop.steps:
        with kindly():
            visit.house.arrange(visit.host, workshop.code, tuple(steps))
            st.rerun()


def _details(visit: Visit, workshop: Workshop) -> None:
    """Notes, debrief, reveal, shrinking and pre-work of one step; or a second one like it."""
    t, key = visit.t, workshop.code
    titles = {step.id: t(step.title) for step in workshop.steps}
    with st.expander(t("Edit a step"), icon=":material/edit_note:", key=f"details-{key}"):
        chosen = st.selectbox(t("Step"), list(titles), 0, titles.__getitem__, key=f"step-choice-{key}")
        step = next(step for step in workshop.steps if step.id == chosen)
        with st.form(f"step-{key}-{chosen}", border=False):
            changed = _form(visit, step, f"{key}-{chosen}")
            sent = st.form_submit_button(t("Save"), key=f"step-save-{key}-{chosen}", type="primary")
        again = st.button(t("Duplicate this step"), key=f"again-{key}-{chosen}", icon=":material/content_copy:")
    if sent or again:
        with kindly():
            if sent:
                steps = tuple(changed if known.id == chosen else known for known in workshop.steps)
                visit.house.arrange(visit.host, key, steps)
            else:
                visit.house.add_step(visit.host, key, step, after=chosen)
            st.toast(t("Saved"), icon=":material/check:")
            st.rerun()


def _form(visit: Visit, step: Step, key: str) -> Step:
    t = visit.t
    policies: dict[RevealPolicy, str] = {
        "host": t("by the facilitator"),
        "on_submit": t("after one's own answer"),
        "on_deadline": t("when the time is up"),
    }
    left, right = st.columns(2)
    titles = (
        left.text_input(t("Title, German"), step.title.de, 120, key=f"de-{key}"),
        right.text_input(t("Title, English"), step.title.en, 120, key=f"en-{key}"),
    )
    notes = (
        left.text_area(t("Notes, German"), step.notes.de, key=f"notes-de-{key}"),
        right.text_area(t("Notes, English"), step.notes.en, key=f"notes-en-{key}"),
    )
    reveal = st.radio(
        t("Revealed"), list(policies), list(policies).index(step.reveal), policies.__getitem__, key=f"r-{key}"
    )
    shrink = st.checkbox(t("Can shrink when time runs out"), step.shrinkable, key=f"shrink-{key}")
    sizes = {0: t("all together"), **{n: t("groups of {n}", n=n) for n in (2, 3, 4, 5)}}
    group = st.selectbox(t("Talk"), list(sizes), list(sizes).index(step.group), sizes.__getitem__, key=f"group-{key}")
    before = st.checkbox(t("Pre-work: open by link before the room meets"), step.before, key=f"before-{key}")
    words = {
        "title": Text(de=titles[0].strip() or step.title.de, en=titles[1].strip() or step.title.en),
        "notes": Text(de=notes[0].strip(), en=notes[1].strip()),
    }
    return step.model_copy(update={**words, "reveal": reveal, "shrinkable": shrink, "group": group, "before": before})


def _add(visit: Visit, workshop: Workshop) -> None:
    """Any format of the library, and any step of a ready agenda."""
    t, key, library = visit.t, workshop.code, visit.house.library
    offered = {f"x-{step.id}": (t("Library"), step) for step in library.exercises}
    offered |= {f"{a.id}-{step.id}": (t(a.name), step) for a in library.agendas for step in a.steps}
    names = {
        id: t("{title} · {minutes} min · {source}", title=s.title, minutes=s.minutes, source=a)
        for id, (a, s) in offered.items()
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("Add a step"), list(names), None, names.__getitem__, key=f"add-{key}", placeholder=t("Please choose")
        )
        pressed = st.button(t("Add"), key=f"add-now-{key}", icon=":material/add:", disabled=chosen is None)
    if pressed and chosen:
        with kindly():
            visit.house.add_step(visit.host, key, offered[chosen][1])
            st.rerun()


def _keep(visit: Visit, workshop: Workshop) -> None:
    t = visit.t
    st.download_button(
        t("Save the agenda as a file"),
        visit.house.agenda_file(workshop),
        f"{workshop.code.lower()}.yml",
        "application/yaml",
        key=f"keep-{workshop.code}",
        icon=":material/download:",
        help=t("Put it into workshop_content/agendas, and every new workshop can use it."),
    )
