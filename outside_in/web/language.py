"""Which language a person reads, before any page is drawn: address, cookie, browser."""

from starlette.requests import HTTPConnection

from outside_in.domain.text import Language
from outside_in.web.cookies import LANGUAGE


def language(call: HTTPConnection) -> Language:
    """The first that we speak; German where a browser speaks neither."""
    asked = call.query_params.get("lang", ""), call.cookies.get(LANGUAGE, "")
    for wanted in (*asked, *_preferred(call.headers.get("accept-language", ""))):
        match wanted.strip()[:2].lower():
            case "de":
                return "de"
            case "en":
                return "en"
    return "de"


def _preferred(header: str) -> list[str]:
    """`en;q=0.5, de` as a browser means it: de, en."""
    ranges = [part.partition(";q=") for part in header.replace(" ", "").split(",")[:20]]
    return [name for name, _, _ in sorted(ranges, key=lambda part: -_weight(part[2]))]


def _weight(q: str) -> float:
    try:
        return float(q or 1)
    except ValueError:
        return 0.0
