from django.db import IntegrityError
from django.db.models import Count, F, OuterRef, ProtectedError, Subquery, Sum
from django.db.models.functions import Coalesce

from . import inputs
from .models import Author, Authorship, OrderLine
from .paging import PAGING, page
from .problems import Problem, empty_response, json_response
from .views import found, timestamp


def authors():
    """Authors with the number of their books, counted for those of the page alone."""
    theirs = Authorship.objects.filter(author=OuterRef("id")).order_by().values("author")
    return Author.objects.annotate(book_count=Coalesce(Subquery(theirs.annotate(count=Count("id")).values("count")), 0))


def create_author(request):
    body = inputs.check_body(inputs.read_json(request, "application/json"), {"name": inputs.name}, {"name"})
    author = Author.objects.create(name=body["name"])
    author.book_count = 0
    return json_response(request, 201, present(author), {"Location": f"/authors/{author.id}"})


def list_authors(request):
    query = inputs.check_query(request, PAGING)
    shown, following = page(authors(), "authors", ["id"], query, descending=True)
    return json_response(request, 200, {"items": [present(author) for author in shown], "next": following})


def get_author(request, author_id):
    return json_response(request, 200, present(found(authors(), author_id)))


def update_author(request, author_id):
    changes = inputs.check_body(inputs.read_json(request, "application/merge-patch+json"), {"name": inputs.name})
    if changes:
        Author.objects.filter(id=author_id).update(**changes)
    return get_author(request, author_id)


def delete_author(request, author_id):
    try:
        deleted, _ = Author.objects.filter(id=author_id).delete()
    except (ProtectedError, IntegrityError):
        raise Problem.refusal("author-has-books") from None
    if not deleted:
        raise Problem.not_found()
    return empty_response(204)


def get_sales(request, author_id):
    found(Author.objects, author_id)
    lines = OrderLine.objects.filter(book__authorships__author=author_id, order__status="placed")
    sales = lines.aggregate(sold=Sum("copies", default=0), revenue=Sum(F("copies") * F("price")))
    return json_response(request, 200, {"copies": sales["sold"], "revenue": str(sales["revenue"] or "0.00")})


def present(author):
    return {
        "id": author.id,
        "name": author.name,
        "books": author.book_count,
        "createdAt": timestamp(author.created_at),
    }
