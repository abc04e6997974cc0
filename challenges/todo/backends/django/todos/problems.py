import logging
from http import HTTPStatus

from django.http import JsonResponse

log = logging.getLogger(__name__)


class Problem(Exception):
    """Ends a request with an error of the client's. `errors` names the values that are invalid."""

    def __init__(self, status, detail, errors=None, headers=None):
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, errors, headers


def invalid_value(pointer, detail):
    return Problem(400, "The body is not as documented.", [{"pointer": pointer, "detail": detail}])


def invalid_parameter(parameter, detail):
    return Problem(400, "The query is not as documented.", [{"parameter": parameter, "detail": detail}])


def problem_response(problem):
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors is not None:
        body["errors"] = problem.errors
    response = JsonResponse(body, status=problem.status, headers=problem.headers)
    response["Content-Type"] = "application/problem+json"
    return response


class ProblemMiddleware:
    """Turns what views raise into application/problem+json, and states every body's length."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code not in (204, 304):
            response["Content-Length"] = len(response.content)
        if request.method == "HEAD":
            response._container = []
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, Problem):
            return problem_response(exception)
        log.error("%s %s failed", request.method, request.path, exc_info=exception)
        return server_error(request)


def bad_request(request, exception=None):
    return problem_response(Problem(400, "The request is malformed."))


def not_found(request, exception=None):
    return problem_response(Problem(404, "There is nothing at this path."))


def server_error(request):
    return problem_response(Problem(500, "Something went wrong here."))
