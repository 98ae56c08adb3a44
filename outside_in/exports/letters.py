"""
Mails that ask what became of a commitment: as text, as a draft that a mail program opens, ready to send.

One letter goes to one leader and holds nobody else's words.
"""

import datetime as dt
import re
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP

from outside_in.domain.blocks import Promise
from outside_in.domain.errors import BadInput
from outside_in.domain.outcome import Outcome
from outside_in.domain.text import Say
from outside_in.exports import telling
from outside_in.exports.calendar import personal
from outside_in.exports.clean import Clean
from outside_in.exports.files import File, slug

ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,24}")


class NoAddress(BadInput):
    message = "“{address}” is no e-mail address."
    code = "no-address"


def letter(
    outcome: Outcome,
    promise: Promise,
    links: Mapping[int, str],
    say: Say,
    made: dt.datetime,
    sequence: int,
    *,
    to: str = "",
    sender: str = "",
) -> EmailMessage:
    """`links` by days after the workshop; the calendar file comes along."""
    say = Clean(say, 1500)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = say("Your commitment of {date}", date=outcome.date)
    for name, address in (("To", to), ("From", sender)):
        if address:
            mail[name] = checked(address)
    mail.set_content(_words(outcome, promise, links, say))
    own = outcome.model_copy(update={"promises": (promise,)})
    by_card = {(promise.id, day): link for day, link in links.items()}
    file = personal(own, by_card, say, made, sequence)
    mail.add_attachment(file.data, maintype="text", subtype="calendar", filename=file.name)
    return mail


def checked(address: str) -> str:
    if not ADDRESS.fullmatch(address.strip()):
        raise NoAddress(address=address[:80])
    return address.strip()


def drafts(promise: Promise, mail: EmailMessage) -> list[File]:
    """The same letter twice: to copy, and to open in a mail program."""
    name = f"outside-in-letter-{slug(promise.id)}"
    body = mail.get_body(("plain",))
    words = body.get_content() if body else ""
    unsent = EmailMessage(policy=SMTP)
    unsent["X-Unsent"] = "1"
    eml = unsent.as_bytes().split(b"\r\n")[0] + b"\r\n" + mail.as_bytes()
    text = f"{mail['Subject']}\n\n{words}".encode()
    return [File(f"{name}.txt", "text/plain; charset=utf-8", text), File(f"{name}.eml", "message/rfc822", eml)]


def _words(outcome: Outcome, promise: Promise, links: Mapping[int, str], say: Say) -> str:
    days = dict(telling.checks(outcome))
    said = [
        say("Good day,") if not promise.owner else say("Good day, {name},", name=promise.owner),
        "",
        say("in the workshop of {date} you made this commitment:", date=outcome.date),
        "",
        f"    {say(telling.promised(promise))}",
        f"    {say('First step: {step}', step=promise.first_step)}",
        f"    {say('Visible by {due}: {measure}', due=promise.due, measure=promise.measure)}",
        "",
        say("Two minutes each are enough to say what became of it. No login, each link works once:"),
        "",
    ]
    for day, link in sorted(links.items()):
        said += [f"    {say('{n} days after, {date}', n=day, date=days[day])}", f"    {link}", ""]
    said += [
        say("Who may see your answers is what you chose in the workshop. They are no part of an appraisal."),
        *map(say, telling.notices(outcome)),
        "",
    ]
    return "\n".join(said)
