"""In front of Streamlit's own files: its page shell in the person's language, its scripts packed."""

import asyncio
import gzip
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from outside_in import house
from outside_in.domain.text import Language
from outside_in.web import cookies, html
from outside_in.web.language import language

STATIC = Path(str(find_spec("streamlit").origin)).parent / "static"  # type: ignore[union-attr]
INDEX = (STATIC / "index.html").read_text("utf-8")
PRELOADED = re.compile(r'(?<=href=")[^"]*SourceSans[^"]*(?=")')
"""Streamlit's own typeface, which no page of ours shows; fetched ahead it is an eighth of a cold phone's first view."""
PAGES = Path(__file__).parents[2] / "pages"
SHELLS = frozenset({"/", *(f"/{file.stem}" for file in PAGES.glob("*.py"))} - {"/start"})
"""The start page is the one without a name."""
LIGHTER = {"SourceSansVF-Upright": "/brand/Inter-Regular.woff2", "MaterialSymbols-Rounded": "/brand/icons.woff2"}
"""Typefaces of Streamlit that a cold phone does not fetch: we show Inter, and an eighth of its icons."""
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
"""The names of these files carry a hash, so they never change."""


def shell(call: HTTPConnection) -> HTMLResponse:
    """Screen readers pronounce by the shell's language; the cookie tells the page behind it the same."""
    spoken = language(call)
    answer = HTMLResponse(_page(spoken), headers={"Cache-Control": "no-cache"})
    if call.cookies.get(cookies.LANGUAGE) != spoken:
        cookies.remember(call, answer, spoken)
    return answer


@cache
def _page(spoken: Language) -> str:
    """Our name and icon, and no word about an automation interface that stays shut."""
    head, _, rest = INDEX.partition("<noscript>")
    told = html.escape(house.parts().speaker(spoken)("Please switch on JavaScript for this page."))
    head = head.replace('<html lang="en"', f'<html lang="{spoken}"', 1)
    head = head.replace("<title>Streamlit</title>", "<title>Outside-In</title>", 1)
    head = PRELOADED.sub("/brand/Inter-Regular.woff2", head, count=1)
    head = head.replace("./favicon.png", "/brand/icon.png", 1)
    head = head.replace('<link rel="service-desc" href="./_stcore/agent/openapi.json" />', "", 1)
    return f"{head}<noscript><p>{told}</p></noscript>{rest.partition('</noscript>')[2]}"


def unknown(call: HTTPConnection) -> Response:
    say = house.parts().speaker(language(call))
    body = html.text(say("There is no page at this address.")) + html.link("/", say("To the start page"))
    return html.page(say, say("Not found"), body, status=404)


async def packed(call: HTTPConnection) -> Response | None:
    """A cold phone loads three megabytes otherwise."""
    path = call.scope["path"]
    if lighter := LIGHTER.get(Path(path).name.partition(".")[0]):
        return RedirectResponse(lighter, headers=FOR_EVER)
    if path not in _files() or call.scope.get("method") != "GET":
        return None
    if "gzip" not in call.headers.get("accept-encoding", ""):
        return None
    body = await asyncio.to_thread(_packed, path)
    sent = {**FOR_EVER, "Content-Encoding": "gzip"}
    return Response(body, media_type=KINDS[Path(path).suffix], headers=sent)


@cache
def _files() -> dict[str, Path]:
    found = (file for file in (STATIC / "static").rglob("*") if file.suffix in KINDS)
    return {f"/{file.relative_to(STATIC).as_posix()}": file for file in found}


@cache
def _packed(path: str) -> bytes:
    return gzip.compress(_files()[path].read_bytes(), 9)
