"""The plain pages of the door: light on phones, no Streamlit needed."""

from collections.abc import Iterable, Mapping
from html import escape

from starlette.responses import HTMLResponse

from outside_in.domain.text import Language, Say

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Outside-In</title>
<link rel="icon" href="/brand/icon.png"><link rel="stylesheet" href="/brand/door.css">
{script}</head>
<body><header><span class="mark" aria-hidden="true"></span><strong>Outside-In</strong>
<form method="post" action="/language"><input type="hidden" name="to" value="{to}">
<button class="quiet" name="lang" value="{other}" lang="{other}">{other_name}</button></form></header>
<main><h1>{title}</h1>{body}</main></body></html>"""


def page(
    say: Say, title: str, body: str, *, status: int = 200, to: str = "/", script: str = "", **headers: str
) -> HTMLResponse:
    other: Language = "en" if say.language == "de" else "de"
    html = PAGE.format(
        lang=say.language,
        title=escape(title),
        body=body,
        to=escape(to, quote=True),
        other=other,
        other_name={"de": "Deutsch", "en": "English"}[other],
        script=f'<script src="/brand/{script}" defer></script>' if script else "",
    )
    return HTMLResponse(html, status, {"Cache-Control": "no-store", **headers})


def form(action: str, fields: str, button: str, *, kind: str = "primary") -> str:
    return (
        f'<form method="post" action="{escape(action, quote=True)}">{fields}'
        f'<button class="{kind}">{escape(button)}</button></form>'
    )


def field(name: str, label: str, value: str = "", *, hint: str = "", **attributes: str) -> str:
    """`attributes` become HTML attributes; `_` in their names stands for `-`."""
    more = "".join(f' {key.replace("_", "-")}="{escape(item)}"' for key, item in attributes.items())
    help = f'<small id="{name}-hint">{escape(hint)}</small>' if hint else ""
    described = f' aria-describedby="{name}-hint"' if hint else ""
    return (
        f'<label for="{name}">{escape(label)}</label>{help}'
        f'<input id="{name}" name="{name}" value="{escape(value, quote=True)}"{described}{more}>'
    )


def area(name: str, label: str, value: str = "", *, most: int) -> str:
    return (
        f'<label for="{name}">{escape(label)}</label>'
        f'<textarea id="{name}" name="{name}" rows="2" maxlength="{most}">{escape(value)}</textarea>'
    )


def choice(name: str, label: str, options: Mapping[str, str], chosen: str = "") -> str:
    """Radio buttons, all in sight; one has to be chosen."""
    made = "".join(
        f'<label class="option"><input type="radio" name="{name}" value="{escape(id, quote=True)}" required'
        f"{' checked' if id == chosen else ''}> {escape(words)}</label>"
        for id, words in options.items()
    )
    return f"<fieldset><legend>{escape(label)}</legend>{made}</fieldset>"


def tick(name: str, label: str, chosen: bool = False) -> str:
    checked = " checked" if chosen else ""
    return f'<label class="option"><input type="checkbox" name="{name}" value="1"{checked}> {escape(label)}</label>'


def section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def listing(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def card(title: str, *lines: str) -> str:
    """What somebody promised, as a quotation of their own words."""
    said = "".join(f"<p>{escape(words)}</p>" for words in lines if words)
    return f'<blockquote class="card"><p><strong>{escape(title)}</strong></p>{said}</blockquote>'


def hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value, quote=True)}">'


def alert(words: str) -> str:
    return f'<p class="alert" role="alert">{escape(words)}</p>' if words else ""


def text(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def link(to: str, words: str) -> str:
    return f'<p><a href="{escape(to, quote=True)}">{escape(words)}</a></p>'
