"""
The target agreement: one page per commitment, for the leader who made it.

It proposes and leaves blanks: what is agreed, the two people at the table decide.
"""

import datetime as dt
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from outside_in.domain.blocks import Promise
from outside_in.domain.commitment import Measure, measure
from outside_in.domain.journey import Journey
from outside_in.domain.outcome import Outcome
from outside_in.domain.text import Figure, Line, Say, Text, line
from outside_in.exports import telling
from outside_in.exports.clean import Clean
from outside_in.exports.files import Brand, File, named

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TONGUES = {"de": "de-DE", "en": "en-GB"}
BLANK = "_" * 28
WIDTHS = (Cm(5.2), Cm(11.4))
RULES = (
    line(
        "The rule is agreed beforehand: reached when the lower end of the 95 % interval is at or above "
        "the target, or by a rule both write down here."
    ),
    line("With 50 answers an NPS moves by about ±22 points by chance; a single figure decides nothing."),
    line("A bare NPS is no basis for pay, least of all in the first year."),
)
COUNCIL = line(
    "Note on co-determination: targets that concern pay may be subject to section 87 (1) no. 10 and 11 "
    "of the German Works Constitution Act (BetrVG). Please involve the works council in time. Results of "
    "the workshop and the answers given in it are no part of an appraisal."
)
RACI = line(
    "One sheet per journey. A answers for it and decides, R does it, C is asked before, I is told after. "
    "Please fill in what is blank, and name a sponsor who can give time and money."
)
ROLES = (line("A: answers for it"), line("R: does it"), line("C: is asked"), line("I: is told"))
CHECKED = (
    line("Exactly one A per touchpoint: none or several is an error."),
    line("An A without a budget or the right to decide cannot answer for it."),
    line("More than three C slow everything down."),
    line("When an owner leaves, name the next one before the last day."),
)
TIMING = line(
    "Targets that are set late can give rise to damages (Federal Labour Court, 19 February 2025, 10 AZR 57/24)."
)


def agreement(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> File:
    writer = _Writer(outcome, Clean(say, 1500), made, brand)
    for i, promise in enumerate(outcome.promises):
        writer.page(promise, first=i == 0)
    if not outcome.promises:
        writer.nothing()
    if outcome.journey and outcome.journey.touchpoints:
        writer.owners(outcome.journey)
    return File(named(outcome, "docx"), MEDIA, writer.saved())


class _Writer:
    def __init__(self, outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> None:
        self.outcome, self.say = outcome, say
        self.document: Any = Document()  # its styles have no types of their own
        properties = self.document.core_properties
        properties.title, properties.author = say.value(outcome.title)[:255], brand.name
        properties.created = properties.modified = made.replace(tzinfo=None)
        properties.comments, properties.language = "", TONGUES[say.language]
        self._style(brand)

    def saved(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def page(self, promise: Promise, first: bool) -> None:
        heading = self._head(self.say("Target agreement: proposal"))
        heading.paragraph_format.page_break_before = not first  # a break of its own may need a page itself
        for notice in telling.notices(self.outcome):
            self.document.add_paragraph().add_run(self.say(notice)).bold = True
        self._facts(promise)
        self.document.add_heading(self.say("When it is reached"), 2)
        for rule in RULES:
            self.document.add_paragraph(self.say(rule), "List Bullet")
        self.document.add_paragraph(self.say("Our rule: {blank}", blank=BLANK * 2))
        self.document.add_heading(self.say("To be observed"), 2)
        for note in (COUNCIL, TIMING):
            self.document.add_paragraph(self.say(note))
        self._signatures()

    def nothing(self) -> None:
        self._head(self.say("Target agreement: proposal"))
        self.document.add_paragraph(self.say("No commitment is visible to the room."))

    def _head(self, title: str) -> Any:
        heading = self.document.add_heading(title, 1)
        self.document.add_paragraph(" · ".join(map(self.say, telling.occasion(self.outcome))))
        return heading

    def _facts(self, promise: Promise) -> None:
        known = measure(promise.measure)
        rows: list[tuple[Line, str | Line | Text]] = [
            (line("Owner"), promise.owner or BLANK),
            (line("Commitment"), telling.promised(promise)),
            (line("About"), _about(promise)),
            (line("Behaviour that is agreed"), self.say.value(promise.then) or BLANK),
            (line("Measure, from → to"), promise.measure or BLANK),
            (line("Baseline and target"), self._course(known)),
            (line("Where the figure comes from, and from how many answers"), known.source or BLANK),
            (line("Journey target shared with others"), BLANK),
            (line("First step"), promise.first_step or BLANK),
            (line("Visible by"), self.say.value(promise.due)),
            (line("Check-ins"), ", ".join(self.say.value(day) for _, day in telling.checks(self.outcome))),
            (line("Resources given up for it"), promise.gives or BLANK),
            (line("Weight"), line("10 to 20 % of all targets: {blank}", blank="____ %")),
            (line("Of it: behaviour, measure, shared"), line("____ % behaviour, ____ % measure, ____ % shared")),
            (line("Valid from"), BLANK),
            (line("Handed over on"), BLANK),
        ]
        table = self.document.add_table(0, 2, "Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, WIDTHS, strict=True):
            column.width = width
        for label, value in rows:
            said = self.say(value) if isinstance(value, Line | Text) else self.say.value(value)
            self._row(table.add_row(), (self.say(label), said))

    def _course(self, known: Measure) -> str | Line:
        if known.baseline is None or known.target is None:
            return BLANK
        was, wanted = (Figure(value=x, digits=0 if x == int(x) else 1) for x in (known.baseline, known.target))
        return line("{baseline} → {target}", baseline=was, target=wanted)

    def owners(self, journey: Journey) -> None:
        """Who answers for what on this journey; a sheet to fill in where nobody does yet."""
        heading = self._head(self.say("Who answers for what: {journey}", journey=journey.name))
        heading.paragraph_format.page_break_before = True
        self.document.add_paragraph(self.say(RACI))
        table = self.document.add_table(1, len(ROLES) + 1, "Table Grid")
        for cell, words in zip(table.rows[0].cells, (line("Touchpoint"), *ROLES), strict=True):
            cell.paragraphs[0].add_run(self.say(words)).bold = True
        for point in journey.touchpoints:
            cells = table.add_row().cells
            plan = point.plan
            others = [", ".join(who) for who in (plan.responsible, plan.consulted, plan.informed)] if plan else []
            for cell, words in zip(cells, (self.say(point.name), point.owner, *others), strict=False):
                cell.paragraphs[0].add_run(words)
        self.document.add_paragraph()
        bare = [self.say(point.name) for point in journey.touchpoints if not point.owner]
        if bare:
            self.document.add_paragraph(self.say("Without an owner: {names}.", names=", ".join(bare)))
        for check in CHECKED:
            self.document.add_paragraph(self.say(check), "List Bullet")

    @staticmethod
    def _row(row: Any, said: tuple[str, str]) -> None:
        """High enough to write into by hand."""
        row.height = Cm(0.85)
        for cell, width, words, bold in zip(row.cells, WIDTHS, said, (True, False), strict=True):
            cell.width, cell.vertical_alignment = width, WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            cell.paragraphs[0].add_run(words).bold = bold

    def _signatures(self) -> None:
        self.document.add_paragraph()
        table = self.document.add_table(2, 2)
        for column, who in enumerate((line("Leader"), line("Line manager"))):
            table.cell(0, column).text = BLANK
            table.cell(1, column).text = self.say("{who}, date", who=who)

    def _style(self, brand: Brand) -> None:
        """Theme fonts win over named ones, so they are removed; the language is for the spelling check."""
        for style in self.document.styles:
            if style.type != WD_STYLE_TYPE.PARAGRAPH:
                continue
            style.font.name = brand.font
            fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
            for name in [name for name in fonts.attrib if "heme" in name]:
                del fonts.attrib[name]
            _tongue(style.element.get_or_add_rPr(), TONGUES[self.say.language])
        self.document.styles["Normal"].font.size = Pt(10.5)
        for level in (1, 2):
            self.document.styles[f"Heading {level}"].font.color.rgb = RGBColor.from_string(brand.dk2)
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(1.8)


def _about(promise: Promise) -> Text | str:
    if promise.about and promise.point and promise.point != promise.about:
        return Text(
            de=f"{promise.about.de} · {promise.point.de}",
            en=f"{promise.about.en} · {promise.point.en}",
        )
    return promise.about or "–"


def _tongue(properties: Any, tongue: str) -> None:
    element = properties.find(qn("w:lang"))
    if element is None:
        element = OxmlElement("w:lang")
        properties.append(element)
    element.set(qn("w:val"), tongue)
