"""Errors as problem details (RFC 9457)."""

import json
import logging
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

logger = logging.getLogger(__name__)

REFUSALS = {
    "unknown-account": (404, "There is no such account."),
    "account-in-use": (409, "The account has entries, so it cannot be deleted."),
    "overdraft-in-use": (409, "The account is overdrawn by more than the new limit."),
    "currency-mismatch": (409, "The accounts are in different currencies."),
    "insufficient-funds": (409, "The paying account has too little money."),
    "balance-limit": (409, "The receiving balance would be too large."),
    "same-account": (422, "Both accounts are the same."),
    "key-reused": (422, "This Idempotency-Key was used with another request."),
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
        return cls(400, detail, type="urn:ledger:invalid-request", title="Invalid request", errors=errors)

    @classmethod
    def refusal(cls, name):
        status, detail = REFUSALS[name]
        return cls(status, detail, type=f"urn:ledger:{name}", title=name.replace("-", " ").capitalize())


def to_json(value):
    return json.dumps(value, ensure_ascii=False)


def json_response(request, status, text, headers=None):
    """A response of JSON text; for HEAD the same headers without the text."""
    content = text.encode()
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
    return json_response(request, problem.status, to_json(problem.body), problem.headers)


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
                problem = Problem(503, "The ledger cannot reach its database.", headers={"Retry-After": "1"})
            else:
                problem = Problem(500, "Something went wrong on our side.")
        return problem_response(request, problem)
