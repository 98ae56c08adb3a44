"""How leaders and projectors come in: plain pages and forms; looking at an address changes nothing."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from outside_in import house
from outside_in.domain.errors import Expired, NotOpen, Unknown, WorkshopError
from outside_in.domain.people import Principal
from outside_in.domain.session import Session
from outside_in.domain.text import Say
from outside_in.web import cookies, html
from outside_in.web.language import language
from outside_in.web.limits import WrongTries
from outside_in.web.once import Once

wrong = WrongTries()
joins = Once()
CODE = {
    "required": "required",
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "maxlength": "12",
}


def speaker(request: Request) -> Say:
    return house.parts().speaker(language(request))


async def held(work: Callable[..., Any], *args: Any) -> Any:
    """Off the event loop: the store waits for the disk, phones must not."""
    return await asyncio.to_thread(work, *args)


# leaders ------------------------------------------------------------------------------------


async def invitation(request: Request) -> Response:
    code = plain_code(request.path_params["code"])
    try:
        await held(house.parts().sessions.of, code)
    except Unknown:
        return _unknown(request, code)
    return join_page(request, code, remote="remote" in request.query_params)


async def join_form(request: Request) -> Response:
    return join_page(request, plain_code(request.query_params.get("code", "")))


async def join(request: Request) -> Response:
    form = await request.form()
    code, name = plain_code(str(form.get("code", ""))), " ".join(str(form.get("name", "")).split())[:40]
    once, known = str(form.get("once", "")), cookies.token(request, "room")
    remote = bool(form.get("remote"))
    try:
        token, to = await held(joins, once and f"{once} {code}", lambda: _join(known, code, name, remote))
    except Unknown:
        return _unknown(request, code)
    except NotOpen:
        return join_page(request, code, speaker(request)("This session has ended."), status=410)
    return cookies.give(request, RedirectResponse(to, 303), "room", token)


def _join(token: str, code: str, name: str, remote: bool) -> tuple[str, str]:
    """
    The same leader again where the cookie is of this session, after its end, too.

    The token is new in any case: one that somebody planted here is worth nothing from now on.
    """
    parts = house.parts()
    doors, session = parts.database.doors, parts.sessions.of(code)
    known = doors.who(token, "leader")
    again = known is not None and known.code == code
    if session.ended and not again:
        raise NotOpen
    by, token = (known, doors.renew(token)) if known and again else doors.new_leader(code)
    if not session.ended:
        _seated(by, name or session.joined.get(by.id, ""), remote)
    return token, "/practice" if session.pace == "self" else "/room"


def _seated(by: Principal, name: str = "", remote: bool = False) -> None:
    def decide(now: Session) -> Any:
        return None if now.ended else now.join(by, name or now.joined.get(by.id, ""), remote=remote)

    house.parts().change(by, by.code, decide)


def join_page(request: Request, code: str, wrong: str = "", status: int = 200, *, remote: bool = False) -> Response:
    say = speaker(request)
    shown = f"{code[:4]}-{code[4:]}" if len(code) > 4 else code
    fields = html.field("code", say("Code from the screen"), shown, hint=say("Eight letters and digits"), **CODE)
    fields += html.field(
        "name",
        say("Name (optional)"),
        hint=say("Only shown if you sign a commitment."),
        maxlength="40",
        autocomplete="off",
    )
    fields += html.tick("remote", say("I am not in the room but take part by video call."), remote)
    fields += html.hidden("once", joins.ticket())
    note = html.text(
        say("Your answers are anonymous: as soon as a step closes, nobody can tell who said what.")
    ) + html.text(
        say(
            "No account, no address and no device data are stored. "
            "Others see shared results only, from five answers on."
        )
    )
    body = html.alert(wrong) + html.form("/join", fields, say("Join")) + f'<div class="note">{note}</div>'
    return html.page(say, say("Take part"), body, status=status, to=f"/j/{code}" if code else "/join")


def _unknown(request: Request, code: str) -> Response:
    """404 and the form again; whoever guesses too often waits, the right code never does."""
    say = speaker(request)
    seconds = wrong.wait(request.client.host if request.client else "")
    if seconds:
        told = say("Too many wrong codes. Please wait {seconds} seconds and try again.", seconds=seconds)
        answer = join_page(request, "", told, status=429)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    told = say("We do not know this code. Please check it on the screen in the room.")
    return join_page(request, code, told, status=404)


def plain_code(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())[:16]


# personal and one-time links ----------------------------------------------------------------


async def resume(request: Request) -> Response:
    """A leader's own way into a self-paced session, on this device."""
    link, say = request.path_params["token"], speaker(request)
    doors = house.parts().database.doors
    by = await held(doors.peek, link, "resume")
    if request.method == "GET":
        words = say("This is your personal link. You can go on wherever you stopped, on any device.")
        body = html.text(words) + html.form(here(request), "", say("Begin or go on"))
        return html.page(say, say("At your own pace"), body, to=here(request))
    token = await held(doors.resume, link)
    await held(_seated, by)
    return cookies.give(request, RedirectResponse("/practice", 303), "room", token)


async def show(request: Request) -> Response:
    """The projector's own read-only link."""
    doors, link = house.parts().database.doors, request.path_params["token"]
    await held(doors.peek, link, "stage")
    return cookies.give(request, RedirectResponse("/stage", 303), "stage", link)


# everybody ----------------------------------------------------------------------------------


async def speak(request: Request) -> Response:
    form = await request.form()
    to, wanted = str(form.get("to", "/")), str(form.get("lang", "de"))
    answer = RedirectResponse(to if safe(to) else "/", 303)
    return cookies.remember(request, answer, "en" if wanted == "en" else "de")


def safe(to: str) -> bool:
    """A path of ours and nothing that a browser might read as another host."""
    return re.fullmatch(r"/|(/[\w-]+)+", to, re.ASCII) is not None


def here(request: Request) -> str:
    """`request.url` could be bent by a forged Host header."""
    return str(request.scope["path"])


async def no_longer(request: Request, error: Exception) -> Response:
    """Expired, used and withdrawn links: one page that says so and shows nothing."""
    say = speaker(request)
    known = error if isinstance(error, WorkshopError) else Expired()
    status = 410 if isinstance(known, Expired) else 404
    return html.page(say, say("This does not work any more"), html.alert(say(known.line)), status=status)


ROUTES = [
    Route("/j/{code}", invitation),
    Route("/join", join_form, methods=["GET"]),
    Route("/join", join, methods=["POST"]),
    Route("/resume/{token}", resume, methods=["GET", "POST"]),
    Route("/show/{token}", show),
    Route("/language", speak, methods=["POST"]),
]
