"""
The fictional sample companies as ready workshops, and sessions fresh from them.

Their themes are content: a person shaped them once, as every facilitator does. Everything else is
read from their feedback files the way any other file is.
"""

import datetime as dt

from outside_in import journeys
from outside_in.content.library import Sample
from outside_in.domain.board import Board
from outside_in.domain.feedback import Placed, Quote, Theme, Verbatim
from outside_in.domain.model import Model
from outside_in.domain.people import OPERATOR, Principal
from outside_in.domain.plan import Phase
from outside_in.domain.session import Session
from outside_in.domain.text import line
from outside_in.domain.workshop import About, Workshop
from outside_in.house import FIRST, House
from outside_in.house.tasks import draw, stored

SAMPLE = "lindhain"
"""The one that is there from the first start on."""
TASTE, CROWD = "ten-minutes", 12


class Demo(Model):
    """Addresses of a session that is ready to be run."""

    workshop: str
    code: str
    join_url: str
    stage_url: str
    facilitator_url: str
    practice_url: str


def seed(house: House) -> str | None:
    """The sample workshop with one session, on the first start only; gives its join code."""
    if house.workshops.codes():
        return None
    workshop = sample_workshop(house, FIRST)
    return house.open_session(OPERATOR, workshop.code).code


def sample_workshop(house: House, *hosts: str, company: str = SAMPLE) -> Workshop:
    sample = house.library.sample(company)
    workshop = Workshop(
        code=house.new_code(),
        hosts=hosts,
        sample=True,
        company=company,
        about=About(
            title=getattr(sample.title, sample.language),
            client=getattr(sample.client, sample.language),
            language=sample.language,
            date=dt.date.fromtimestamp(house.clock()),
            values=sample.values,
        ),
        steps=house.library.agenda(sample.agenda).steps,
    )
    house.workshops.open(workshop)
    reading = journeys.read(sample.feedback, presets=house.library.presets)
    stored(house, OPERATOR, workshop.code, reading)
    _shape(house, workshop.code, sample, list(reading.verbatims))
    draw(house, OPERATOR, workshop.code, {}, lambda _: None)
    if calculation := house.library.calculation(sample.id):
        house.prepare(OPERATOR, workshop.code, lambda now: now.value(OPERATOR, calculation))
    _read(house, workshop.code)
    return _case(house, workshop.code, sample)


def _case(house: House, workshop: str, sample: Sample) -> Workshop:
    """The event log, and of its real cases the one that takes longest, with the words of whoever suffers most."""
    found = journeys.read_log(sample.events).flow
    assert found
    house.prepare(OPERATOR, workshop, lambda now: now.find_flow(OPERATOR, found))
    now = house.workshops.of(workshop)
    kinds = [one.kind for one in found.representatives]
    points = sorted(now.journey.touchpoints if now.journey else (), key=lambda one: one.emotion or 0.0)
    spoken = next((quote.row for point in points for quote in point.quotes if quote.row in now.approved), None)
    house.choose_case(OPERATOR, workshop, kinds.index("extreme"), spoken, sample.stake)
    return house.workshops.of(workshop)


def _shape(house: House, workshop: str, sample: Sample, verbatims: list[Verbatim]) -> None:
    placed = tuple(
        Placed(row=row, theme=theme.id, subtheme=theme.id, confidence=1.0)
        for theme in sample.themes
        for row in theme.rows
    )
    inside = {one.row for one in placed}
    outside = [Placed(row=one.row, theme=None) for one in verbatims if one.text and one.row not in inside]
    house.database.corpora.place(workshop, [*placed, *outside])
    by_row = {verbatim.row: verbatim for verbatim in verbatims}
    themes = []
    for known in sample.themes:
        themes.append(
            Theme(
                id=known.id,
                leaves=(known.id,),
                label=known.label,
                keywords=known.keywords,
                size=len(known.rows),
                status="selected",
                quotes=tuple(_quote(by_row[row], "typical") for row in known.quotes),
                dissent=_quote(by_row[known.dissent], "dissent") if known.dissent else None,
            )
        )
    board = Board(themes=tuple(sorted(themes, key=lambda theme: -theme.size)))
    house.shape(OPERATOR, workshop, lambda _: board, line("Themes found"))


def _quote(verbatim: Verbatim, kind: str) -> Quote:
    return Quote.model_validate(
        {
            "row": verbatim.row,
            "text": verbatim.text,
            "kind": kind,
            "score": verbatim.score,
            "touchpoint": verbatim.touchpoint,
            "date": verbatim.date,
        }
    )


def _read(house: House, workshop: str) -> None:
    """The sample's quotes are invented and were read when they were written."""
    rows = tuple(quote.row for quote in house.workshops.of(workshop).to_read())
    house.prepare(OPERATOR, workshop, lambda now: now.review(OPERATOR, rows, ()))


def fresh(house: House, host: str, company: str = SAMPLE, *, open_first: bool = False) -> tuple[Session, Session]:
    """A live and a self-paced session of the sample, for this host."""
    workshop = _own_sample(house, host, company)
    live = house.open_session(OPERATOR, workshop.code)
    own = house.open_session(OPERATOR, workshop.code, own_pace=True)
    return (opened(house, live) if open_first else live), own


def taste(house: House, host: str, company: str = SAMPLE) -> Session:
    """Ten minutes with the sample for one person: simulated leaders answer whatever opens."""
    return house.open_taste(OPERATOR, _own_sample(house, host, company).code, TASTE, CROWD)


def _own_sample(house: House, host: str, company: str) -> Workshop:
    every = house.workshops_of(Principal(role="facilitator", id=host))
    mine = [workshop for workshop in every if workshop.sample and workshop.company == company]
    return mine[-1] if mine else sample_workshop(house, host, company=company)


def opened(house: House, session: Session) -> Session:
    """The first question for the phones, open."""
    while session.course(session.now).phase is not Phase.OPEN:
        session = house.press(OPERATOR, session.code, session.moved)
    return session


def demo(house: House, base: str, company: str = SAMPLE, *, open_first: bool = False) -> Demo:
    live, own = fresh(house, FIRST, company, open_first=open_first)
    base = base.rstrip("/")
    return Demo(
        workshop=live.plan.workshop,
        code=live.code,
        join_url=f"{base}/j/{live.code}",
        stage_url=f"{base}/show/{house.stage_link(live.code)}",
        facilitator_url=f"{base}/enter/{house.sign_in_link(FIRST, live.code)}",
        practice_url=f"{base}/resume/{house.personal_link(OPERATOR, own.code)}",
    )
