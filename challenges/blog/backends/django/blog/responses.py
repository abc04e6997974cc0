import json
from datetime import UTC

from django.http import HttpResponse


def to_json(value):
    return json.dumps(value, ensure_ascii=False)


def timestamp(moment):
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def json_response(request, status, text, headers=None):
    media_type = "application/json" if status < 400 else "application/problem+json"
    return text_response(request, status, media_type, text, headers)


def text_response(request, status, media_type, text, headers=None):
    """A response with a body; for HEAD the same headers without it."""
    content = text.encode()
    response = HttpResponse(
        b"" if request.method == "HEAD" else content, status=status, content_type=media_type, headers=headers
    )
    response["Content-Length"] = str(len(content))
    return response


def empty_response(status, headers=None):
    response = HttpResponse(status=status, headers=headers)
    del response["Content-Type"]
    return response
