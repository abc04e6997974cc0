"""What requests to the REST face may say. A rule takes a value and returns what is wrong with it, or None."""

import json
import re
from urllib.parse import unquote_to_bytes

from .body import TooLarge, Unreadable, read_body
from .problems import Problem

# What XML cannot hold could not be read over SOAP; white space at the ends would not outlast every client.
XML_TEXT = re.compile(
    "[^\0-\x20\ud800-\udfff\ufffe\uffff]"
    "(?:[^\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]*[^\0-\x20\ud800-\udfff\ufffe\uffff])?"
)


def name(value):
    if not isinstance(value, str) or not XML_TEXT.fullmatch(value):
        return "must be text that XML can hold, without white space at its ends"
    return None if len(value) <= 120 else "must have at most 120 characters"


def note(value):
    return None if value is None else name(value)


def price(value):
    fits = isinstance(value, str) and re.fullmatch(r"(0|[1-9][0-9]{0,7})\.[0-9]{2}", value)
    return None if fits else 'must be a string such as "12.50", up to "99999999.99"'


def integer(minimum, maximum):
    def rule(value):
        # In JSON, 5 and 5.0 are one number; in Python, True is one, too.
        whole = type(value) is int or (type(value) is float and value.is_integer())
        fits = whole and minimum <= value <= maximum
        return None if fits else f"must be a whole number from {minimum} to {maximum}"

    return rule


def digits(rule):
    """A parameter comes as text."""
    return lambda value: rule(int(value) if re.fullmatch("-?[0-9]{1,10}", value) else None)


delivered = integer(100_000, 1_000_000_000)
limit = digits(integer(1, 100))
after_id = digits(integer(0, 2**31 - 1))
LINE = {"productId": integer(1, 2**31 - 1), "quantity": integer(1, 100)}


def lines(value):
    if not isinstance(value, list) or not 1 <= len(value) <= 20:
        return "must be a list of 1 to 20 lines"
    for line in value:
        fits = isinstance(line, dict) and line.keys() == LINE.keys()
        if not fits or any(rule(line[field]) for field, rule in LINE.items()):
            return "must be lines of a productId and a quantity from 1 to 100"
    return None


def read_json(request):
    content_type, *parameters = [part.strip() for part in request.META.get("CONTENT_TYPE", "").lower().split(";")]
    charsets = {parameter for parameter in parameters if parameter.startswith("charset=")}
    if content_type != "application/json" or charsets - {"charset=utf-8", 'charset="utf-8"'}:
        raise Problem(415, "The body must be application/json in UTF-8.")
    if request.headers.get("Content-Encoding", "").lower() not in ("", "identity"):
        raise Problem(415, "The body must not be encoded.")
    try:
        return json.loads(read_body(request).decode("utf-8"), parse_constant=refuse_constant)
    except TooLarge:
        raise Problem(413, "The body is over 256 KiB.") from None
    except Unreadable:
        raise Problem(400, "The body cannot be read.") from None
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON in UTF-8.") from None


def refuse_constant(constant):
    raise ValueError(f"{constant} is not JSON")


def check_body(body, fields, required):
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
    """Returns the numbers of the query that are named in `fields`, without those left out."""
    given = parse_query(request.META["QUERY_STRING"])
    values = {}
    errors = []
    for field, rule in fields.items():
        found = [value for key, value in given if key == field]
        if not found:
            continue
        complaint = "is given twice" if len(found) > 1 else rule(found[0])
        if complaint:
            errors.append({"parameter": field, "detail": complaint})
        else:
            values[field] = int(found[0])
    if errors:
        raise Problem.invalid(errors)
    return values


def parse_query(query):
    """request.GET would let malformed percent-encoding and invalid UTF-8 pass as other text."""
    try:
        if re.search("%(?![0-9A-Fa-f]{2})", query):
            raise ValueError("malformed percent-encoding")
        pairs = [pair.partition("=") for pair in query.replace("+", " ").split("&")]
        return [(decode(key), decode(value)) for key, _, value in pairs]
    except ValueError:
        raise Problem(400, "The query is not percent-encoded UTF-8.") from None


def decode(text):
    return unquote_to_bytes(text.encode("latin-1")).decode("utf-8")
