from django.http import JsonResponse


def problem(status, title, detail):
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def sign_up(request):
    # The first operation to write: insert the user with a hash of the password, then answer 201 with the profile.
    return problem(501, "Not Implemented", "Signing up is not written yet.")


def not_found(request, exception):
    return problem(404, "Not Found", "There is nothing here yet.")
