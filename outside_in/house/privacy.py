"""
What a works council and a data-protection officer ask, answered from the settings that are in force.

Two papers: a data sheet, and what goes into a record of processing activities (Art. 30 GDPR).
"""

import os
from typing import NamedTuple

from outside_in.domain.exercise import Exercise
from outside_in.domain.follow import CHECKS
from outside_in.domain.text import Line, line
from outside_in.domain.visible import FIVES, WORDS
from outside_in.domain.workshop import Workshop
from outside_in.house import House
from outside_in.house.erase import COMMENTS_DAYS, KEPT_DAYS
from outside_in.house.keep import BACKUP_EVERY, KEPT
from outside_in.house.mail import MailServer
from outside_in.store.doors import DAY, LIFETIME
from outside_in.store.engines import file_of
from outside_in.store.log import KEPT as LOG_KEPT


class Row(NamedTuple):
    name: Line
    words: Line


class Section(NamedTuple):
    title: Line
    rows: tuple[Row, ...]


def _rows(*pairs: tuple[Line, Line]) -> tuple[Row, ...]:
    return tuple(Row(*pair) for pair in pairs)


# the data sheet -----------------------------------------------------------------------------------


def data_sheet(house: House, workshop: Workshop | None = None) -> tuple[Section, ...]:
    """`workshop`: the one it is handed out for; None says what holds for all."""
    return (
        Section(line("What it is for"), _purpose()),
        Section(line("What is kept, and for how long"), _kept()),
        Section(line("Who sees what of an anonymous answer"), _seen()),
        Section(line("From how many answers on"), _thresholds()),
        Section(line("Where the data is, in this installation"), _places(house, workshop)),
        Section(line("What people can ask for"), _rights()),
        Section(line("What is not promised"), _limits()),
    )


def _purpose() -> tuple[Row, ...]:
    return _rows(
        (
            line("Purpose"),
            line(
                "Leaders compare what they believe about customers with what customers say, and decide what they "
                "change."
            ),
        ),
        (
            line("Not for"),
            line(
                "Appraisal, ranking or monitoring of people. There is no figure about a single leader, and no view "
                "that could show one."
            ),
        ),
        (
            line("Taking part"),
            line("Without an account, by a code. The name is optional. Nothing is stored about the device."),
        ),
        (
            line("Co-determination"),
            line(
                "Answers are anonymous from the start. Commitments are behaviour under a name where a leader gives "
                "one: section 87 (1) no. 6 of the German Works Constitution Act (BetrVG) may apply. Please involve "
                "the works council before the first session."
            ),
        ),
    )


def _kept() -> tuple[Row, ...]:
    days = line("{days} days after the last that happened in the workshop", days=KEPT_DAYS)
    return _rows(
        (line("Name at the door (optional)"), days),
        (
            line("Answers of an open anonymous step"),
            line("until the step closes; under a code of that step that leads to nobody, without a time"),
        ),
        (
            line("Answers of a closed anonymous step"),
            line("question by question in random order, without any code; {until}", until=days),
        ),
        (
            line("A leader's own answers and gap"),
            line("sealed with a key that only the leader's browser holds, at most {days} days", days=_days("leader")),
        ),
        (
            line("Commitments and check-ins"),
            line(
                "as far as their leader lets others see them; check-ins until day {last}; {until}",
                last=CHECKS[-1],
                until=days,
            ),
        ),
        (
            line("Customers' comments, personal data taken out"),
            line(
                "{days} days after the last that happened; the uploaded file goes after the import", days=COMMENTS_DAYS
            ),
        ),
        (
            line("Log: who did what, without contents, never which leader"),
            line("{days} days", days=round(LOG_KEPT / DAY)),
        ),
        (
            line("Automatic backups"),
            line(
                "the newest {n}, one every {minutes} minutes while something changes; replaced at once when data is "
                "erased",
                n=KEPT,
                minutes=round(BACKUP_EVERY / 60),
            ),
        ),
    )


def _days(kind: str) -> int:
    return round(LIFETIME[kind] / DAY)  # type: ignore[index]


def _seen() -> tuple[Row, ...]:
    return _rows(
        (
            line("Facilitator, consultant, other leaders"),
            line("while a step is open: how many have answered. Afterwards: shared results, by the thresholds below."),
        ),
        (
            line("Operator with the database or a backup"),
            line("while a step is open: answers under codes that lead to nobody. Afterwards: answers in random order."),
        ),
        (line("The leader"), line("the own answer and the own gap; nobody else can open them.")),
        (line("Employer, superior"), line("nothing else than what the room has seen.")),
    )


def _thresholds() -> tuple[Row, ...]:
    return _rows(
        (line("Figures"), line("from {n} answers on; fewer are held back", n=Exercise.fewest)),
        (
            line("Free words"),
            line("only after a person has read and released them; a facilitator takes them home from {n} on", n=WORDS),
        ),
        (line("Results that grow"), line("in steps of {n}, so that nobody is seen arriving", n=FIVES)),
        (line("Subgroups"), line("none: results are told of the whole room only")),
    )


def _places(house: House, workshop: Workshop | None) -> tuple[Row, ...]:
    settings = house.settings
    file = file_of(settings.database)
    reach = line("from this machine only")
    if settings.lan:
        reach = line("from the local network, without encryption; facilitators from this machine only")
    elif settings.hosts:
        reach = line("under {names}, encrypted by the proxy in front of it", names=", ".join(settings.hosts))
    where = line("in one file on this machine") if file else line("on a PostgreSQL server of the operator")
    return _rows(
        (line("Database"), where),
        (line("Reached"), reach),
        (line("Language model"), _model(house, workshop)),
        (line("Mail"), _mail()),
        (line("Statistics, tracking, fonts from elsewhere"), line("none")),
    )


def _model(house: House, workshop: Workshop | None) -> Line:
    known = house.writer_settings()
    if not known.on:
        return line("off: nothing leaves this machine")
    if workshop is None:
        return line("set up ({host}); each workshop decides for itself, redacted words only", host=known.host)
    if workshop.writer:
        return line(
            "allowed for this workshop ({host}): redacted words only, what was sent is noted; a contract on processing "
            "is needed",
            host=known.host,
        )
    return line("set up ({host}), but not allowed for this workshop: nothing of it is sent", host=known.host)


def _mail() -> Line:
    server = MailServer.of(os.environ)
    return line("sent by {host}", host=server.host) if server else line("off: letters are drafts")


def _rights() -> tuple[Row, ...]:
    return _rows(
        (line("Information"), line("everything under a leader's name is what the leader entered; the phone shows it")),
        (
            line("Erasure"),
            line(
                "name, id and commitments of a leader go from database, log and automatic backups, with a certificate"
            ),
        ),
        (
            line("Closed anonymous answers"),
            line("cannot be found any more, so they can be neither shown nor erased one by one"),
        ),
    )


def _limits() -> tuple[Row, ...]:
    return _rows(
        (line("The running program"), line("whoever controls it while an answer arrives could see that answer")),
        (line("Free words"), line("may give their author away by what they say; release lowers that risk")),
        (line("Leaving and joining again"), line("counts as a second person where a browser forgets its cookie")),
        (line("Copies"), line("made by hand, sent or taken home are beyond the reach of erasure")),
    )


# Art. 30 GDPR -------------------------------------------------------------------------------------


def record(house: House, workshop: Workshop | None = None) -> tuple[Section, ...]:
    """What the controller has to add stands as a blank."""
    return (
        Section(line("Controller"), _controller()),
        Section(line("Processing"), _processing(house, workshop)),
        Section(line("Deletion"), _kept()),
        Section(line("Technical and organisational measures"), _measures(house, workshop)),
    )


def _controller() -> tuple[Row, ...]:
    blank = line("to be entered by the controller")
    return _rows(
        (line("Name and contact"), blank),
        (line("Data-protection officer"), blank),
        (line("Legal basis"), blank),
    )


def _processing(house: House, workshop: Workshop | None) -> tuple[Row, ...]:
    return _rows(
        (
            line("Purpose"),
            line(
                "Workshops in which leaders compare their picture of customers with feedback, and what comes of them."
            ),
        ),
        (line("People concerned"), line("leaders who take part; customers whose comments are used; facilitators")),
        (
            line("Kinds of data"),
            line(
                "optional names, anonymous answers, commitments; comments and scores without names, addresses and "
                "numbers; login and password hash of facilitators"
            ),
        ),
        (line("Special categories (Art. 9)"), line("not asked for; free words may hold some")),
        (line("Recipients"), line("facilitators and consultants of the workshop, by the thresholds of the data sheet")),
        (line("Processors and third countries"), _model(house, workshop)),
    )


def _measures(house: House, workshop: Workshop | None) -> tuple[Row, ...]:
    return (
        *_rows(
            (
                line("Confidentiality"),
                line(
                    "passwords as argon2id, tokens as hashes, rights asked again with every change, own answers sealed "
                    "(AES-256-GCM)"
                ),
            ),
            (
                line("Pseudonymisation and anonymity"),
                line(
                    "a code per leader and step; closing forgets it; personal data is taken out of comments at import"
                ),
            ),
            (
                line("Integrity"),
                line("checksums beside what is stored; every change is written before it is confirmed"),
            ),
            (
                line("Availability"),
                line("backups while a workshop runs and before every update, checked before they are brought back"),
            ),
        ),
        *_places(house, workshop),
    )
