"""Letters that ask about commitments: drafts in any case, sent where a mail server is set up."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from outside_in import exports
from outside_in.domain import follow
from outside_in.domain.people import Principal
from outside_in.exports.letters import drafts, letter
from outside_in.house import House
from outside_in.house.mail import MailFailed, MailNotSetUp, MailServer, send


def letters(house: House, by: Principal, args: Mapping[str, Any], tell: Any) -> dict[str, Any]:
    """Every letter as text and draft in one ZIP; `sent` and `failed` say what became of sending."""
    code, say = args["session"], house.speaker(args["language"])
    to = _addresses(Path(args["to"]))
    server = MailServer.of(os.environ) if args["send"] else None
    if args["send"] and server is None:
        raise MailNotSetUp
    files, mails = [], []
    seen = [one for one in follow.commitments(house.sessions.of(code)) if one.seen_by("facilitator")]
    for done, one in enumerate(seen):
        tell(done / len(seen) * 0.5)
        tokens = house.hand_out(by, code, one.promise.id, args["days"])
        if not tokens:
            continue
        links = {day: f"{args['base']}/check/{token}" for day, token in tokens.items()}
        left, version = house.outcome_of(code, [one]), house.sessions.version(code)
        address = to.get(one.promise.id, "")
        sender = server.sender if server else ""
        mail = letter(left, one.promise, links, say, house.made(), version, to=address, sender=sender)
        files += drafts(one.promise, mail)
        mails += [mail] if address else []
    return _left(house, files) | _posted(server, mails, tell)


def _posted(server: MailServer | None, mails: list[Any], tell: Any) -> dict[str, Any]:
    if server is None or not mails:
        return {"sent": 0, "failed": None}
    try:
        return {"sent": send(server, mails, lambda share: tell(0.5 + share * 0.5)), "failed": None}
    except MailFailed as error:
        return {"sent": error.values["n"], "failed": error.line.model_dump(mode="json")}


def _addresses(path: Path) -> dict[str, str]:
    try:
        given: dict[str, str] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):  # taken up a second time after a crash
        return {}
    path.unlink(missing_ok=True)
    return given


def _left(house: House, files: list[exports.File]) -> dict[str, Any]:
    file = exports.zipped(files, "outside-in-letters.zip")
    target = house.settings.exports / house.new_code()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.data)
    return {"path": str(target), "name": file.name, "media_type": file.media_type, "letters": len(files) // 2}
