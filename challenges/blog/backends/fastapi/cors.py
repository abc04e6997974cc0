"""Lets scripts of one origin call the API and read its answers."""

import os

from fastapi import Request
from starlette.responses import Response

ORIGIN = os.environ.get("CORS_ORIGIN")


async def cors(request: Request, call_next) -> Response:
    """Starlette's own middleware refuses what other origins ask beforehand in plain text, in place of the router."""
    allowed = bool(ORIGIN) and request.headers.get("Origin") == ORIGIN
    preflight = allowed and request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    response = Response(status_code=204) if preflight else await call_next(request)
    response.headers.add_vary_header("Origin")
    if allowed:
        response.headers["Access-Control-Allow-Origin"] = ORIGIN
        response.headers["Access-Control-Expose-Headers"] = "ETag, Location, Retry-After"
    if preflight:
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH, DELETE"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-Match, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "600"
    return response
