"""The lists: their parameters, their order, and cursors that mark a place in that order."""

import base64
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Callable

from django.db.models import F, Q
from django.db.models.functions import Collate

from .models import Priority
from .problems import invalid_parameter
from .validation import is_text


@dataclass
class Parameter:
    valid: Callable[[str], bool]
    parse: Callable[[str], Any] = str
    default: Any = None


SORT_KEYS = {
    "position": F("position"),
    "title": Collate("title", "C"),  # by code point, whatever the database's own collation is
    "createdAt": F("created_at"),
    "dueAt": F("due_at"),
}
_SORTS = [sign + name for name in SORT_KEYS for sign in ("", "-")]

TAG_PARAMETERS = {
    "limit": Parameter(lambda value: re.fullmatch("[1-9][0-9]?|100", value) is not None, int, 20),
    "cursor": Parameter(lambda value: is_text(value, 1, 1700)),
}
TODO_PARAMETERS = {
    "done": Parameter(lambda value: value in ("true", "false"), lambda value: value == "true"),
    "priority": Parameter(lambda value: value in Priority.values),
    "tag": Parameter(lambda value: is_text(value, 1, 30)),
    "q": Parameter(lambda value: is_text(value, 1, 200)),
    "sort": Parameter(lambda value: value in _SORTS, default="position"),
    **TAG_PARAMETERS,
}


def filtered(todos, query):
    if query["done"] is not None:
        todos = todos.filter(done=query["done"])
    if query["priority"] is not None:
        todos = todos.filter(priority=query["priority"])
    if query["tag"] is not None:
        todos = todos.filter(tag_set__name=query["tag"])
    if query["q"] is not None:
        todos = todos.filter(title__icontains=query["q"])  # escapes %, _ and \
    return todos


def ordered(todos, sort, cursor):
    """In the order of `sort`, ties by id, nulls last; from after the cursor on."""
    descending, name = sort.startswith("-"), sort.lstrip("-")
    todos = todos.alias(key=SORT_KEYS[name])
    if cursor is not None:
        key, last_id = decode_cursor(cursor, sort)
        if key is None:
            todos = todos.filter(key__isnull=True, id__gt=last_id)
        else:
            beyond = "lt" if descending else "gt"
            rest = Q(**{f"key__{beyond}e": key}) & (Q(**{f"key__{beyond}": key}) | Q(id__gt=last_id))
            todos = todos.filter(rest | Q(key__isnull=True) if name == "dueAt" else rest)
    key = F("key").desc(nulls_last=True) if descending else F("key").asc(nulls_last=True)
    return todos.order_by(key, "id")


def encode_cursor(sort, key, id):
    """A cursor holds the order it belongs to and the key and id of the last item of its page."""
    text = json.dumps([sort, key, id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor, sort):
    """Cursors come back from clients: nothing in them is trusted."""
    try:
        made_for, key, id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if made_for != sort or not _is_integer(id, 2_147_483_647):
            raise ValueError
        return _parse_key(sort.lstrip("-"), key), id
    except (ValueError, TypeError, RecursionError):
        raise invalid_parameter("cursor", "was not made by this list in this order") from None


def _parse_key(name, key):
    if name == "position":
        if _is_integer(key, 1_000_000):
            return key
    elif name in ("title", "name"):
        if is_text(key, 0, 200):
            return key
    elif key is None and name == "dueAt":
        return None
    elif isinstance(key, str) and re.fullmatch(r"[12][0-9]{3}-[0-9-]{5}T[0-9:]{8}\.[0-9]{3}Z", key):
        return datetime.fromisoformat(key)
    raise ValueError


def _is_integer(value, most):
    return type(value) is int and 0 <= value <= most
