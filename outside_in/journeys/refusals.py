"""Why a whole file is not read, one class per code of the import report, and how much is read."""

from pydantic import TypeAdapter

from outside_in.domain.errors import BadInput, FileRefused

MEGABYTE = 1024 * 1024
FILE_BYTES = 256 * MEGABYTE
ROWS = 1_000_000
COLUMNS = 200
CELL_LETTERS = 20_000
NAMES: TypeAdapter[list[str]] = TypeAdapter(list[str])
"""A header on its way out of the child."""
TABLE: TypeAdapter[list[list[str]]] = TypeAdapter(list[list[str]])


class FileEmpty(FileRefused):
    message = "The file “{file}” is empty."
    code = "file-empty"


class FileType(FileRefused):
    message = (
        "“{file}” is not a kind of file we can read. "
        "Please save it as CSV, Excel workbook (.xlsx), Parquet or JSON lines."
    )
    code = "file-type"


class FileDamaged(FileRefused):
    message = "“{file}” is damaged or incomplete. Please export it again."
    code = "file-damaged"


class FileEncrypted(FileRefused):
    message = "“{file}” is protected by a password. Please save it without one."
    code = "file-encrypted"


class FileTooLarge(FileRefused):
    message = "“{file}” is too large: we read at most {megabytes} MB and {rows} rows."
    code = "file-too-large"


class TooManyColumns(FileRefused):
    message = "“{file}” has more than {columns} columns."
    code = "file-too-many-columns"


class NoCommentColumn(FileRefused):
    message = "We found no column with comments in “{file}”. Please say which one it is."
    code = "file-no-comment-column"


class NoCaseColumn(FileRefused):
    message = "We found no column in “{file}” that says which case an event belongs to. Please say which one it is."
    code = "log-no-case-column"


class NoActivityColumn(FileRefused):
    message = "We found no column in “{file}” that says what happened. Please say which one it is."
    code = "log-no-activity-column"


class NoTimeColumn(FileRefused):
    message = "We found no column in “{file}” that says when something happened. Please say which one it is."
    code = "log-no-time-column"


class MixedZones(FileRefused):
    message = "In “{file}”, row {row}, a time is written with a time zone and others without, or the other way round."
    code = "log-mixed-zones"


class TooManyActivities(FileRefused):
    message = "In “{file}” the column “{column}” holds more than {most} different activities. Is it the right one?"
    code = "log-too-many-activities"


class NoEvents(FileRefused):
    message = "No row of “{file}” holds a case, an activity and a time we can read. The first problem: row {row}."
    code = "log-no-events"


class Unsafe(FileRefused):
    message = "“{file}” defines entities of its own and could grow without limit. Please export it without them."
    code = "file-unsafe"


class NoRows(FileRefused):
    message = "“{file}” has a header, but no rows below it."
    code = "file-no-rows"


class UnknownColumn(BadInput):
    message = "The file has no column “{column}”."
    code = "unknown-column"


class BadMapping(BadInput):
    message = "The mapping cannot be read. Please check “{where}”."
    code = "bad-mapping"


KINDS: dict[str, type[FileRefused]] = {
    kind.code: kind
    for kind in (
        FileEmpty,
        FileType,
        FileDamaged,
        FileEncrypted,
        FileTooLarge,
        TooManyColumns,
        NoCommentColumn,
        NoRows,
        NoCaseColumn,
        NoActivityColumn,
        NoTimeColumn,
        MixedZones,
        TooManyActivities,
        NoEvents,
        Unsafe,
    )
}


class Refused(Exception):
    """Inside the child: what a refusal is called. It has no words; its parent finds them."""

    def __init__(self, kind: type[BadInput], **values: object) -> None:
        super().__init__(kind.code)
        self.code: str = kind.code
        self.values = values


LIMITS: dict[str, int] = {
    "megabytes": FILE_BYTES // MEGABYTE,
    "rows": ROWS,
    "columns": COLUMNS,
    "letters": CELL_LETTERS,
}


def refusal(code: str, file: str, **values: object) -> BadInput:
    """The error for people that belongs to a code."""
    if code == UnknownColumn.code:
        return UnknownColumn(**values)
    return KINDS.get(code, FileDamaged)(**{"file": file, **LIMITS, **values})
