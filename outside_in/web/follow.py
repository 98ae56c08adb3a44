"""After the workshop: a leader's own page, and check-in links that need no login; two minutes on a phone."""

import datetime as dt
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from outside_in import house
from outside_in.domain import follow
from outside_in.domain.errors import WorkshopError
from outside_in.domain.events import CheckedIn
from outside_in.domain.follow import CHECKS, LinkSpent
from outside_in.domain.people import Badge
from outside_in.domain.text import Say
from outside_in.exports import File
from outside_in.house.following import Check
from outside_in.web import cookies, html
from outside_in.web.door import held, here, speaker
from outside_in.web.language import language
from outside_in.web.once import Once

sent = Once()
FIELDS = "status", "evidence", "obstacle", "help", "on"


# by link ------------------------------------------------------------------------------------


async def check(request: Request) -> Response:
    """GET shows the form and changes nothing; a mail scanner that opens links uses none up."""
    token, say = request.path_params["token"], speaker(request)
    try:
        known: Check = await held(house.parts().check, token)
        if _said(known):
            raise LinkSpent
        if request.method == "GET":
            return _form(request, say, known)
        return await _taken(request, token, known)
    except LinkSpent as error:
        body = html.alert(say(error.line)) + html.text(say("You need do nothing more here."))
        return html.page(say, say("This link is done"), body, status=410)


def _said(known: Check) -> bool:
    told = known.one.partner_told if known.by.role == "partner" else known.one.told
    return any(event.day == known.day for event in told)


async def _taken(request: Request, token: str, known: Check) -> Response:
    form = await request.form()
    values = {name: str(form.get(name, "")) for name in FIELDS}
    ticket, say = str(form.get("once", "")), speaker(request)
    try:
        await held(sent, ticket and f"{token} {ticket}", lambda: house.parts().check_in(token, values, ticket))
    except LinkSpent:
        raise
    except WorkshopError as error:
        return _form(request, say, known, say(error.line), values)
    return html.page(say, say("Thank you."), _thanks(say, known))


def _thanks(say: Say, known: Check) -> str:
    ahead = [day for day in CHECKS if day > known.day]
    said = html.text(say("Your check-in is saved. You can close this page."))
    if ahead and known.by.role == "author":
        day = known.one.start + dt.timedelta(days=ahead[0])
        said += html.text(say("The next one is on {date}.", date=day))
    return said


def _form(request: Request, say: Say, known: Check, wrong: str = "", values: dict[str, str] | None = None) -> Response:
    given = values or {}
    options = {option.id: say(option.label) for option in follow.STATUS.options}
    fields = html.choice("status", say(follow.STATUS.label), options, given.get("status", ""))
    for question in (follow.EVIDENCE, follow.OBSTACLE, follow.HELP):
        fields += html.area(question.id, say(question.label), given.get(question.id, ""), most=question.most)
    hint = say("Leave it empty for today.")
    fields += html.field("on", say("When was that?"), given.get("on", ""), hint=hint, type="date")
    fields += html.hidden("once", sent.ticket())
    partner = known.by.role == "partner"
    lead = say("You were asked as a partner. How do you see it?") if partner else say("This takes two minutes.")
    title = say("Check-in after {n} days", n=known.day)
    body = html.alert(wrong) + html.text(lead) + _card(say, known.one) + ("" if partner else _earlier(say, known.one))
    body += html.form(here(request), fields, say("Send"))
    body += f'<div class="note">{html.text(_who_sees(say, known.one))}</div>'
    return html.page(say, title, body, status=422 if wrong else 200, to=here(request))


def _card(say: Say, one: follow.Commitment) -> str:
    promise = one.promise
    return html.card(
        say("If {when}, then {then}.", when=promise.when, then=promise.then),
        say("First step: {step}", step=promise.first_step) if promise.first_step else "",
        say("Visible by {due}: {measure}", due=promise.due, measure=promise.measure),
    )


def _earlier(say: Say, one: follow.Commitment) -> str:
    said = [_line(say, event) for event in one.told]
    said += [say("Thanks: {words}", words=event.words or "♥") for event in one.thanks]
    return html.section(say("So far"), html.listing(said)) if said else ""


def _line(say: Say, event: CheckedIn) -> str:
    words = " · ".join(filter(None, (event.evidence, event.obstacle, event.help)))
    return say("After {n} days: {status}", n=event.day, status=say(follow.NAMES[event.status])) + (
        f" – {words}" if words else ""
    )


def _who_sees(say: Say, one: follow.Commitment) -> str:
    sees = {
        "me": say("Only you see this. It counts in the group's figures, without your words."),
        "partner": say("Only you and your partner see this. It counts in the group's figures, without your words."),
        "facilitator": say("Besides you, the facilitation sees this. It is no part of an appraisal."),
        "room": say("Your facilitation and the leaders of this workshop see this. It is no part of an appraisal."),
        "company": say("You chose that the whole company may see this. It is no part of an appraisal."),
    }
    return sees[one.promise.shown]


# a leader's own page --------------------------------------------------------------------------


async def mine(request: Request) -> Response:
    say, badge = speaker(request), await _badge(request)
    if badge.role("leader").role == "nobody":
        words = say("Please open this page on the phone with which you took part.")
        return html.page(say, say("My commitment"), html.alert(words), status=403, to="/mine")
    own = await held(house.parts().own_commitments, badge)
    return html.page(say, say("My commitment"), _own(say, own), to="/mine")


def _own(say: Say, own: list[follow.Commitment]) -> str:
    if not own:
        return html.text(say("You have made no commitment yet, or its step has not closed."))
    body = "".join(_card(say, one) + _earlier(say, one) + _links(say, one) for one in own)
    calendar = html.text(say("First step, due date and check-ins, with a link in each check-in."))
    calendar += html.form("/mine/calendar", "", say("Take the calendar file"))
    body += html.section(say("Calendar"), calendar)
    paper = html.text(say("A proposal for you and your line manager. Nobody else gets it from here."))
    return body + html.section(say("Target agreement"), paper + html.link("/mine/agreement", say("Take it as Word")))


def _links(say: Say, one: follow.Commitment) -> str:
    id = html.hidden("promise", one.promise.id)
    told = {event.day for event in one.told}
    ahead = [day for day in CHECKS if day not in told]
    found = ""
    if ahead:
        day = one.start + dt.timedelta(days=ahead[0])
        title = say("Check in now (planned for {date})", date=day)
        found += html.form("/mine/now", id + html.hidden("day", str(ahead[0])), title, kind="second")
    if one.promise.shown != "me":
        found += html.form("/mine/partner", id, say("A link for my partner"), kind="second")
    if one.linked:
        found += html.form("/mine/withdraw", id, say("Withdraw all links"), kind="second")
    return found


async def calendar(request: Request) -> Response:
    badge = await _badge(request)
    file = await held(house.parts().calendar, badge, _base(request), language(request))
    return _handed_over(file)


async def agreement(request: Request) -> Response:
    badge = await _badge(request)
    return _handed_over(await held(house.parts().own_agreement, badge, language(request)))


async def now(request: Request) -> Response:
    badge, form = await _badge(request), await request.form()
    by, day = badge.role("leader"), str(form.get("day", ""))
    days = [int(day)] if day.isdecimal() else []
    links = await held(house.parts().hand_out, by, by.code, str(form.get("promise", "")), days)
    if not links:
        raise LinkSpent
    return RedirectResponse(f"/check/{next(iter(links.values()))}", 303)


async def partner(request: Request) -> Response:
    say, badge, form = speaker(request), await _badge(request), await request.form()
    by = badge.role("leader")
    token = await held(house.parts().partner_link, by, by.code, str(form.get("promise", "")))
    link = f"{_base(request)}/check/{token}"
    body = html.text(say("Give this link to your partner. It is shown only once and works around each check-in day."))
    body += f'<p class="link">{html.escape(link)}</p>' + html.link("/mine", say("Back to my commitment"))
    return html.page(say, say("A link for my partner"), body, to="/mine")


async def withdraw(request: Request) -> Response:
    badge, form = await _badge(request), await request.form()
    by = badge.role("leader")
    await held(house.parts().withdraw_links, by, by.code, str(form.get("promise", "")))
    return RedirectResponse("/mine", 303)


async def _badge(request: Request) -> Badge:
    badge: Badge = await held(cookies.badge, house.parts(), request)
    return badge


def _base(request: Request) -> str:
    """The guard has judged the host."""
    return f"{'https' if cookies.is_secure(request) else 'http'}://{request.headers.get('host', '')}"


def _handed_over(file: File) -> Response:
    headers: dict[str, Any] = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Cache-Control": "no-store",
    }
    return Response(file.data, media_type=file.media_type, headers=headers)


ROUTES = [
    Route("/check/{token}", check, methods=["GET", "POST"]),
    Route("/mine", mine),
    Route("/mine/calendar", calendar, methods=["POST"]),
    Route("/mine/agreement", agreement),
    Route("/mine/now", now, methods=["POST"]),
    Route("/mine/partner", partner, methods=["POST"]),
    Route("/mine/withdraw", withdraw, methods=["POST"]),
]
