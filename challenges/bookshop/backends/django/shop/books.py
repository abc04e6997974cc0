from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Prefetch, ProtectedError
from psycopg.errors import UniqueViolation

from . import inputs
from .models import Authorship, Book
from .paging import PAGING, page
from .problems import Problem, empty_response, json_response
from .views import found, timestamp

SORTS = {
    "newest": {"keys": ["id"], "descending": True},
    "title": {"keys": ["title", "id"]},
    "price": {"keys": ["price", "id"]},
    "-price": {"keys": ["price", "id"], "descending": True},
}


def books():
    """Books with their authors: one statement more for all of a page."""
    authorships = Authorship.objects.select_related("author").order_by("position")
    return Book.objects.prefetch_related(Prefetch("authorships", queryset=authorships))


def create_book(request):
    fields = {
        "isbn": inputs.isbn,
        "title": inputs.title,
        "genre": inputs.genre,
        "price": inputs.price,
        "stock": inputs.stock,
        "authorIds": inputs.author_ids,
    }
    body = inputs.check_body(inputs.read_json(request, "application/json"), fields, fields.keys() - {"stock"})
    author_ids = body.pop("authorIds")
    try:
        with transaction.atomic():
            book = Book.objects.create(**{**body, "price": Decimal(body["price"])})
            Authorship.objects.bulk_create(
                Authorship(book=book, author_id=author_id, position=position)
                for position, author_id in enumerate(author_ids)
            )
    except IntegrityError as error:
        # Of an author who is not there the database tells at the end of the transaction.
        name = "isbn-taken" if isinstance(error.__cause__, UniqueViolation) else "unknown-author"
        raise Problem.refusal(name) from None
    return json_response(request, 201, present(found(books(), book.id)), {"Location": f"/books/{book.id}"})


def list_books(request):
    fields = {
        "q": inputs.search,
        "authorId": inputs.query_id,
        "genre": inputs.genre,
        "minPrice": inputs.price,
        "maxPrice": inputs.price,
        "inStock": inputs.boolean,
        "sort": inputs.sort,
    }
    query = inputs.check_query(request, {**PAGING, **fields})
    conditions = {
        "title__icontains": query["q"],
        "genre": query["genre"],
        "price__gte": query["minPrice"],
        "price__lte": query["maxPrice"],
    }
    rows = books().filter(**{lookup: value for lookup, value in conditions.items() if value is not None})
    if query["authorId"] is not None:
        # Not a join: that would bring a book once for each of its authors that fits.
        rows = rows.filter(id__in=Authorship.objects.filter(author=int(query["authorId"])).values("book"))
    if query["inStock"] is not None:
        rows = rows.filter(stock__gt=0) if query["inStock"] == "true" else rows.filter(stock=0)
    sort = query["sort"] or "newest"
    shown, following = page(rows, f"books by {sort}", query=query, **SORTS[sort])
    return json_response(request, 200, {"items": [present(book) for book in shown], "next": following})


def get_book(request, book_id):
    return json_response(request, 200, present(found(books(), book_id)))


def update_book(request, book_id):
    fields = {"title": inputs.title, "genre": inputs.genre, "price": inputs.price}
    changes = inputs.check_body(inputs.read_json(request, "application/merge-patch+json"), fields)
    if changes:
        # Not book.save(): that would write back the stock that was read.
        Book.objects.filter(id=book_id).update(**changes)
    return get_book(request, book_id)


def delete_book(request, book_id):
    try:
        deleted, _ = Book.objects.filter(id=book_id).delete()
    except (ProtectedError, IntegrityError):
        raise Problem.refusal("book-ordered") from None
    if not deleted:
        raise Problem.not_found()
    return empty_response(204)


def deliver_copies(request, book_id):
    body = inputs.check_body(inputs.read_json(request, "application/json"), {"copies": inputs.copies}, {"copies"})
    try:
        Book.objects.filter(id=book_id).update(stock=F("stock") + body["copies"])
    except IntegrityError:
        raise Problem.refusal("shelf-full") from None
    return get_book(request, book_id)


def present(book):
    return {
        "id": book.id,
        "isbn": book.isbn,
        "title": book.title,
        "genre": book.genre,
        "price": str(book.price),
        "stock": book.stock,
        "authors": [{"id": each.author.id, "name": each.author.name} for each in book.authorships.all()],
        "createdAt": timestamp(book.created_at),
    }
