"""One browser tab's view of the house: who looks, at which session, in which language."""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

import streamlit as st

from outside_in import house
from outside_in.domain.errors import NotAllowed, WorkshopError
from outside_in.domain.people import Badge, Principal, Role
from outside_in.domain.plan import Step
from outside_in.domain.session import Session
from outside_in.domain.text import Language, Say
from outside_in.domain.workshop import Workshop
from outside_in.house import House
from outside_in.house.papers import units

log = logging.getLogger(__name__)


class Visit:
    """Made anew on every run; nothing of it outlives the run but what the address says."""

    @cached_property
    def house(self) -> House:
        return house.parts()

    @cached_property
    def badge(self) -> Badge:
        """What the guard made of our cookies; asked on every run, never remembered."""
        told = st.user.get("badge")
        return Badge.model_validate_json(str(told)) if told else Badge()

    def who(self, *roles: Role) -> Principal:
        return self.badge.role(*roles)

    @cached_property
    def language(self) -> Language:
        """The address, then what this tab last said, then the cookie, then the browser."""
        asked = st.query_params.get("lang") or st.session_state.get("spoken")
        wanted = asked or st.context.cookies.get("oi-lang") or st.context.locale or ""
        chosen: Language = "en" if wanted[:2] == "en" else "de"
        if asked:
            st.session_state["spoken"] = chosen
        return chosen

    @cached_property
    def t(self) -> Say:
        return self.house.speaker(self.language)

    @cached_property
    def code(self) -> str:
        """Which session or workshop the address names; remembered, because links drop it."""
        asked = st.query_params.get("code", "").replace("-", "").upper()
        if asked:
            st.session_state["code"] = asked
        return str(st.session_state.get("code", ""))

    # the session in the room ----------------------------------------------

    @cached_property
    def leader(self) -> Principal:
        return self.must("leader")

    @cached_property
    def host(self) -> Principal:
        return self.must("facilitator")

    def must(self, *roles: Role) -> Principal:
        """Whoever looks in one of these roles, else NotAllowed; rights are asked again in each verb."""
        who = self.who(*roles)
        if who.role == "nobody":
            raise NotAllowed
        return who

    def session(self, who: Principal) -> Session:
        """A leader's or a stage's own session; a facilitator's by address, else the latest."""
        if who.role != "facilitator":
            return self.house.sessions.of(who.code)
        code = self.code or who.code or self.house.latest_session(who)
        session = self.house.sessions.of(code)
        if who.id not in session.hosts:
            raise NotAllowed
        return session

    def workshop(self) -> Workshop:
        """The workshop the facilitator last chose, else the latest of theirs."""
        asked = st.query_params.get("workshop") or st.session_state.get("workshop")
        code = str(asked or self.house.latest_workshop(self.host))
        workshop = self.house.workshops.of(code)
        workshop.must_host(self.host)
        st.session_state["workshop"] = code
        return workshop

    # answers ----------------------------------------------------------------

    def own(self, session: Session, step: str) -> Mapping[str, object] | None:
        """A leader's own answer: from the sealed notebook, which nobody else can open; once per run and state."""
        known = self._opened
        if (page := (step, session.version)) not in known:
            known[page] = self.house.own_answer(self.badge, session, step)
        return known[page]

    @cached_property
    def _opened(self) -> dict[tuple[str, int], Mapping[str, object] | None]:
        return {}

    def unit(self, session: Session) -> tuple[Step, int]:
        """Where a self-paced leader is: by address, else the first part not done yet."""
        steps = units(session)
        asked = st.query_params.get("step")
        place = next((i for i, step in enumerate(steps) if step.id == asked), None)
        if place is None:
            todo = (i for i, step in enumerate(steps) if step.asks and self.own(session, step.id) is None)
            place = next(todo, len(steps) - 1)
        return steps[place], place

    def turn_to(self, step: Step) -> None:
        st.query_params["step"] = step.id
        st.rerun()

    def ticket(self, session: Session, step: str) -> str:
        """
        What makes one submission one: kept until it is sent, then replaced.

        Lives in the form's stamp too, so a press after a restart brings its own. Replaced already
        in the run of the press: the page drawn there stays, and its next press is another answer.
        """
        name = f"ticket-{step}"
        known, pressed = st.session_state.get(name), st.session_state.get("send")
        if not known or pressed or session.course(step).knows(house.receipt(known)):
            st.session_state[name] = known = secrets.token_hex(16)
        return str(known)


@contextmanager
def kindly(tell: Callable[[str], object] = st.toast) -> Iterator[None]:
    """Say what the workshop does not allow; a bug is logged with an id, and only that id is shown."""
    try:
        yield
    except WorkshopError as error:
        tell(Visit().t(error.line))
    except Exception:  # a bug; Streamlit's own stop and rerun are no Exceptions and pass
        ident = secrets.token_hex(4)
        log.exception("bug %s", ident)
        tell(Visit().t("Something went wrong on our side (reference {ident}). Please reload the page.", ident=ident))
