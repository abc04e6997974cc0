"""Errors as problem details (RFC 9457)."""

from http import HTTPStatus

from starlette.responses import JSONResponse

REFUSALS = {
    "forbidden": (403, "You may not do this."),
    "email-taken": (409, "Somebody has signed up with this address."),
    "slug-taken": (409, "There is an article with this slug."),
    "name-taken": (409, "There is a file of this name."),
    "website-unreachable": (409, "There is no public website at this URL."),
    "wrong-credentials": (401, "Address and password do not belong together."),
    "too-many-attempts": (429, "There were too many failed attempts for this address."),
}


class Problem(Exception):
    """An error that is told to the client."""

    def __init__(self, status, detail, *, type="about:blank", title=None, errors=None, headers=None):
        super().__init__(detail)
        self.status = status
        self.headers = headers
        self.body = {"type": type, "title": title or HTTPStatus(status).phrase, "status": status, "detail": detail}
        if errors:
            self.body["errors"] = errors

    @classmethod
    def not_found(cls):
        return cls(404, "There is nothing here by that id or path.")

    @classmethod
    def invalid(cls, errors):
        detail = "The request is not as documented."
        return cls(400, detail, type="urn:blog:invalid-request", title="Invalid request", errors=errors)

    @classmethod
    def unauthorized(cls):
        return cls(401, "This needs a valid token: sign in.", headers={"WWW-Authenticate": "Bearer"})

    @classmethod
    def refusal(cls, name, headers=None):
        status, detail = REFUSALS[name]
        title = name.replace("-", " ").capitalize()
        return cls(status, detail, type=f"urn:blog:{name}", title=title, headers=headers)

    def response(self):
        return JSONResponse(self.body, self.status, self.headers, media_type="application/problem+json")
