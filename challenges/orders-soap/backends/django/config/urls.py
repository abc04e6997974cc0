from django.urls import path, register_converter

from orders import rest, soap


class IdConverter:
    """A whole number from 1 to 2147483647, as ids are."""

    regex = "0*[1-9][0-9]{0,9}"

    def to_python(self, value):
        if int(value) > 2**31 - 1:
            raise ValueError("too large to be an id")
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(IdConverter, "id")

urlpatterns = [
    path("soap/orders", soap.endpoint),
    path("soap/orders.xsd", soap.schema),
    path("api/products", rest.methods(GET=rest.list_products, POST=rest.create_product)),
    path(
        "api/products/<id:id>",
        rest.methods(GET=rest.get_product, PUT=rest.update_product, DELETE=rest.delete_product),
    ),
    path("api/orders", rest.methods(GET=rest.list_orders, POST=rest.place_order)),
    path("api/orders/<id:id>", rest.methods(GET=rest.get_order)),
    path("api/orders/<id:id>/cancel", rest.methods(POST=rest.cancel_order)),
]

handler404 = "orders.problems.not_found"
