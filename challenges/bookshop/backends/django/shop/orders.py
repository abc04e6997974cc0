from django.db import transaction
from django.db.models import Prefetch

from . import inputs
from .models import MOST_COPIES, Book, Order, OrderLine
from .paging import PAGING, page
from .problems import Problem, json_response
from .views import found, timestamp


def orders():
    """Orders with their lines and the books of those: one statement more for all of a page."""
    lines = OrderLine.objects.select_related("book").order_by("position")
    return Order.objects.prefetch_related(Prefetch("lines", queryset=lines))


@transaction.atomic
def create_order(request):
    fields = {"customer": inputs.name, "lines": inputs.lines}
    body = inputs.check_body(inputs.read_json(request, "application/json"), fields, fields)
    wanted = {line["bookId"]: line["copies"] for line in body["lines"]}
    if len(wanted) < len(body["lines"]):
        raise Problem.refusal("book-twice")
    books = lock_books(wanted)
    if len(books) < len(wanted):
        raise Problem.refusal("unknown-book")
    if any(books[book_id].stock < copies for book_id, copies in wanted.items()):
        raise Problem.refusal("out-of-stock")

    order = Order.objects.create(customer=body["customer"])
    OrderLine.objects.bulk_create(
        OrderLine(order=order, position=position, book=books[book_id], copies=copies, price=books[book_id].price)
        for position, (book_id, copies) in enumerate(wanted.items())
    )
    for book_id, copies in wanted.items():
        books[book_id].stock -= copies
    Book.objects.bulk_update(books.values(), ["stock"])
    return json_response(request, 201, present(found(orders(), order.id)), {"Location": f"/orders/{order.id}"})


def list_orders(request):
    fields = {"customer": inputs.name, "bookId": inputs.query_id, "status": inputs.status}
    query = inputs.check_query(request, {**PAGING, **fields})
    rows = orders()
    if query["customer"] is not None:
        rows = rows.filter(customer=query["customer"])
    if query["bookId"] is not None:
        rows = rows.filter(id__in=OrderLine.objects.filter(book=int(query["bookId"])).values("order"))
    if query["status"] is not None:
        rows = rows.filter(status=query["status"])
    shown, following = page(rows, "orders", ["id"], query, descending=True)
    return json_response(request, 200, {"items": [present(order) for order in shown], "next": following})


def get_order(request, order_id):
    return json_response(request, 200, present(found(orders(), order_id)))


@transaction.atomic
def cancel_order(request, order_id):
    cancelled = Order.objects.filter(id=order_id, status="placed").update(status="cancelled")
    order = found(orders(), order_id)
    if not cancelled:
        raise Problem.refusal("already-cancelled")
    books = lock_books([line.book_id for line in order.lines.all()])
    for line in order.lines.all():
        books[line.book_id].stock += line.copies
        if books[line.book_id].stock > MOST_COPIES:
            raise Problem.refusal("shelf-full")
    Book.objects.bulk_update(books.values(), ["stock"])
    return json_response(request, 200, present(order))


def lock_books(ids):
    """Locks in the order of ids, so that two orders of the same books wait for each other, and never both."""
    return {book.id: book for book in Book.objects.filter(id__in=ids).order_by("id").select_for_update()}


def present(order):
    lines = order.lines.all()
    return {
        "id": order.id,
        "customer": order.customer,
        "status": order.status,
        "lines": [
            {
                "bookId": line.book_id,
                "title": line.book.title,
                "copies": line.copies,
                "price": str(line.price),
                "amount": str(line.copies * line.price),
            }
            for line in lines
        ],
        # Decimals, not floats: exact.
        "total": str(sum(line.copies * line.price for line in lines)),
        "createdAt": timestamp(order.created_at),
    }
