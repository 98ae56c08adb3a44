"""What is printed beside a workshop: evidence cards, a conversation guide, a feedback minute, a confirmation."""

import datetime as dt
import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from outside_in.domain.exercises.chair import Card
from outside_in.domain.minute import Minute
from outside_in.domain.text import Line, Say, line
from outside_in.exports import telling
from outside_in.exports.clean import Clean
from outside_in.exports.files import Brand, File
from outside_in.exports.glyphs import printable

HERE = Path(__file__).parent
FONTS = HERE.parent / "brand"
MOST = 320
PDF = "application/pdf"
Json = dict[str, Any]
OPENING = (
    line("Thank you for your time. I would like to understand, not to sell and not to defend."),
    line("You need not answer anything. I write down what you say, not who you are."),
)
ASKING = (
    line("Tell me about the last time you had to do with us. How did it begin?"),
    line("What happened next? And then?"),
    line("What had you expected at that point?"),
    line("What did you do when it did not go on?"),
    line("What did it cost you: time, money, nerves?"),
    line("What was good, so that we should not change it?"),
)
AVOIDING = (
    line("No explanations, no “but”. If you want to defend, ask one more question."),
    line("No questions that begin with “would you”: people do not know, and are polite."),
    line("Recording only with consent: without it, recording is a criminal offence in Germany (§ 201 StGB)."),
)
CLOSING = (
    line("What have I not asked that you would have told me?"),
    line("Thank you. This is what I take with me: …"),
)


def cards(dealt: tuple[Card, ...], title: str, say: Say, made: dt.datetime, brand: Brand) -> File:
    """To be cut out; each says where it comes from, because the chair may claim nothing else."""
    say = Clean(say, MOST)
    rules = [
        line("One of us speaks for customers, in rotation, never the most junior person."),
        line("No card, no claim. At least two cards are played."),
    ]
    told = {"kind": "cards", "rules": [*map(say, rules)], "cards": [_card(card, say) for card in dealt]}
    return printed("evidence-cards", told, say("Evidence cards"), title, say, made, brand)


def _card(card: Card, say: Say) -> Json:
    if card.number:
        return {
            "kind": say("Number"),
            "number": True,
            "words": f"{say(card.about)}: {say(telling.level(card.number))}",
            "source": " · ".join(filter(None, (say(card.number.unit), card.number.source, card.number.period))),
        }
    origin = telling.origin(card.quote, card.about) if card.quote else []
    words = say("“{words}”", words=card.quote.text) if card.quote else ""
    return {"kind": say("Comment"), "number": False, "words": words, "source": " · ".join(map(say, origin))}


def guide(title: str, say: Say, made: dt.datetime, brand: Brand) -> File:
    """For three conversations of fifteen minutes: open, in the past tense, without selling."""
    say = Clean(say, MOST)
    parts = (
        (say("Beginning"), OPENING),
        (say("Asking"), ASKING),
        (say("Avoiding"), AVOIDING),
        (say("Ending"), CLOSING),
    )
    told = {
        "kind": "guide",
        "parts": [{"title": name, "items": [*map(say, items)]} for name, items in parts],
        "space": say("In their words"),
    }
    return printed("conversation-guide", told, say("Listening to customers"), title, say, made, brand)


def minute(held: Minute, title: str, say: Say, made: dt.datetime, brand: Brand) -> File:
    say = Clean(say, MOST)
    told = {"kind": "minute", "parts": [{"title": a, "words": b, "source": c} for a, b, c in lines_of(held, say)]}
    return printed("feedback-minute", told, say("Feedback minute"), title, say, made, brand)


def lines_of(held: Minute, say: Say) -> list[tuple[str, str, str]]:
    """Heading, words and source of each of the four."""
    told = []
    if held.comment:
        origin = " · ".join(map(say, telling.origin(held.comment, held.about)))
        told.append((say("One comment"), say("“{words}”", words=held.comment.text), origin))
    if held.number:
        told.append((say("One number"), say(held.number), ""))
    if held.promise:
        told.append((say("One open commitment"), say(held.promise), ""))
    told.append((say("A thank-you"), held.thanks or say("To whom do we owe one?"), ""))
    return told


def register(
    name: str,
    sections: Sequence[tuple[Line, Sequence[tuple[Line, Line]]]],
    title: Line,
    under: str,
    note: Line,
    say: Say,
    made: dt.datetime,
    brand: Brand,
) -> File:
    """What is asked and what holds, section by section."""
    say = Clean(say, MOST)
    told = {
        "kind": "register",
        "parts": [
            {"title": say(head), "rows": [{"name": say(a), "words": say(b)} for a, b in rows]}
            for head, rows in sections
        ],
        "note": say(note),
    }
    return printed(name, told, say(title), under, say, made, brand)


def certificate(
    titles: list[str], of: int, title: str, day: dt.date, say: Say, made: dt.datetime, brand: Brand
) -> File:
    """Says what was done, never how well; the name is written by hand, because nobody stores it."""
    say = Clean(say, MOST)
    told = {
        "kind": "certificate",
        "lead": say("This is to confirm that"),
        "name": say("Name"),
        "said": say("took part in {n} of {of} units.", n=len(titles), of=of),
        "items": titles,
        "signed": [say("Place and date"), say("Signature")],
        "note": say("This confirms taking part. It holds no answer and no result, and it is no assessment."),
    }
    under = f"{title} · {say.value(day)}"
    return printed("participation", told, say("Confirmation of participation"), under, say, made, brand)


def poster(code: str, address: str, title: str, day: dt.date, say: Say, made: dt.datetime, brand: Brand) -> File:
    """For the wall beside the door: scan, or type the address and the code."""
    say = Clean(say, MOST)
    picture = BytesIO()
    segno.make(f"{address}/j/{code}", error="m").save(picture, kind="svg", scale=8, border=2)
    told = {
        "kind": "poster",
        "picture": picture.getvalue().decode(),
        "alt": say("QR code that leads to {address}", address=f"{address}/j/{code}"),
        "lead": say("Scan the code with your phone, or open"),
        "address": address.partition("//")[2],
        "and": say("and enter"),
        "code": f"{code[:4]}-{code[4:]}",
        "note": say("No account, no app, no name. Nobody is ranked."),
    }
    return printed("join", told, say("Join in"), f"{title} · {say.value(day)}", say, made, brand)


def printed(name: str, told: Json, title: str, under: str, say: Say, made: dt.datetime, brand: Brand) -> File:
    """`told` through the template as a tagged PDF; its `kind` chooses the part of it."""
    foot = brand.footer or brand.name
    about = {"lang": say.language, "title": title, "under": under, "author": brand.name, "foot": foot}
    data = _printable({**told, **about, "colours": brand.model_dump(exclude={"name", "font", "footer", "logo"})})
    made_of: bytes = typst.compile(
        HERE / "papers.typ",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"],
        timestamp=int(made.timestamp()),
    )
    return File(f"{name}.pdf", PDF, made_of)


def _printable(told: Any) -> Any:
    match told:
        case str():
            return printable(told, FONTS / "Inter-Regular.otf")
        case dict():
            return {key: _printable(value) for key, value in told.items()}
        case list():
            return [_printable(value) for value in told]
    return told
