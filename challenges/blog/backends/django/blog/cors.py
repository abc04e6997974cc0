from django.conf import settings
from django.utils.cache import patch_vary_headers

from .responses import empty_response


class CorsMiddleware:
    """Lets scripts of one origin call the API and read its answers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        allowed = settings.CORS_ORIGIN and request.headers.get("Origin") == settings.CORS_ORIGIN
        preflight = allowed and request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = empty_response(204) if preflight else self.get_response(request)
        patch_vary_headers(response, ["Origin"])
        if allowed:
            response["Access-Control-Allow-Origin"] = settings.CORS_ORIGIN
            response["Access-Control-Expose-Headers"] = "ETag, Location, Retry-After"
        if preflight:
            response["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH, DELETE"
            response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-Match, If-None-Match"
            response["Access-Control-Max-Age"] = "600"
        return response
