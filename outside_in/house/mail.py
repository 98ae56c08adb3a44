"""Sending mail, where the operator has set up a server; without one, letters are drafts."""

import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from outside_in.domain.errors import BadInput
from outside_in.domain.model import Model
from outside_in.exports.letters import checked

PATIENCE = 10.0
"""Seconds without a word from the server; a hanging one must not hold the worker."""
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class MailNotSetUp(BadInput):
    message = "OUTSIDE_IN_SMTP must look like smtp://user:password@host:587, with OUTSIDE_IN_MAIL_FROM beside it."
    code = "mail-set-up"


class MailFailed(BadInput):
    message = "The mail server did not take the letters ({n} of {of} went out). The drafts are ready to take home."
    code = "mail-failed"


class MailServer(Model):
    """smtp: STARTTLS is demanded; smtps: TLS from the start; smtp+plain: for a server on the same machine."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: str

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "MailServer | None":
        address = environ.get("OUTSIDE_IN_SMTP", "")
        if not address:
            return None
        try:
            parts = urlsplit(address)
            if parts.scheme not in PORTS or not parts.hostname:
                raise MailNotSetUp
            return cls(
                scheme=parts.scheme,
                host=parts.hostname,
                port=parts.port or PORTS[parts.scheme],
                user=unquote(parts.username or ""),
                password=SecretStr(unquote(parts.password or "")),
                sender=checked(environ.get("OUTSIDE_IN_MAIL_FROM", "")),
            )
        except (ValueError, BadInput) as error:
            raise MailNotSetUp from error


def send(
    server: MailServer,
    letters: Sequence[EmailMessage],
    tell: Callable[[float], None],
    patience: float = PATIENCE,
) -> int:
    """How many went out; MailFailed says so, too, where the server stops half-way."""
    out = 0
    try:
        with _connected(server, patience) as post:
            for letter in letters:
                post.send_message(letter)
                out += 1
                tell(out / len(letters))
    except (OSError, smtplib.SMTPException) as error:
        raise MailFailed(n=out, of=len(letters)) from error
    return out


def _connected(server: MailServer, patience: float) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    if server.scheme == "smtps":
        post: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=patience, context=safe)
    else:
        post = smtplib.SMTP(server.host, server.port, timeout=patience)
    if server.scheme == "smtp":
        post.starttls(context=safe)
    if server.user:
        post.login(server.user, server.password.get_secret_value())
    return post
