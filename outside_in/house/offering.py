"""A leader asks a language model about the own draft: at their request only, redacted, within the workshop's budget."""

import secrets

from outside_in import writer
from outside_in.domain.errors import BadInput, NotOpen
from outside_in.domain.exercise import Drafted, Room
from outside_in.domain.people import Badge
from outside_in.domain.session import Session
from outside_in.domain.text import Language
from outside_in.domain.wording import Draft
from outside_in.house.answers import Answers
from outside_in.house.writing import Writing
from outside_in.store.written import Answer
from outside_in.writer import Unavailable


class NothingToAsk(NotOpen):
    message = "There is no draft of yours, or the language model is not switched on for this workshop."
    code = "offer-nothing"


class BudgetSpent(NotOpen):
    message = "The budget of this workshop is used up; nothing was sent."
    code = "offer-budget"


class NoOffer(BadInput):
    message = "{why} Your draft stays as it is."
    code = "offer-failed"


class Offering(Answers, Writing):
    def draft(self, badge: Badge, session: Session, step: str, language: Language) -> Draft | None:
        """What would be sent if its author asked; None where there is nothing to ask, or nobody allowed it."""
        known, workshop = self.writer_settings(), self.workshops.of(session.plan.workshop)
        if not (known.on and workshop.writer):
            return None
        own = self.own_answer(badge, session, step)
        drafted = session.step(step).exercise.drafted(Room.of_one(own)) if own else None
        return self._redacted(drafted, language) if drafted else None

    def offer(self, badge: Badge, session: Session, step: str, language: Language) -> str:
        """
        One call, answered to its author alone; nobody's name is noted.

        Raises NothingToAsk, BudgetSpent, NoOffer.
        """
        draft = self.draft(badge, session, step, language)
        if draft is None:
            raise NothingToAsk
        known, written, workshop = self.writer_settings(), self.database.written, session.plan.workshop
        sent = writer.offers.body(draft, known.model)
        ask = secrets.token_hex(32)  # a hash of the draft would date a sentence of a closed step
        if written.spent(workshop) + writer.tokens(sent) > known.most:
            raise BudgetSpent
        self.database.log.note(badge.role("leader"), "a draft to a language model", workshop)
        try:
            answer = writer.online(known.model, known.key.get_secret_value(), known.address).offer(draft)
        except Unavailable as failed:
            written.keep(workshop, ask, Answer(failed.tokens, None))
            raise NoOffer(why=failed.why) from None
        written.keep(workshop, ask, Answer(answer.tokens, None))  # what it cost, not what was said
        return answer.text

    def _redacted(self, drafted: Drafted, language: Language) -> Draft:
        from outside_in.journeys import redact

        about = tuple(getattr(one, language) for one in drafted.about)
        return Draft(text=redact(drafted.text), about=about, language=language)
