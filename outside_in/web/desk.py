"""How hosts and consultants come in: set up once, sign in, by a one-time link or a share link."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from outside_in import house
from outside_in.domain.errors import Expired, WorkshopError
from outside_in.domain.people import Principal
from outside_in.domain.text import Say
from outside_in.web import cookies, html
from outside_in.web.door import held, here, speaker


async def enter(request: Request) -> Response:
    """A one-time sign-in link: a page with one form, so that a mail scanner does not use it up."""
    link, say = request.path_params["token"], speaker(request)
    doors = house.parts().database.doors
    if not cookies.may_host(request):
        return from_afar(say)
    if request.method == "GET":
        await held(doors.peek, link, "sign-in")
        body = html.text(say("This link works once. It signs you in on this device."))
        body += html.form(here(request), "", say("Sign in"))
        return html.page(say, say("For facilitators"), body, to=here(request))
    by = await held(doors.use_once, link, "sign-in")
    return await _inside(request, by, "/facilitate")


async def share(request: Request) -> Response:
    """A consultant's read-only link to the outcomes of one workshop."""
    doors, link = house.parts().database.doors, request.path_params["token"]
    if not cookies.may_host(request):
        return from_afar(speaker(request))
    await held(doors.peek, link, "share")
    await held(doors.viewed, link)
    return cookies.give(request, RedirectResponse("/outcomes", 303), "desk", link)


async def login(request: Request) -> Response:
    say, doors = speaker(request), house.parts().database.doors
    if not cookies.may_host(request):
        return from_afar(say)
    if request.method == "GET":
        return _login_page(say)
    form = await request.form()
    name, password = str(form.get("login", "")), str(form.get("password", ""))[:200]
    try:
        token = await held(doors.sign_in, name, password)
    except WorkshopError as error:
        answer = _login_page(say, say(error.line), name)
        if seconds := error.values.get("seconds"):
            answer.status_code, answer.headers["Retry-After"] = 429, str(seconds)
        return answer
    return await _replace(request, token, "/prepare")


def from_afar(say: Say) -> Response:
    """Room mode: everybody in the network could read along."""
    words = say("Without encryption, this works only on the machine that serves the workshop.")
    return html.page(say, say("For facilitators"), html.alert(words), status=403, to="/login")


def _login_page(say: Say, wrong: str = "", login: str = "") -> Response:
    fields = html.field("login", say("Login"), login, autocomplete="username", required="required")
    secret = {"type": "password", "autocomplete": "current-password", "required": "required"}
    fields += html.field("password", say("Password"), **secret)
    body = html.alert(wrong) + html.form("/login", fields, say("Sign in"))
    return html.page(say, say("For facilitators"), body, status=403 if wrong else 200, to="/login")


async def logout(request: Request) -> Response:
    say = speaker(request)
    if request.method == "GET":
        return html.page(say, say("Sign out"), html.form("/logout", "", say("Sign out")), to="/logout")
    await held(house.parts().database.doors.revoke, cookies.token(request, "desk"))
    return cookies.take_back(request, RedirectResponse("/", 303), "desk")


async def setup(request: Request) -> Response:
    """The first account gets its login and password; only from this machine."""
    say, doors = speaker(request), house.parts().database.doors
    if not cookies.is_near(request):
        told = html.alert(say("Please set up on the machine itself."))
        return html.page(say, say("Set up"), told, status=403)
    if request.method == "GET":
        return _setup_page(say)
    form = {name: str(value) for name, value in (await request.form()).items()}
    try:
        token = await held(doors.set_up, *(form.get(name, "") for name in ("token", "login", "password")))
    except WorkshopError as error:
        status = 403 if isinstance(error, Expired) else 400
        return _setup_page(say, say(error.line), form.get("login", ""), form.get("token", ""), status)
    return await _replace(request, token, "/")


def _setup_page(say: Say, wrong: str = "", login: str = "", token: str = "", status: int = 200) -> Response:
    hint = say("Filled in by the link.")
    fields = html.field("token", say("Set-up code"), token, hint=hint, autocomplete="off")
    fields += html.field("login", say("Your login"), login, autocomplete="username", required="required")
    fields += html.field(
        "password",
        say("Your password"),
        hint=say("At least 12 characters."),
        type="password",
        autocomplete="new-password",
        minlength="12",
        required="required",
    )
    body = html.alert(wrong) + html.form("/setup", fields, say("Set up and sign in"))
    return html.page(say, say("Set up"), body, status=status, to="/setup", script="setup.js")


async def _inside(request: Request, by: Principal, to: str) -> Response:
    token = await held(house.parts().database.doors.issue, by, "facilitator")
    return await _replace(request, token, to)


async def _replace(request: Request, token: str, to: str) -> Response:
    """The token that came along is worth nothing from now on: nobody can plant one beforehand."""
    await held(house.parts().database.doors.revoke, cookies.token(request, "desk"))
    return cookies.give(request, RedirectResponse(to, 303), "desk", token)


ROUTES = [
    Route("/enter/{token}", enter, methods=["GET", "POST"]),
    Route("/share/{token}", share),
    Route("/login", login, methods=["GET", "POST"]),
    Route("/logout", logout, methods=["GET", "POST"]),
    Route("/setup", setup, methods=["GET", "POST"]),
]
