"""What requests may say. A rule takes a value and returns what is wrong with it, or None."""

import json
import re
from urllib.parse import unquote_to_bytes

from .problems import Problem

BODY_LIMIT = 256 * 1024


def matches(pattern, complaint, maximum=None):
    compiled = re.compile(pattern)

    def rule(value):
        valid = isinstance(value, str) and (maximum is None or len(value) <= maximum) and compiled.fullmatch(value)
        return None if valid else complaint

    return rule


def text(minimum, maximum):
    def rule(value):
        if not isinstance(value, str) or re.search("[\0\ud800-\udfff]", value):
            return "must be text without U+0000"
        return None if minimum <= len(value) <= maximum else f"must have {minimum} to {maximum} characters"

    return rule


def nullable(rule):
    return lambda value: None if value is None else rule(value)


def tags(value):
    valid = isinstance(value, list) and len(value) <= 5 and all(tag(item) is None for item in value)
    return None if valid and len(set(value)) == len(value) else "must be a list of at most 5 different tags"


FILE_NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}"

uuid = matches(
    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
    "must be a UUID",
)
email = matches(r"[A-Za-z0-9._+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}", "must be an e-mail address", 200)
password = text(8, 100)
name = text(1, 80)
bio = nullable(text(0, 500))
avatar_url = nullable(matches(r"https://[A-Za-z0-9.-]+(/[A-Za-z0-9._~-]+)*", "must be an https URL", 200))
website_url = matches(
    r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?", "must be the URL of a website", 200
)
slug = matches("[a-z0-9]+(-[a-z0-9]+)*", "must be small letters and digits, with hyphens between", 80)
title = text(1, 200)
text_of_article = text(0, 10_000)
comment = text(1, 2000)
tag = matches("[a-z0-9-]{1,30}", "must be 1 to 30 small letters, digits and hyphens")
status = matches("draft|published", "must be draft or published")
file_name = matches(FILE_NAME, 'must be a file name of letters, digits, ".", "_" and "-"')
search = text(0, 100)
limit = matches("[1-9][0-9]?|100", "must be a whole number from 1 to 100")
cursor = matches("[1-9][0-9]{0,17}", "must be a cursor that a list gave as `next`")
site_path = matches("/|(/[A-Za-z0-9_-]+)+", "must be a path of this site", 200)

PAGING = {"limit": limit, "cursor": cursor}


def read_text(request, media_type):
    content_type, *parameters = [part.strip() for part in request.META.get("CONTENT_TYPE", "").lower().split(";")]
    charsets = {parameter for parameter in parameters if parameter.startswith("charset=")}
    if content_type != media_type or charsets - {"charset=utf-8", 'charset="utf-8"'}:
        raise Problem(415, f"The body must be {media_type} in UTF-8.")
    if request.headers.get("Content-Encoding", "").lower() not in ("", "identity"):
        raise Problem(415, "The body must not be encoded.")
    try:
        return read_body(request).decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(400, "The body is not in UTF-8.") from None


def read_json(request, media_type):
    try:
        return json.loads(read_text(request, media_type), parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON.") from None


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


def check_body(body, fields, required=(), at=""):
    """Returns the body when it is an object of these fields, `{name: rule}`; raises a problem that lists what is wrong."""
    if not isinstance(body, dict):
        raise Problem.invalid([{"pointer": at, "detail": "must be an object"}])
    errors = []
    if body.keys() - fields.keys():
        errors.append({"pointer": at, "detail": f"may only have {', '.join(fields)}"})
    for field, rule in fields.items():
        missing = "is required" if field in required else None
        complaint = rule(body[field]) if field in body else missing
        if complaint:
            errors.append({"pointer": f"{at}/{field}", "detail": complaint})
    if errors:
        raise Problem.invalid(errors)
    return body


def check_query(request, fields, required=()):
    """Returns the query parameters named in `fields`, those left out as None."""
    given = parse_query(request.META["QUERY_STRING"])
    values = dict.fromkeys(fields)
    errors = []
    for field, rule in fields.items():
        found = [value for name, value in given if name == field]
        if found:
            values[field] = found[0]
            complaint = "is given twice" if len(found) > 1 else rule(found[0])
        else:
            complaint = "is required" if field in required else None
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
