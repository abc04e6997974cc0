"""What all views have in common."""

from datetime import UTC

from .problems import Problem


def methods(**handlers):
    """A view that gives each method to its handler; HEAD is answered as GET."""
    allow = ", ".join("GET, HEAD" if method == "GET" else method for method in handlers)

    def view(request, **ids):
        handler = handlers.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            raise Problem(405, f"This path answers {allow}.", headers={"Allow": allow})
        return handler(request, **ids)

    return view


def found(rows, row_id):
    row = rows.filter(id=row_id).first()
    if row is None:
        raise Problem.not_found()
    return row


def timestamp(moment):
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
