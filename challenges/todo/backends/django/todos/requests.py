"""What a request says, read without leniency: its JSON body, its query, its preconditions."""

import json
import re
from urllib.parse import parse_qsl

from .problems import Problem, invalid_parameter

BODY_LIMIT = 262_144
# What a client may send in vain before it is answered; then the connection breaks.
DRAIN_LIMIT = 64 * 1024 * 1024


def read_json(request, media_type):
    """The JSON value in the body, which must be of exactly this media type."""
    charset = request.content_params.get("charset", "utf-8")
    coding = request.headers.get("Content-Encoding", "identity")
    if request.content_type.lower() != media_type or charset.lower() != "utf-8" or coding != "identity":
        raise Problem(415, f"The body must be {media_type} in UTF-8, in no content coding.")
    body = _read_body(request)
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON in UTF-8.") from None


def _refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def _read_body(request):
    # The server's own stream, because Django takes a chunked body for an empty one.
    stream = request.environ["wsgi.input"]
    chunks, length = [], 0
    try:
        while length < DRAIN_LIMIT and (chunk := stream.read(65_536)):
            length += len(chunk)
            if length <= BODY_LIMIT:
                chunks.append(chunk)
    except Exception:  # Servers raise errors of their own for broken framing and lost connections.
        raise Problem(400, "The body could not be read.") from None
    if length > BODY_LIMIT:
        raise Problem(413, "The body has more than 262,144 bytes.")
    if length < int(request.META.get("CONTENT_LENGTH") or 0):
        raise Problem(400, "The body ended early.")
    return b"".join(chunks)


def read_query(request, parameters):
    """The query's parameters, checked and with defaults. Unknown and repeated ones are refused."""
    query = request.META.get("QUERY_STRING", "")
    try:
        if re.search(r"%(?![0-9A-Fa-f]{2})", query):
            raise ValueError
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
    except ValueError:
        raise Problem(400, "The query is not percent-encoded UTF-8.") from None
    values = {name: parameter.default for name, parameter in parameters.items()}
    seen = set()
    for name, value in pairs:
        if name not in parameters:
            raise Problem(400, f"The parameters here are {', '.join(parameters)}.")
        if name in seen:
            raise invalid_parameter(name, "is given twice")
        if not parameters[name].valid(value):
            raise invalid_parameter(name, "has a value that is not documented")
        seen.add(name)
        values[name] = parameters[name].parse(value)
    return values


def names_tag(field, *etags):
    """Whether a header field is `*` or lists one of the entity tags."""
    return field is not None and (field.strip() == "*" or any(tag.strip() in etags for tag in field.split(",")))


def require_match(request, etag):
    field = request.headers.get("If-Match")
    if field is not None and not names_tag(field, etag):
        raise Problem(412, "The todo has changed since.")
