import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Callable

from .models import Priority
from .problems import invalid_value

_INSTANT = re.compile(
    r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
)
_ESTIMATE = re.compile(r"(0|[1-9][0-9]{0,5})\.[0-9]{2}")


def is_text(value, least, most):
    """Text that PostgreSQL can keep and UTF-8 can carry, of so many code points."""
    return (
        isinstance(value, str)
        and least <= len(value) <= most
        and "\0" not in value
        and not any("\ud800" <= character <= "\udfff" for character in value)
    )


def _text(least, most):
    def parse(value):
        if not is_text(value, least, most):
            raise ValueError
        return value

    return parse


def _boolean(value):
    if not isinstance(value, bool):
        raise ValueError
    return value


def _position(value):
    # JSON's 1.0 is the integer 1; Python's True is not.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1_000_000:
        raise ValueError
    if value != int(value):
        raise ValueError
    return int(value)


def _priority(value):
    if value not in Priority.values:
        raise ValueError
    return value


def _instant(value):
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError
    return datetime.fromisoformat(value)


def _estimate(value):
    if not isinstance(value, str) or not _ESTIMATE.fullmatch(value):
        raise ValueError
    return Decimal(value)


def _tags(value):
    if not isinstance(value, list) or len(value) > 10:
        raise ValueError
    for at, tag in enumerate(value):
        if not is_text(tag, 1, 30):
            raise ValueError(f"/{at}")
    if len(set(value)) < len(value):
        raise ValueError
    return value


def _or_null(parse):
    return lambda value: None if value is None else parse(value)


@dataclass
class Property:
    field: str
    parse: Callable[[Any], Any]
    detail: str
    default: Any


PROPERTIES = {
    "title": Property("title", _text(1, 200), "must be text of 1 to 200 characters", None),
    "notes": Property("notes", _or_null(_text(0, 10_000)), "must be text of at most 10000 characters, or null", None),
    "done": Property("done", _boolean, "must be true or false", False),
    "position": Property("position", _position, "must be an integer from 0 to 1000000", 0),
    "priority": Property("priority", _priority, "must be low, normal or high", Priority.NORMAL.value),
    "dueAt": Property("due_at", _or_null(_instant), "must be an instant in the years 1900 to 2099, or null", None),
    "estimate": Property("estimate", _or_null(_estimate), 'must be a decimal such as "1.50", or null', None),
    "tags": Property("tags", _tags, "must be at most 10 different texts of 1 to 30 characters", []),
}


def parse_patch(value):
    """The fields that a merge patch sets."""
    if not isinstance(value, dict):
        raise invalid_value("", "must be an object")
    fields = {}
    for name, given in value.items():
        if name not in PROPERTIES:
            raise invalid_value("", f"must have no other properties than {', '.join(PROPERTIES)}")
        try:
            fields[PROPERTIES[name].field] = PROPERTIES[name].parse(given)
        except ValueError as error:
            raise invalid_value(f"/{name}{error}", PROPERTIES[name].detail) from None
    return fields


def parse_todo(value):
    """The fields of a whole todo, with defaults for what is absent."""
    fields = parse_patch(value)
    if "title" not in fields:
        raise invalid_value("", "must have a title")
    return {rule.field: rule.default for rule in PROPERTIES.values()} | fields
