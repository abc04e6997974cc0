from django.http import JsonResponse


def problem(status, title, detail):
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def accounts(request):
    # The first operation to write: insert the account, then answer 201 with it, a Location and an ETag.
    return problem(501, "Not Implemented", "Opening an account is not written yet.")


def not_found(request, exception):
    return problem(404, "Not Found", "There is nothing here yet.")
