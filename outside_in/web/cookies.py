"""Our cookies: one per kind of guest, so that a facilitator can open the stage and join in one browser."""

from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

from outside_in.domain.people import Badge
from outside_in.domain.text import Language
from outside_in.house import House

Kind = Literal["desk", "room", "stage"]
NAMES: dict[Kind, str] = {"desk": "oi", "room": "oi-room", "stage": "oi-stage"}
"""desk: a signed-in account or a share link; room: a leader; stage: a projector."""
DAYS: dict[Kind, int] = {"desk": 14, "room": 30, "stage": 7}
ROLES = {"facilitator", "consultant", "leader", "stage"}
"""What a browser can be; the operator and the clock have none."""
LANGUAGE = "oi-lang"
NEAR = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


def is_secure(call: HTTPConnection) -> bool:
    """TLS here, or at a proxy on this machine."""
    if call.scope["scheme"] in {"https", "wss"}:
        return True
    return is_near(call) and call.headers.get("x-forwarded-proto") in {"https", "wss"}


def is_near(call: HTTPConnection) -> bool:
    return call.client is None or call.client.host in NEAR


def may_host(call: HTTPConnection) -> bool:
    """Over plain HTTP from afar nobody is a host: in room mode everybody in the network could listen."""
    return is_secure(call) or is_near(call)


def name(call: HTTPConnection, kind: Kind) -> str:
    """Browsers accept the `__Host-` prefix, which no other subdomain can set, on TLS only."""
    return f"__Host-{NAMES[kind]}" if is_secure(call) else NAMES[kind]


def token(call: HTTPConnection, kind: Kind) -> str:
    return call.cookies.get(name(call, kind), "")


def give(call: HTTPConnection, answer: Response, kind: Kind, value: str) -> Response:
    answer.set_cookie(
        name(call, kind), value, DAYS[kind] * 86400, secure=is_secure(call), httponly=True, samesite="lax"
    )
    return answer


def take_back(call: HTTPConnection, answer: Response, kind: Kind) -> Response:
    answer.delete_cookie(name(call, kind), secure=is_secure(call), httponly=True, samesite="lax")
    return answer


def remember(call: HTTPConnection, answer: Response, spoken: Language) -> Response:
    answer.set_cookie(LANGUAGE, spoken, 365 * 86400, secure=is_secure(call), httponly=True, samesite="lax")
    return answer


def badge(house: House, call: HTTPConnection) -> Badge:
    """Everybody this browser may be."""
    doors = house.database.doors
    desk = doors.who(token(call, "desk"), "facilitator", "share") if may_host(call) else None
    leader = doors.who(token(call, "room"), "leader")
    stage = doors.who(token(call, "stage"), "stage")
    found = [one for one in (desk, leader, stage) if one and one.role in ROLES]
    key = doors.leader_key(token(call, "room")) if leader else None
    return Badge(principals=tuple(found), key=key.hex() if key else "")
