"""Journeys as files of our own: JSON for machines, XLSX as a template for people."""

import io
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from outside_in.domain.design import COLUMNS, MOST, Design
from outside_in.domain.errors import BadInput
from outside_in.domain.text import Language, Say
from outside_in.journeys import refusals
from outside_in.journeys.inside import TableJob
from outside_in.journeys.reading import messages
from outside_in.journeys.refusals import FileDamaged, refusal

FORMAT, SCHEMA = "outside-in/journey", 1
BYTES = 2 * refusals.MEGABYTE


class NotAJourney(BadInput):
    message = "“{file}” is no journey of ours. Please start from the template."
    code = "journey-file"


class NewerJourney(BadInput):
    message = "“{file}” was written by a newer version ({schema}; this one reads up to {known})."
    code = "journey-newer"


class BadField(BadInput):
    message = "In “{file}” the field “{where}” cannot be read."
    code = "journey-field"


def design_to_json(design: Design) -> bytes:
    told = {"format": FORMAT, "schema": SCHEMA, **design.model_dump(mode="json")}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def design_to_xlsx(design: Design, say: Say) -> bytes:
    """One sheet; the header in the reader's language, wide enough to write in. Formulas of strangers stay text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = say("Journey")  # type: ignore[union-attr]
    sheet.append([say(name) for name in COLUMNS.values()])  # type: ignore[union-attr]
    for row in design.rows():
        sheet.append([_cell(row[name]) for name in COLUMNS])  # type: ignore[union-attr]
    for column in sheet.columns:  # type: ignore[union-attr]
        column[0].font = Font(bold=True)
        width = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(48, max(12, width + 2))  # type: ignore[union-attr]
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "D2"  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_design(path: Path, name: str, design: Design, says: dict[Language, Say]) -> Design:
    """
    What a file makes of a journey; a table keeps persona and owner of the whole, a JSON file brings its own.

    Raises NotAJourney, NewerJourney, BadField, BadRow and its kin, FileRefused; each names file, row or field.
    """
    if path.stat().st_size > BYTES:
        raise refusal("file-too-large", name, megabytes=BYTES // refusals.MEGABYTE, rows=MOST)
    with path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    return _from_json(path, name) if start.startswith(b"{") else _from_table(path, name, design, says)


def _from_json(path: Path, name: str) -> Design:
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise refusal(FileDamaged.code, name) from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotAJourney(file=name)
    schema = told.get("schema")
    if not isinstance(schema, int) or schema > SCHEMA:
        raise NewerJourney(file=name, schema=schema, known=SCHEMA)
    try:
        read = Design.model_validate({key: value for key, value in told.items() if key not in ("format", "schema")})
    except ValidationError as error:
        raise BadField(file=name, where=".".join(map(str, error.errors()[0]["loc"]))) from None
    return read.with_rows(read.rows())


def _from_table(path: Path, name: str, design: Design, says: dict[Language, Say]) -> Design:
    """The header may be in either language."""
    head, *rows = _rows(path, name) or [[]]
    known = {say(column).casefold(): field for say in says.values() for field, column in COLUMNS.items()}
    fields = [known.get(" ".join(cell.split()).casefold()) for cell in head]
    if "de" not in fields and "en" not in fields:
        raise NotAJourney(file=name)
    typed: list[dict[str, Any]] = [
        {field: cell for field, cell in zip(fields, row, strict=False) if field} for row in rows
    ]
    return design.with_rows(typed)


def _rows(path: Path, name: str) -> list[list[str]]:
    job = TableJob(path=str(path.absolute()), file=name, most=4 * MOST, limit_bytes=BYTES)
    for kind, content in messages(job, lambda _: None):
        if kind == "table":
            return refusals.TABLE.validate_json(content)
    raise refusal(FileDamaged.code, name)


def _cell(value: Any) -> Any:
    return "x" if value is True else None if value is False or value == "" else value
