from .problems import Problem
from .responses import json_response, to_json


def methods(**handlers):
    """A view that gives each method to its handler; HEAD is answered as GET."""
    allow = ", ".join("GET, HEAD" if method == "GET" else method for method in handlers)

    def view(request, **ids):
        handler = handlers.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            raise Problem(405, f"This path answers {allow}.", headers={"Allow": allow})
        return handler(request, **ids)

    return view


def page(request, rows, query, presenter):
    """One page by falling position, and the cursor of the next. One row more than the page tells whether there is a next."""
    size = int(query["limit"] or 20)
    if query["cursor"] is not None:
        rows = rows.filter(position__lt=int(query["cursor"]))
    found = list(rows.order_by("-position")[: size + 1])
    shown = found[:size]
    following = str(shown[-1].position) if len(found) > size else None
    return json_response(request, 200, to_json({"items": [presenter(row) for row in shown], "next": following}))


def lists(header, tag):
    """Whether a list of entity tags (If-Match, If-None-Match) names this one."""
    return not {part.strip() for part in header.split(",")}.isdisjoint({"*", tag})
