from django.urls import path, register_converter

from shop import authors, books, orders
from shop.views import methods


class IdConverter:
    regex = "[1-9][0-9]{0,9}"

    def to_python(self, value):
        if int(value) > 2147483647:
            raise ValueError
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(IdConverter, "id")

urlpatterns = [
    path("authors", methods(GET=authors.list_authors, POST=authors.create_author)),
    path(
        "authors/<id:author_id>",
        methods(GET=authors.get_author, PATCH=authors.update_author, DELETE=authors.delete_author),
    ),
    path("authors/<id:author_id>/sales", methods(GET=authors.get_sales)),
    path("books", methods(GET=books.list_books, POST=books.create_book)),
    path("books/<id:book_id>", methods(GET=books.get_book, PATCH=books.update_book, DELETE=books.delete_book)),
    path("books/<id:book_id>/deliveries", methods(POST=books.deliver_copies)),
    path("orders", methods(GET=orders.list_orders, POST=orders.create_order)),
    path("orders/<id:order_id>", methods(GET=orders.get_order)),
    path("orders/<id:order_id>/cancellation", methods(POST=orders.cancel_order)),
]

handler404 = "shop.problems.not_found"
