"""Parquet files, a batch of rows at a time. The first record is row 2."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from outside_in.journeys.refusals import (
    COLUMNS,
    ROWS,
    FileDamaged,
    FileEncrypted,
    FileTooLarge,
    Refused,
    TooManyColumns,
)
from outside_in.journeys.tables import Cell, Row


class ParquetTable:
    encoding: str | None = None
    separator: str | None = None

    def __init__(self, path: Path) -> None:
        self._file = _opened(path)
        self._names: list[Cell] = list(self._file.schema_arrow.names)
        if len(self._names) > COLUMNS:
            raise Refused(TooManyColumns)
        if self._file.metadata.num_rows > ROWS:
            raise Refused(FileTooLarge)

    def rows(self) -> Iterator[Row]:
        yield Row(1, self._names)
        number = 2
        for columns in self._batches():
            for cells in zip(*columns, strict=True):
                yield Row(number, [_cell(value) for value in cells])
                number += 1

    def _batches(self) -> Iterator[list[list[Any]]]:
        try:
            for batch in self._file.iter_batches(batch_size=1_000, use_threads=False):
                yield [column.to_pylist() for column in batch.columns]
        except (pa.ArrowException, OSError, ValueError):
            raise Refused(FileDamaged) from None


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        secret = "encrypt" in str(error).lower()
        raise Refused(FileEncrypted if secret else FileDamaged) from None


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
