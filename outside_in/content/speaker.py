"""
Somebody who speaks one language, its numbers and its dates.

The catalogue is a text file and is compiled when its language is first spoken.
"""

import datetime as dt
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from outside_in.domain.text import Figure, Language, Line, Text

LOCALE = Path(__file__).parents[1] / "locale"
REGION: dict[Language, str] = {"de": "de_DE", "en": "en_GB"}


@cache
def catalogue(language: Language) -> NullTranslations:
    """English is what we write; its catalogue is empty."""
    path = LOCALE / language / "LC_MESSAGES" / "outside_in.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


class Speaker:
    def __init__(self, language: Language) -> None:
        self._language = language

    @property
    def language(self) -> Language:
        return self._language

    def __call__(self, what: str | Text | Line, /, **values: object) -> str:
        """Say a message of ours, a piece of content, or a line with what goes into it."""
        if isinstance(what, Line):
            return self._filled(self._message(what), dict(what.values))
        if isinstance(what, Text):
            return what.de if self.language == "de" else what.en
        return self._filled(catalogue(self.language).gettext(what), values)

    def value(self, value: object) -> str:
        """Anything that may stand in a sentence or a table, as it is written in this language."""
        match value:
            case None:
                return "–"
            case Text() | Line():
                return self(value)
            case Figure():
                return self._figure(value)
            case bool():
                return self("yes") if value else self("no")
            case int() | float():
                return str(format_decimal(value, locale=REGION[self.language]))
            case dt.date():
                return str(format_date(value, "long", locale=REGION[self.language]))
        return str(value)

    def _message(self, what: Line) -> str:
        known = catalogue(self.language)
        if what.many is None:
            return known.gettext(what.message)
        n = what.values["n"]
        return known.ngettext(what.message, what.many, n if isinstance(n, int) else 2)

    def _filled(self, message: str, values: dict[str, object]) -> str:
        if not values:
            return message
        return message.format(**{name: self.value(value) for name, value in values.items()})

    def _figure(self, figure: Figure) -> str:
        pattern = "#,##0" + ("." + "0" * figure.digits if figure.digits else "")
        number = round(figure.value, figure.digits) + 0.0  # −0 is not a number people write
        written = str(format_decimal(abs(number), pattern, locale=REGION[self.language]))
        sign = "−" if number < 0 else "+" if figure.signed and number > 0 else ""
        return f"{sign}{written}{' ' + figure.unit if figure.unit else ''}"
