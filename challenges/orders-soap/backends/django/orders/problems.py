"""Errors of the REST face, as problem details (RFC 9457)."""

import json
import logging
import re
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

from .refusal import Refusal

logger = logging.getLogger(__name__)


class Problem(Exception):
    """An error that is told to the client."""

    def __init__(self, status, detail, *, type="about:blank", title=None, headers=None, **more):
        super().__init__(detail)
        self.status = status
        self.headers = headers or {}
        self.body = {"type": type, "title": title or HTTPStatus(status).phrase, "status": status, "detail": detail, **more}

    @classmethod
    def not_found(cls):
        return cls(404, "There is nothing here by that id or path.")

    @classmethod
    def invalid(cls, errors):
        detail = "The request is not as documented."
        return cls(400, detail, type="urn:orders:invalid-request", title="Invalid request", errors=errors)

    @classmethod
    def refused(cls, refusal):
        """What is a declared fault over SOAP is a type of problem here, with the same values."""
        words = re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", refusal.kind)
        status = 404 if refusal.kind == "notFound" else 409
        title = words.replace("-", " ").capitalize()
        return cls(status, refusal.message, type=f"urn:orders:{words}", title=title, **refusal.details)


def json_response(request, status, value, headers=None):
    """A response of JSON; for HEAD the same headers without the text."""
    content = json.dumps(value, ensure_ascii=False).encode()
    response = HttpResponse(
        b"" if request.method == "HEAD" else content,
        status=status,
        content_type="application/json" if status < 400 else "application/problem+json",
        headers=headers,
    )
    response["Content-Length"] = str(len(content))
    return response


def problem_response(request, problem):
    return json_response(request, problem.status, problem.body, problem.headers)


def not_found(request, exception):
    return problem_response(request, Problem.not_found())


class ProblemMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Problem):
            problem = exception
        elif isinstance(exception, Refusal):
            problem = Problem.refused(exception)
        else:
            logger.error("%s %s failed", request.method, request.path, exc_info=exception)
            if isinstance(exception, OperationalError | InterfaceError):
                problem = Problem(503, "The warehouse cannot reach its database.", headers={"Retry-After": "1"})
            else:
                problem = Problem(500, "Something went wrong on our side.")
        return problem_response(request, problem)
