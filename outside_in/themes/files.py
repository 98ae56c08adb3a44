"""The shape others script against: `outside-in/themes/1`."""

from pydantic import JsonValue

from outside_in.domain.feedback import CandidateTheme, Found, Placed

FORMAT = "outside-in/themes/1"


def to_json(found: Found) -> dict[str, JsonValue]:
    return {
        "format": FORMAT,
        "rows": found.rows,
        "language": dict(found.language),
        "encoder": found.encoder,
        "seed": found.seed,
        "stability": found.stability,
        "unassigned": found.unassigned,
        "themes": [_theme(theme) for theme in found.themes],
        "comments": [_comment(placed) for placed in found.comments],
    }


def _theme(theme: CandidateTheme) -> dict[str, JsonValue]:
    dissent = theme.dissent
    return {
        "id": theme.id,
        "parent": theme.parent,
        "label": {"de": theme.label.de, "en": theme.label.en},
        "keywords": list(theme.keywords),
        "size": theme.size,
        "quotes": [{"row": q.row, "text": q.text, "kind": q.kind} for q in theme.quotes],
        "dissent": {"row": dissent.row, "text": dissent.text} if dissent else None,
    }


def _comment(placed: Placed) -> dict[str, JsonValue]:
    return {
        "row": placed.row,
        "theme": placed.theme,
        "subtheme": placed.subtheme,
        "confidence": placed.confidence,
    }
