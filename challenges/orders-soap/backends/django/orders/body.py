"""Reading a request's body, for both faces."""

LIMIT = 256 * 1024


class TooLarge(Exception):
    pass


class Unreadable(Exception):
    pass


def read_body(request):
    """Reads the server's stream: Django's own takes a chunked body, which has no Content-Length, for an empty one."""
    stream = request.environ["wsgi.input"]
    length = request.META.get("CONTENT_LENGTH")
    try:
        body = stream.read(LIMIT + 1)
        if len(body) > LIMIT:
            discard(stream)
            raise TooLarge
    except TooLarge:
        raise
    except Exception:  # gunicorn has a class of its own for each way in which chunks can be malformed
        raise Unreadable from None
    if length and len(body) < int(length):
        raise Unreadable
    return body


def discard(stream):
    """Reads on for a while: a client that is still sending would lose the answer if the connection were closed on it."""
    for _ in range(256):
        if not stream.read(65536):
            break
