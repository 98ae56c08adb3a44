"""Streamlit's page shell, with the language the person reads: screen readers pronounce by it."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.responses import HTMLResponse

from outside_in.domain.text import Language

STATIC = Path(str(find_spec("streamlit").origin)).parent / "static"  # type: ignore[union-attr]


@cache
def _page(language: Language) -> str:
    page = (STATIC / "index.html").read_text("utf-8")
    return page.replace('<html lang="en"', f'<html lang="{language}"', 1)


def shell(language: Language) -> HTMLResponse:
    return HTMLResponse(_page(language), headers={"Cache-Control": "no-cache"})
