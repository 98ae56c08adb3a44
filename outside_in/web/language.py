"""Which language a person reads, before any page is drawn: address, cookie, browser."""

from starlette.requests import HTTPConnection

from outside_in.domain.text import Language
from outside_in.web.cookies import LANGUAGE


def language(call: HTTPConnection) -> Language:
    asked = call.query_params.get("lang") or call.cookies.get(LANGUAGE)
    wanted = asked or call.headers.get("accept-language", "de")
    return "en" if wanted.strip()[:2].lower() == "en" else "de"
