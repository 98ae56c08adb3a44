"""
Customers' feedback as files of others, and the journey in it.

The public door. Nothing heavy is imported before somebody comes through it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from outside_in.journeys.building import journey, theme_evidence
    from outside_in.journeys.designs import design_to_json, design_to_xlsx, read_design
    from outside_in.journeys.logs.reading import flow_document, read_log
    from outside_in.journeys.maps import mapping_from_json
    from outside_in.journeys.reading import preview, read
    from outside_in.journeys.redaction import redact
    from outside_in.journeys.words import rejected_rows_csv, report, sentence

__all__ = [
    "design_to_json",
    "design_to_xlsx",
    "flow_document",
    "journey",
    "mapping_from_json",
    "preview",
    "read",
    "read_design",
    "read_log",
    "redact",
    "rejected_rows_csv",
    "report",
    "sentence",
    "theme_evidence",
]

_HOMES = {
    "design_to_json": "designs",
    "design_to_xlsx": "designs",
    "read_design": "designs",
    "flow_document": "logs.reading",
    "read_log": "logs.reading",
    "journey": "building",
    "mapping_from_json": "maps",
    "preview": "reading",
    "read": "reading",
    "redact": "redaction",
    "rejected_rows_csv": "words",
    "report": "words",
    "sentence": "words",
    "theme_evidence": "building",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
