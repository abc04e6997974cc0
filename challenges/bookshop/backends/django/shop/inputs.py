"""What requests may say. A rule takes a value and returns what is wrong with it, or None."""

import json
import re
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


def integer(minimum, maximum):
    def rule(value):
        is_integer = isinstance(value, int) and not isinstance(value, bool)
        return None if is_integer and minimum <= value <= maximum else f"must be a whole number from {minimum} to {maximum}"

    return rule


def digits(rule):
    """The same of a number in a query."""
    return lambda value: rule(int(value) if re.fullmatch("[1-9][0-9]{0,9}", value) else None)


def listing(rule, minimum, maximum):
    def of_list(values):
        if not isinstance(values, list) or not minimum <= len(values) <= maximum:
            return f"must be a list of {minimum} to {maximum} items"
        return next(filter(None, map(rule, values)), None)

    return of_list


def unique(rule):
    return lambda values: rule(values) or (None if len(set(values)) == len(values) else "must not have the same item twice")


def fields(rules):
    def of_object(value):
        error = next(iter(errors_of(value, rules, rules)), None)
        return error and f"{error['pointer'][1:]} {error['detail']}".strip()

    return of_object


entity_id = integer(1, 2147483647)
copies = integer(1, 1000)
stock = integer(0, 1_000_000)
name = text(1, 120)
title = text(1, 200)
search = text(3, 200)
isbn = matches("[0-9]{13}", "must be thirteen digits")
genre = matches("novel|crime|poetry|science|history|children", "must be one of the genres")
price = matches(r"(0|[1-9][0-9]{0,4})\.[0-9]{2}", 'must be a string such as "12.50", up to "99999.99"')
author_ids = unique(listing(entity_id, 1, 10))
lines = listing(fields({"bookId": entity_id, "copies": copies}), 1, 20)
query_id = digits(entity_id)
limit = digits(integer(1, 100))
cursor = matches("[A-Za-z0-9_=-]{1,2000}", "must be a cursor that a list gave as `next`")
boolean = matches("true|false", "must be true or false")
sort = matches("newest|title|-?price", "must be one of the orders")
status = matches("placed|cancelled", "must be placed or cancelled")


def read_json(request, media_type):
    content_type, *parameters = [part.strip() for part in request.META.get("CONTENT_TYPE", "").lower().split(";")]
    charsets = {parameter for parameter in parameters if parameter.startswith("charset=")}
    if content_type != media_type or charsets - {"charset=utf-8", 'charset="utf-8"'}:
        raise Problem(415, f"The body must be {media_type} in UTF-8.")
    if request.headers.get("Content-Encoding", "").lower() not in ("", "identity"):
        raise Problem(415, "The body must not be encoded.")
    try:
        return json.loads(read_body(request).decode("utf-8"), parse_float=integral, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON in UTF-8.") from None


def integral(text):
    """JSON's 2.0 is the integer 2."""
    number = float(text)
    return int(number) if number.is_integer() else number


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
    errors = errors_of(body, fields, required)
    if errors:
        raise Problem.invalid(errors)
    return body


def errors_of(body, fields, required):
    if not isinstance(body, dict):
        return [{"pointer": "", "detail": "must be an object"}]
    errors = []
    if body.keys() - fields.keys():
        errors.append({"pointer": "", "detail": f"may only have {', '.join(fields)}"})
    for field, rule in fields.items():
        missing = "is required" if field in required else None
        complaint = rule(body[field]) if field in body else missing
        if complaint:
            errors.append({"pointer": f"/{field}", "detail": complaint})
    return errors


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
