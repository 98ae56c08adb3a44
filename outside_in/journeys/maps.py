"""MAP.json: what somebody wrote down about the columns of a file."""

from pydantic import ValidationError

from outside_in.domain.mapping import Mapping
from outside_in.journeys.refusals import BadMapping


def mapping_from_json(content: str | bytes) -> Mapping:
    try:
        return Mapping.model_validate_json(content)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "JSON"
        raise BadMapping(where=where) from None
