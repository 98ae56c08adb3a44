"""Names from a language model: asked in the worker, only for what a person has seen and let go."""

from collections.abc import Callable, Mapping
from typing import Any

from outside_in import writer
from outside_in.domain.board import Board
from outside_in.domain.errors import NotOpen
from outside_in.domain.people import Principal
from outside_in.domain.text import Line, line, lines
from outside_in.domain.wording import Worded, Wording
from outside_in.house import House
from outside_in.house.writing import Letter, Sending, WriterSettings
from outside_in.store.written import Answer
from outside_in.writer import Unavailable

Tell = Callable[[float], None]
IN_A_ROW = 2
"""Failures after which the other themes are not asked about."""


class WriterOff(NotOpen):
    message = "The language model is not switched on for this workshop."
    code = "writer-off"


class ChangedMeanwhile(NotOpen):
    message = "The themes have changed since you looked at what would be sent. Please look again."
    code = "writer-changed"


def propose(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """One call per theme; what comes back waits for a person. Every failure leaves the theme as it is."""
    house.shelf.clear()
    now, known = house.workshops.of(workshop), house.writer_settings()
    if not (known.on and now.writer):
        raise WriterOff
    letter = house.letter(now)
    if letter.digest != args.get("digest"):
        raise ChangedMeanwhile
    asking = _Asking(house, workshop, known)
    for at, sending in enumerate(letter.sendings):
        tell(at / len(letter.sendings))
        asking.about(sending)
    if asking.sent:
        _noted(house, by, workshop, letter, asking.sent)
    if asking.found:
        what = lines(
            "{n} name proposed by the language model", "{n} names proposed by the language model", len(asking.found)
        )
        house.shape(by, workshop, lambda board: _proposed(board, asking.found), what)
    return {"found": len(asking.found), "of": len(letter.sendings), "note": asking.note.model_dump(mode="json")}


class _Asking:
    """Goes on until the budget is spent or the model gives up."""

    def __init__(self, house: House, workshop: str, known: WriterSettings) -> None:
        self.house, self.workshop, self.known = house, workshop, known
        self.found: dict[str, Wording] = {}
        self.sent = 0
        self.note = Line(message="")
        self._failed, self._over = 0, False
        self._writer: writer.Writer | None = None

    def about(self, sending: Sending) -> None:
        answer = self._remembered(sending)
        if answer is None and not self._over:
            answer = self._asked(sending)
        if answer is not None and _nameless(answer):
            rows = tuple(sending.rows[id] for id in answer.evidence)
            told = answer.model_dump(include={"label", "description", "stance"})
            self.found[sending.ask.theme] = Wording(**told, evidence=rows, model=self.known.model)

    def _remembered(self, sending: Sending) -> Worded | None:
        text = self.house.database.written.known(self.workshop, sending.digest)
        return Worded.model_validate_json(text) if text else None

    def _asked(self, sending: Sending) -> Worded | None:
        written = self.house.database.written
        if written.spent(self.workshop) + sending.tokens > self.known.most:
            self._over, self.note = True, line("The budget of this workshop is used up; no more was sent.")
            return None
        self.sent += len(sending.ask.comments)
        try:
            answer = self._online().name(sending.ask)
        except Unavailable as failed:
            self._fail(failed)
            if failed.tokens:
                written.keep(self.workshop, sending.digest, Answer(failed.tokens, None))
            return None
        self._failed = 0
        written.keep(self.workshop, sending.digest, Answer(answer.tokens, answer.model_dump_json()))
        return answer

    def _online(self) -> writer.Writer:
        if self._writer is None:
            key = self.known.key.get_secret_value()
            self._writer = writer.online(self.known.model, key, self.known.address)
        return self._writer

    def _fail(self, failed: Unavailable) -> None:
        self._failed += 1
        self.note = failed.why
        self._over = failed.hopeless or self._failed >= IN_A_ROW


def _nameless(answer: Worded) -> bool:
    """Whether redaction finds nothing in it that points to a person."""
    from outside_in.journeys import redact

    texts = [answer.label, *([answer.description] if answer.description else [])]
    return all(redact(said) == said for text in texts for said in (text.de, text.en))


def _proposed(board: Board, found: Mapping[str, Wording]) -> Board:
    known = {theme.id for theme in board.themes}
    for id, wording in found.items():
        board = board.propose(id, wording) if id in known else board
    return board


def _noted(house: House, by: Principal, workshop: str, letter: Letter, sent: int) -> None:
    """That something left, how much, and its hash; never what."""
    house.database.log.note(by, f"{sent} comments to a language model, {letter.digest[:12]}", workshop)
