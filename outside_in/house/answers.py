"""What is said in a session: a leader's own answers, the facilitator's presses, the rehearsal."""

import secrets
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from random import Random
from typing import Any

from outside_in.domain.blocks import Block
from outside_in.domain.errors import NotOpen
from outside_in.domain.people import Badge, Principal
from outside_in.domain.session import Session
from outside_in.house.parts import Parts
from outside_in.store import surely, tag_of


class NothingOpen(NotOpen):
    message = "Nothing is open for answers right now."


class Answers(Parts):
    def answer(self, badge: Badge, step: str, ticket: str, values: Mapping[str, Any]) -> Session:
        """Saved when this returns; the leader's own copy goes into the sealed notebook."""
        by, said = badge.role("leader"), receipt(ticket)
        by.must_be("leader")
        tag = self.tag(badge, self.sessions.of(by.code), step)
        after = surely(
            lambda: self.change(by, by.code, lambda now: now.answer(by, step, values, tag=tag, receipt=said))
        )
        asked = {question.id for question in after.step(step).exercise.asks()}
        kept = {id: value for id, value in values.items() if id in asked}
        surely(lambda: self.database.notebooks.keep(bytes.fromhex(badge.key), step, {"values": kept, "receipt": said}))
        return after

    def own_answer(self, badge: Badge, session: Session, step: str) -> Mapping[str, Any] | None:
        """None until the store knows the answer: the notebook alone is no proof."""
        if not badge.key:
            return None
        kept = self.database.notebooks.read(bytes.fromhex(badge.key), step)
        if not kept or not session.course(step).holds(kept["receipt"]):
            return session.said_by(step, self.tag(badge, session, step))
        return kept["values"]

    def mine(self, badge: Badge, session: Session, step: str) -> tuple[Block, ...]:
        """What only this leader gets to see of a step; in a self-paced one, after their own answer."""
        if not session.mirrors(step):
            return ()
        own, earlier = self.own_answer(badge, session, step), session.step(step).exercise.looks_back
        if own and any(known.id == earlier for known in session.plan.steps):
            own = {**(self.own_answer(badge, session, earlier) or {}), **own}
        return session.mine(step, own)

    def tag(self, badge: Badge, session: Session, step: str) -> str:
        """Stands for the leader in this round of this step; nobody without the key can link two of them."""
        by, round = badge.role("leader"), session.course(step).round
        about = f"{by.code} {step}" if round == 1 else f"{by.code} {step} {round}"
        return tag_of(bytes.fromhex(badge.key), about) if badge.key else by.id

    def press(self, by: Principal, code: str, seen: int) -> Session:
        """The primary button, as a person saw it when the session stood at move `seen`."""
        at = self.clock()
        session = surely(lambda: self.change(by, code, lambda now: now.press(by, seen, at, self.chance)))
        if session.plan.crowd and session.asks and not session.course(session.now).rehearsed:
            self.simulate(by, code, session.plan.crowd)
        return self.sessions.of(code)

    def simulate(
        self,
        by: Principal,
        code: str,
        phones: int,
        chance: Random | None = None,
        acknowledged: Callable[[str, str], None] = lambda _step, _receipt: None,
    ) -> int:
        """Simulated leaders answer whatever is open; gives the number of answers to single items."""
        session, chance, answers = self.sessions.of(code), chance or self.chance, 0
        session.must_run(by)
        steps = [step for step in session.plan.steps if step.asks and session.takes(step.id)]
        if not steps:
            raise NothingOpen
        for _ in range(phones):
            who = f"test-{secrets.token_hex(8)}"
            for step in steps:
                values, said = step.exercise.rehearse(chance), receipt(new_ticket())
                self.change(
                    by, code, partial(Session.answer, by=by, step=step.id, values=values, tag=who, receipt=said)
                )
                acknowledged(step.id, said)
                answers += len(values)
        return answers


def receipt(ticket: str) -> str:
    """Proof that a submission was stored; says nothing about the person or the answer."""
    return sha256(ticket.encode()).hexdigest()


def new_ticket() -> str:
    return secrets.token_hex(16)
