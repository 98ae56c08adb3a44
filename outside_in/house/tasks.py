"""
What joins two tools: a file becomes comments, comments become themes and a journey.

Each task runs in the worker process, says how far it is, and can be stopped between two steps.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from outside_in import journeys
from outside_in.domain.flow import Expected
from outside_in.domain.mapping import Mapping as Columns
from outside_in.domain.mapping import Reading
from outside_in.domain.people import Principal
from outside_in.domain.text import LANGUAGES, Language, Text
from outside_in.domain.workshop import Batch, Workshop
from outside_in.house import House, moods, naming, theming

Tell = Callable[[float], None]
Result = dict[str, Any]


def read(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """The dry run: everything is judged, nothing is stored."""
    path, columns = Path(args["path"]), Columns.model_validate(args.get("mapping") or {})
    presets = house.library.presets
    reading = journeys.read(path, mapping=columns, presets=presets, name=args["name"], progress=tell)
    result: Result = {lang: reported(house, reading, lang) for lang in LANGUAGES}
    if reading.header:
        seen = journeys.preview(path, columns, presets=presets, name=args["name"])
        result["preview"] = seen.model_dump(mode="json")
    if reading.rejected_rows:
        result["rejected"] = {lang: _rejected(house, path, reading, lang) for lang in LANGUAGES}
    return result


def reported(house: House, reading: Reading, language: Language) -> dict[str, Any]:
    return journeys.report(reading, house.speaker(language)).model_dump(mode="json")


def _rejected(house: House, path: Path, reading: Reading, language: Language) -> str:
    target = path.with_suffix(f".rejected.{language}.csv")
    target.write_bytes(journeys.rejected_rows_csv(reading, house.speaker(language)))
    return target.name


def take_in(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """Store a file's comments as one batch; the raw file goes."""
    path, columns = Path(args["path"]), Columns.model_validate(args.get("mapping") or {})
    reading = journeys.read(
        path, mapping=columns, presets=house.library.presets, name=args["name"], progress=lambda s: tell(s * 0.7)
    )
    batch = stored(house, by, workshop, reading)
    path.unlink(missing_ok=True)
    draw(house, by, workshop, {}, lambda share: tell(0.8 + share * 0.2))
    return {"batch": batch.id, "report": reported(house, reading, "en")}


def stored(house: House, by: Principal, workshop: str, reading: Reading) -> Batch:
    batch = Batch(
        id=house.new_code(),
        file=reading.file,
        accepted=reading.accepted,
        rejected=reading.rejected,
        redacted=reading.redacted,
        at=house.clock(),
    )
    house.workshops.of(workshop).must_host(by)
    house.database.corpora.add(workshop, batch.id, reading.verbatims)
    house.prepare(by, workshop, lambda now: now.take_in(by, batch))
    return batch


def read_log(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """What an event log tells; nothing of it is stored before a person has looked."""
    plan = tuple(Expected.model_validate(one) for one in args.get("plan", ()))
    report = journeys.read_log(
        Path(args["path"]), columns=args.get("columns") or {}, plan=plan, name=args["name"], progress=tell
    )
    if report.flow:
        report = report.model_copy(update={"flow": report.flow.trimmed()})
    words = {lang: [house.speaker(lang)(journeys.sentence(one)) for one in report.problems[:200]] for lang in LANGUAGES}
    return {"report": report.model_dump(mode="json"), "problems": words}


def find_themes(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    found = theming.find(house, by, workshop, args, lambda share: tell(share * 0.95))
    draw(house, by, workshop, {}, lambda share: tell(0.95 + share * 0.05))
    return found


def draw(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """The journey as the feedback has it now, with the themes as they stand on the board."""
    now = house.workshops.of(workshop)
    files, design = ", ".join(batch.file for batch in now.batches), now.design
    segment = design.segment if design else ""
    spoken = [one for one in house.comments(now) if not segment or one.segment == segment]
    drawn = journeys.journey(spoken, house.planned(now), house.stands(now), _named(now), files)
    drawn = drawn.model_copy(update={"persona": design.persona if design else "", "segment": segment})
    house.prepare(by, workshop, lambda was: was.draw(by, drawn))
    tell(1.0)
    return {"touchpoints": len(drawn.touchpoints)}


def _named(workshop: Workshop) -> Text:
    client = workshop.about.client or workshop.about.title
    return Text(de=f"Kundenreise – {client}", en=f"Customer journey – {client}")


def suggest(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """Per principle the value whose words are nearest, with its cosine; for the eye, never for a figure."""
    from outside_in.themes.likeness import likeness

    now = house.workshops.of(workshop)
    known = next(one for one in house.value_maps(by, now) if (one.code, one.step) == (args["code"], args["step"]))
    bridge, language = house.bridge_of(known), now.about.language
    left = [f"{getattr(p.name, language)}. {getattr(p.definition, language)}" for p in bridge.principles]
    right = [f"{getattr(v.name, language)}. {getattr(v.sentence, language)}" for v in bridge.values]
    found, by_meaning = likeness(left, right, args.get("model") or "")
    pairs = [
        {"principle": p.id, "value": bridge.values[int(row.argmax())].id, "likeness": round(float(row.max()), 2)}
        for p, row in zip(bridge.principles, found, strict=True)
    ]
    return {"code": known.code, "step": known.step, "pairs": pairs, "by_meaning": by_meaning}


def climb(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """From score to money on the workshop's own answers; `args` may tell since when what is different."""
    from outside_in.worth.ladder import climb as climbed  # brings a library no other process may load

    since, where = args.get("since"), tuple(args.get("touchpoints", ()))
    change = (dt.date.fromisoformat(since), where) if since and where else None
    ladder = climbed(house.database.corpora.verbatims(workshop), change, lambda share: tell(share * 0.95))
    house.prepare(by, workshop, lambda now: now.link(by, ladder))
    return {"rows": ladder.rows}


def write(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """Deliverables of a session as one file beside the database: a format, or all of them as a ZIP."""
    from outside_in.house.take_home import Wanted, pack

    wanted = Wanted.model_validate(args)
    file = pack(house, wanted, tell)
    target = house.settings.exports / house.new_code()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.data)
    return {"path": str(target), "name": file.name, "media_type": file.media_type}


def letters(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """Mails that ask about commitments, as drafts in one ZIP; sent where a mail server is set up."""
    from outside_in.house.posting import letters

    return letters(house, by, args, tell)


def report(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """A session's 30/60/90 report as a PDF."""
    from outside_in.exports.report import report
    from outside_in.house.reporting import sections

    session, say = house.sessions.of(args["session"]), house.speaker(args["language"])
    told = sections(house, by, session.code, args["days"])
    file = report(
        house.outcome_of(session.code, []), told, args["days"], say, house.made(), house.workshops.of(workshop).brand
    )
    target = house.settings.exports / house.new_code()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.data)
    return {"path": str(target), "name": file.name, "media_type": file.media_type}


def print_out(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """Cards, a guide, a minute or a confirmation, as one file beside the database."""
    from outside_in.house.papers import paper

    file = paper(house, house.workshops.of(workshop), args)
    target = house.settings.exports / house.new_code()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.data)
    return {"path": str(target), "name": file.name, "media_type": file.media_type}


TASKS: dict[str, Callable[[House, Principal, str, Mapping[str, Any], Tell], Result]] = {
    "read": read,
    "import": take_in,
    "log": read_log,
    "themes": find_themes,
    "wave": theming.assign,
    "rest": theming.gather,
    "map": theming.chart,
    "mood": moods.estimate,
    "writer": naming.propose,
    "journey": draw,
    "likeness": suggest,
    "ladder": climb,
    "export": write,
    "export-all": write,
    "letters": letters,
    "report": report,
    "paper": print_out,
}
