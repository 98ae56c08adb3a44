"""Beside the pages: what is pushed, what is taken home, whether the house stands."""

import asyncio
import re
from pathlib import Path
from typing import get_args

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from outside_in import __version__, house
from outside_in.domain.errors import NotAllowed, Unknown, UnknownCode, WorkshopError
from outside_in.domain.outcome import Audience
from outside_in.domain.people import Badge, Role
from outside_in.domain.session import Session
from outside_in.exports import FORMATS
from outside_in.house import Job
from outside_in.web import cookies
from outside_in.web.door import held, speaker
from outside_in.web.language import language
from outside_in.web.leaving import until_leaving

BRAND = Path(__file__).parents[1] / "brand"
PATIENCE, LOOK = 120.0, 0.1
"""Seconds: how long a download waits for the worker, and how often it looks."""
MADE = {"export", "export-all", "letters", "paper", "report"}
"""Kinds of work that leave a file to take home."""
UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx must not collect events


class NotMade(WorkshopError):
    message = "The file could not be made. Please try again."
    code = "not-made"


async def follow(request: Request) -> Response:
    """A revision whenever something changed; authorised by the cookie."""
    topic = request.path_params["topic"]
    badge = await held(cookies.badge, house.parts(), request)
    try:
        await held(_may_follow, badge, topic)
    except WorkshopError:
        return PlainTextResponse("Forbidden", 403)
    events = until_leaving(house.parts().hub.stream(topic))
    return StreamingResponse(events, media_type="text/event-stream", headers=UNBUFFERED)


def _may_follow(badge: Badge, topic: str) -> None:
    audience, _, code = topic.partition(":")
    guests: dict[str, tuple[Role, ...]] = {"phones": ("leader", "stage"), "stage": ("stage",), "desk": ()}
    if audience not in guests:
        raise NotAllowed
    parts = house.parts()
    if code and badge.role(*guests[audience]).code == code:
        parts.sessions.version(code)
    else:
        parts.sessions.of(code).must_run(badge.role("facilitator"))


async def download(request: Request) -> Response:
    """One deliverable of a session, made by the worker: the room never waits for it."""
    code, format = request.path_params["code"], request.path_params["format"]
    audience, say = request.query_params.get("audience", "participants"), speaker(request)
    try:
        badge = await held(cookies.badge, house.parts(), request)
        session = await held(_may_take, badge, code, audience)
        if format not in FORMATS:
            raise Unknown(name=format)
        args = {"session": code, "formats": [format], "audience": audience, "language": language(request)}
        by = badge.role("facilitator", "consultant")
        job = await held(house.parts().database.jobs.add, "export", session.plan.workshop, by, args)
        return _handed_over(await _done(job), keep=False)
    except WorkshopError as error:
        return PlainTextResponse(say(error.line), 403 if isinstance(error, NotAllowed) else 404)


async def paper(request: Request) -> Response:
    """What is printed beside a workshop, for its facilitator; `own`: a leader's own confirmation."""
    code, kind, say = request.path_params["code"], request.path_params["kind"], speaker(request)
    parts = house.parts()
    try:
        badge = await held(cookies.badge, parts, request)
        if code == "own":
            job = await held(parts.order_certificate, badge, language(request))
        elif kind == "sheets":
            job = await held(parts.order_sheets, badge.role("facilitator"), code, language(request))
        elif kind == "poster":
            job = await held(parts.order_poster, badge.role("facilitator"), code, origin(request), language(request))
        else:
            job = await held(parts.order_paper, badge.role("facilitator"), code, kind, language(request))
        return _handed_over(await _done(job), keep=False)
    except WorkshopError as error:
        return PlainTextResponse(say(error.line), 403 if isinstance(error, NotAllowed) else 404)


def origin(request: Request) -> str:
    """The house as this browser sees it; the guard has let no other host through."""
    host = re.sub(r"[^\w.:\[\]-]", "", request.headers.get("host", ""))
    return f"{'https' if cookies.is_secure(request) else 'http'}://{host}"


async def collect(request: Request) -> Response:
    """What the worker made on a page's request."""
    say = speaker(request)
    try:
        badge = await held(cookies.badge, house.parts(), request)
        job = await _done(request.path_params["job"])
        await held(_may_take, badge, job.args["session"], job.args["audience"])
        return _handed_over(job, keep=True)
    except WorkshopError as error:
        return PlainTextResponse(say(error.line), 403 if isinstance(error, NotAllowed) else 404)


async def _done(id: str) -> Job:
    """The job once it has ended well; what went wrong, or a worker that is not there, in one sentence."""
    jobs, waited = house.parts().database.jobs, 0.0
    while waited < PATIENCE:
        job = await held(jobs.job, id)
        if job is None or job.kind not in MADE or job.state in ("failed", "cancelled"):
            raise NotMade
        if job.state == "done":
            return job
        await asyncio.sleep(LOOK)
        waited += LOOK
    raise NotMade


def _handed_over(job: Job, *, keep: bool) -> Response:
    path = Path(job.result["path"])
    if not path.is_file():
        raise Unknown(name=job.result["name"])
    headers = {"Content-Disposition": f'attachment; filename="{job.result["name"]}"', "Cache-Control": "no-store"}
    after = None if keep else BackgroundTask(path.unlink, missing_ok=True)
    return Response(path.read_bytes(), media_type=job.result["media_type"], headers=headers, background=after)


def _may_take(badge: Badge, code: str, audience: str) -> Session:
    """Whoever is nobody learns nothing, not even whether there is such a session."""
    guest, host = badge.role("consultant"), badge.role("facilitator")
    if audience not in get_args(Audience) or not {guest.role, host.role} - {"nobody"}:
        raise NotAllowed
    session = house.parts().sessions.of(code)
    if guest.role == "consultant" and guest.code == session.plan.workshop and audience != "internal":
        return session
    if host.id not in session.hosts:
        raise UnknownCode(name=code)
    session.must_run(host)
    return session


async def health(_: Request) -> Response:
    """Four words for whoever watches; no path, no name, no code, no count."""
    database = house.parts().database
    alive = await asyncio.to_thread(database.alive)
    behind = alive and await asyncio.to_thread(database.behind)
    well = alive and not behind
    told = {
        "status": "ok" if well else "fail",
        "version": __version__,
        "database": "ok" if alive else "fail",
        "revision": "ok" if well else "behind",
    }
    return JSONResponse(told, 200 if well else 503, {"Cache-Control": "no-store"})


ROUTES = [
    Route("/live/{topic}", follow),
    Route("/take/made/{job}", collect),
    Route("/take/paper/{code}/{kind}", paper),
    Route("/take/{code}/{format}", download),
    Route("/health", health),
    Mount("/brand", StaticFiles(directory=BRAND)),
]
