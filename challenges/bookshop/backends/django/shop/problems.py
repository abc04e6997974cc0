"""Errors as problem details (RFC 9457)."""

import json
import logging
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

logger = logging.getLogger(__name__)

REFUSALS = {
    "author-has-books": (409, "The author has books, so they cannot be removed."),
    "isbn-taken": (409, "There is a book with this ISBN."),
    "book-ordered": (409, "The book is in an order, so it cannot be removed."),
    "shelf-full": (409, "There is no room for so many copies."),
    "out-of-stock": (409, "There are too few copies of a book."),
    "already-cancelled": (409, "The order was cancelled before."),
    "unknown-author": (422, "One of the authors is not there."),
    "book-twice": (422, "A book is in two lines."),
    "unknown-book": (422, "One of the books is not there."),
}


class Problem(Exception):
    """An error that is told to the client."""

    def __init__(self, status, detail, *, type="about:blank", title=None, errors=None, headers=None):
        super().__init__(detail)
        self.status = status
        self.headers = headers or {}
        self.body = {"type": type, "title": title or HTTPStatus(status).phrase, "status": status, "detail": detail}
        if errors:
            self.body["errors"] = errors

    @classmethod
    def not_found(cls):
        return cls(404, "There is nothing here by that id or path.")

    @classmethod
    def invalid(cls, errors):
        detail = "The request is not as documented."
        return cls(400, detail, type="urn:bookshop:invalid-request", title="Invalid request", errors=errors)

    @classmethod
    def refusal(cls, name):
        status, detail = REFUSALS[name]
        return cls(status, detail, type=f"urn:bookshop:{name}", title=name.replace("-", " ").capitalize())


def json_response(request, status, body, headers=None):
    """A response of JSON; for HEAD the same headers without the text."""
    content = json.dumps(body, ensure_ascii=False).encode()
    response = HttpResponse(
        b"" if request.method == "HEAD" else content,
        status=status,
        content_type="application/json" if status < 400 else "application/problem+json",
        headers=headers,
    )
    response["Content-Length"] = str(len(content))
    return response


def empty_response(status, headers=None):
    response = HttpResponse(status=status, headers=headers)
    del response["Content-Type"]
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
        else:
            logger.error("%s %s failed", request.method, request.path, exc_info=exception)
            if isinstance(exception, OperationalError | InterfaceError):
                problem = Problem(503, "The shop cannot reach its database.", headers={"Retry-After": "1"})
            else:
                problem = Problem(500, "Something went wrong on our side.")
        return problem_response(request, problem)
