from django.http import JsonResponse


def todos(request):
    # Keep the todo and answer 201 with Location and ETag. Then run `assay check` and read the first finding.
    if request.method == "POST":
        return problem(501, "Not Implemented", "Todos cannot be created yet.")
    return not_found(request)


def not_found(request, exception=None):
    return problem(404, "Not Found", "There is nothing at this path yet.")


def problem(status, title, detail):
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")
