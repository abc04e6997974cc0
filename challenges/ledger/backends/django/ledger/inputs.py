"""What requests may say. A rule takes a value and returns what is wrong with it, or None."""

import json
import re
from datetime import date
from urllib.parse import unquote_to_bytes

from .problems import Problem

BODY_LIMIT = 256 * 1024


def matches(pattern, complaint):
    compiled = re.compile(pattern)
    return lambda value: None if isinstance(value, str) and compiled.fullmatch(value) else complaint


def text(minimum, maximum):
    def rule(value):
        if not isinstance(value, str) or re.search("[\0\ud800-\udfff]", value):
            return "must be text without U+0000"
        return None if minimum <= len(value) <= maximum else f"must have {minimum} to {maximum} characters"

    return rule


def nullable(rule):
    return lambda value: None if value is None else rule(value)


def is_date(value):
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return "must be a date such as 2024-02-29"
    try:
        # Python's calendar begins with the year 1; the year 0 had a leap day, as 2000 had.
        date.fromisoformat(re.sub("^0000", "2000", value))
    except ValueError:
        return "must be a date such as 2024-02-29"
    return None


uuid = matches(
    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
    "must be a UUID",
)
name = text(1, 120)
note = nullable(text(0, 140))
search = text(0, 120)
currency = matches("EUR|USD|GBP", "must be EUR, USD or GBP")
amount = matches(
    r"0\.0[1-9]|0\.[1-9][0-9]|[1-9][0-9]{0,11}\.[0-9]{2}",
    'must be a string such as "12.50", from "0.01" to "999999999999.99"',
)
overdraft_limit = matches(
    r"(0|[1-9][0-9]{0,11})\.[0-9]{2}",
    'must be a string such as "12.50", from "0.00" to "999999999999.99"',
)
limit = matches("[1-9][0-9]?|100", "must be a whole number from 1 to 100")
cursor = matches("[1-9][0-9]{0,17}", "must be a cursor that a list gave as `next`")
idempotency_key = matches("[!-~]{1,64}", "is required: 1 to 64 visible ASCII characters")


def read_json(request, media_type):
    content_type, *parameters = [part.strip() for part in request.META.get("CONTENT_TYPE", "").lower().split(";")]
    charsets = {parameter for parameter in parameters if parameter.startswith("charset=")}
    if content_type != media_type or charsets - {"charset=utf-8", 'charset="utf-8"'}:
        raise Problem(415, f"The body must be {media_type} in UTF-8.")
    if request.headers.get("Content-Encoding", "").lower() not in ("", "identity"):
        raise Problem(415, "The body must not be encoded.")
    try:
        return json.loads(read_body(request).decode("utf-8"), parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON in UTF-8.") from None


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def read_body(request):
    """Reads the server's stream: Django's own takes a chunked body, which has no Content-Length, for an empty one."""
    stream = request.environ["wsgi.input"]
    length = request.META.get("CONTENT_LENGTH")
    try:
        body = stream.read(BODY_LIMIT + 1)
        if len(body) > BODY_LIMIT:
            discard(stream)
            raise Problem(413, "The body is over 256 KiB.")
    except Problem:
        raise
    except Exception:  # gunicorn has a class of its own for each way in which chunks can be malformed
        raise Problem(400, "The body cannot be read.") from None
    if length and len(body) < int(length):
        raise Problem(400, "The body is shorter than its Content-Length.")
    return body


def discard(stream):
    """Reads on for a while: a client that is still sending would lose the answer if the connection were closed on it."""
    for _ in range(256):
        if not stream.read(65536):
            break


def check_body(body, fields, required=()):
    """Returns the body when it is an object of these fields, `{name: rule}`; raises a problem that lists what is wrong."""
    if not isinstance(body, dict):
        raise Problem.invalid([{"pointer": "", "detail": "must be an object"}])
    errors = []
    if body.keys() - fields.keys():
        errors.append({"pointer": "", "detail": f"may only have {', '.join(fields)}"})
    for field, rule in fields.items():
        missing = "is required" if field in required else None
        complaint = rule(body[field]) if field in body else missing
        if complaint:
            errors.append({"pointer": f"/{field}", "detail": complaint})
    if errors:
        raise Problem.invalid(errors)
    return body


def check_query(request, fields):
    """Returns the query parameters named in `fields`, those left out as None."""
    given = parse_query(request.META["QUERY_STRING"])
    values = dict.fromkeys(fields)
    errors = []
    for field, rule in fields.items():
        found = [value for name, value in given if name == field]
        if not found:
            continue
        values[field] = found[0]
        complaint = "is given twice" if len(found) > 1 else rule(found[0])
        if complaint:
            errors.append({"parameter": field, "detail": complaint})
    if errors:
        raise Problem.invalid(errors)
    return values


def parse_query(query):
    """request.GET would let malformed percent-encoding and invalid UTF-8 pass as other text."""
    try:
        if re.search("%(?![0-9A-Fa-f]{2})", query):
            raise ValueError("malformed percent-encoding")
        pairs = [pair.partition("=") for pair in query.replace("+", " ").split("&")]
        return [(decode(name), decode(value)) for name, _, value in pairs]
    except ValueError:
        raise Problem(400, "The query is not percent-encoded UTF-8.") from None


def decode(text):
    return unquote_to_bytes(text.encode("latin-1")).decode("utf-8")


def check_idempotency_key(request):
    key = request.headers.get("Idempotency-Key", "")
    complaint = idempotency_key(key)
    if complaint:
        raise Problem.invalid([{"parameter": "Idempotency-Key", "detail": complaint}])
    return key
