"""Lists by cursor."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.db.models import Func, TextField, Value
from django.db.models.lookups import GreaterThan, LessThan

from . import inputs
from .problems import Problem

PAGING = {"limit": inputs.limit, "cursor": inputs.cursor}


class Row(Func):
    """`(price, id)`: PostgreSQL compares rows key by key, and an index on the keys leads straight to where a page begins."""

    template = "(%(expressions)s)"
    output_field = TextField()


def page(rows, name, keys, query, *, descending=False):
    """One page of rows in the order of these keys, the last of them the id, and the cursor of the next page.

    A cursor holds the keys of the last row that was shown, so a page deep in the list costs no more than the first.
    """
    size = int(query["limit"] or 20)
    if query["cursor"] is not None:
        compare = LessThan if descending else GreaterThan
        after = [rows.model._meta.get_field(key).to_python(value) for key, value in zip(keys, decode(query["cursor"], name, keys))]
        rows = rows.filter(compare(Row(*keys), Row(*(Value(value) for value in after))))
    ordered = rows.order_by(*(f"-{key}" if descending else key for key in keys))
    # One row more than the page tells whether there is a next.
    found = list(ordered[: size + 1])
    shown = found[:size]
    return shown, encode(name, keys, shown[-1]) if len(found) > size else None


def encode(name, keys, row):
    # A price goes as text; the id stays a number.
    values = [name, *(str(getattr(row, key)) for key in keys[:-1]), row.id]
    return urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode()


def decode(cursor, name, keys):
    rules = [*((inputs.price if key == "price" else inputs.title) for key in keys[:-1]), inputs.entity_id]
    try:
        given, *values = json.loads(urlsafe_b64decode(cursor))
        if given == name and len(values) == len(keys) and not any(rule(value) for rule, value in zip(rules, values)):
            return values
    except (ValueError, TypeError, RecursionError):
        pass
    raise Problem.invalid([{"parameter": "cursor", "detail": "must be the `next` of this list, with the same `sort`"}])
