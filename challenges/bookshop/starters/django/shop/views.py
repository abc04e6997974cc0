from django.http import JsonResponse


def problem(status, title, detail):
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def create_author(request):
    # The first operation to write: insert the author, then answer 201 with it and a Location.
    return problem(501, "Not Implemented", "Adding an author is not written yet.")


def not_found(request, exception):
    return problem(404, "Not Found", "There is nothing here yet.")
