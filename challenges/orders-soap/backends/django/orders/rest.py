"""The REST face."""

from datetime import UTC
from decimal import Decimal

from django.http import HttpResponse

from . import inputs, warehouse
from .problems import Problem, json_response

PRODUCT = {"name": inputs.name, "price": inputs.price, "note": inputs.note}
PAGE = {"limit": inputs.limit, "afterId": inputs.after_id}


def methods(**handlers):
    """A view that gives each method to its handler; HEAD is answered as GET."""
    allow = ", ".join("GET, HEAD" if method == "GET" else method for method in handlers)

    def view(request, **ids):
        handler = handlers.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            raise Problem(405, f"This path answers {allow}.", headers={"Allow": allow})
        return handler(request, **ids)

    return view


def create_product(request):
    fields = {**PRODUCT, "delivered": inputs.delivered}
    body = inputs.check_body(inputs.read_json(request), fields, {"name", "price", "delivered"})
    product = warehouse.create_product(
        body["name"], Decimal(body["price"]), int(body["delivered"]), body.get("note")
    )
    return json_response(request, 201, present_product(product), {"Location": f"/api/products/{product.id}"})


def list_products(request):
    return page(request, warehouse.list_products, present_product)


def get_product(request, id):
    return json_response(request, 200, present_product(warehouse.get_product(id)))


def update_product(request, id):
    body = inputs.check_body(inputs.read_json(request), PRODUCT, {"name", "price"})
    product = warehouse.update_product(id, body["name"], Decimal(body["price"]), body.get("note"))
    return json_response(request, 200, present_product(product))


def delete_product(request, id):
    warehouse.delete_product(id)
    response = HttpResponse(status=204)
    del response["Content-Type"]
    return response


def place_order(request):
    fields = {"customer": inputs.name, "lines": inputs.lines}
    body = inputs.check_body(inputs.read_json(request), fields, {"customer", "lines"})
    lines = [(int(line["productId"]), int(line["quantity"])) for line in body["lines"]]
    order = warehouse.place_order(body["customer"], lines)
    return json_response(request, 201, present_order(order), {"Location": f"/api/orders/{order.id}"})


def list_orders(request):
    return page(request, warehouse.list_orders, present_order)


def get_order(request, id):
    return json_response(request, 200, present_order(warehouse.get_order(id)))


def cancel_order(request, id):
    return json_response(request, 200, present_order(warehouse.cancel_order(id)))


def page(request, find, present):
    """One row more than the page tells whether there is a next."""
    query = {"limit": 20, "afterId": 0, **inputs.check_query(request, PAGE)}
    rows = find(query["limit"] + 1, query["afterId"])
    shown = rows[: query["limit"]]
    following = shown[-1].id if len(rows) > len(shown) else None
    return json_response(request, 200, {"items": [present(row) for row in shown], "next": following})


def present_product(product):
    return {
        "id": product.id,
        "name": product.name,
        "price": f"{product.price:.2f}",
        "stock": product.stock,
        "note": product.note,
    }


def present_order(order):
    return {
        "id": order.id,
        "customer": order.customer,
        "status": order.status,
        "placedAt": order.placed_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "lines": [
            {
                "productId": line.product_id,
                "quantity": line.quantity,
                "productName": line.product_name,
                "unitPrice": f"{line.unit_price:.2f}",
            }
            for line in order.lines.all()
        ],
        "total": f"{order.total:.2f}",
    }
