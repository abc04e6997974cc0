"""The SOAP face: one address for all operations, and the two files that describe them."""

import logging
import re
from datetime import UTC
from decimal import Decimal

from django.http import HttpResponse
from lxml import etree

from . import warehouse
from .body import TooLarge, Unreadable, read_body
from .envelope import CONTRACT, ORDERS, BadMessage, answer, child, children, element, fault, leaf, read_message, text
from .refusal import Refusal

logger = logging.getLogger(__name__)


def endpoint(request):
    if request.method == "POST":
        return xml_response(*answered(request))
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    if "wsdl" in {name.lower() for name in request.GET}:
        return xml_response(200, wsdl(request))
    return HttpResponse("Ask for ?wsdl, or POST a SOAP message.", status=400, content_type="text/plain")


def wsdl(request):
    """With the address at which it was asked for, wherever the service runs."""
    origin = f"{request.scheme}://{request.get_host()}"
    return (CONTRACT / "service.wsdl").read_text("utf-8").replace("http://localhost:8080", origin)


def schema(request):
    return xml_response(200, (CONTRACT / "orders.xsd").read_bytes())


def xml_response(status, content):
    return HttpResponse(content, status=status, content_type="text/xml; charset=utf-8")


def answered(request):
    """The status and the envelope. Whatever goes wrong is told as a fault."""
    try:
        return 200, run(request)
    except BadMessage as error:
        return 500, fault(error.code, error.message)
    except Refusal as refusal:
        return 500, fault("Client", refusal.message, refusal)
    except TooLarge:
        return 413, fault("Client", "The message is too large.")
    except Unreadable:
        return 400, fault("Client", "The message could not be read.")
    except Exception:
        logger.exception("a SOAP message failed")
        return 500, fault("Server", "The service failed.")


def run(request):
    if not re.match(r"(text/xml|application/soap\+xml)\b", request.META.get("CONTENT_TYPE", ""), re.IGNORECASE):
        raise BadMessage("The message must be text/xml.")
    message = read_message(read_body(request))
    operation = etree.QName(message).localname
    if operation not in OPERATIONS:
        raise BadMessage(f"There is no operation {operation}.")
    check_action(request.headers.get("SOAPAction"), operation)
    return answer(operation, OPERATIONS[operation](message))


def check_action(action, operation):
    """
    The body says which operation is meant. An action that says another is a mistake, or an attempt to slip past a gateway that
    reads only it.
    """
    if action is None:
        raise BadMessage("The header SOAPAction is missing.")
    if action.strip(' "') not in ("", f"{ORDERS}#{operation}"):
        raise BadMessage("The SOAPAction is not the one of this operation.")


def number(message, name, default=None):
    value = text(message, name)
    return default if value is None else int(value)


def page(message):
    return number(message, "limit", 20), number(message, "afterId", 0)


def create_product(message):
    new = child(message, "product")
    price = Decimal(text(new, "price").strip())
    product = warehouse.create_product(text(new, "name"), price, number(new, "delivered"), text(new, "note"))
    return [product_element(product)]


def get_product(message):
    return [product_element(warehouse.get_product(number(message, "id")))]


def update_product(message):
    change = child(message, "product")
    price = Decimal(text(change, "price").strip())
    product = warehouse.update_product(number(message, "id"), text(change, "name"), price, text(change, "note"))
    return [product_element(product)]


def delete_product(message):
    warehouse.delete_product(number(message, "id"))
    return []


def list_products(message):
    return [product_element(product) for product in warehouse.list_products(*page(message))]


def place_order(message):
    new = child(message, "order")
    lines = [(int(line.get("productId")), int(line.get("quantity"))) for line in children(new, "line")]
    return [order_element(warehouse.place_order(text(new, "customer"), lines))]


def get_order(message):
    return [order_element(warehouse.get_order(number(message, "id")))]


def cancel_order(message):
    return [order_element(warehouse.cancel_order(number(message, "orderId")))]


def list_orders(message):
    return [order_element(order) for order in warehouse.list_orders(*page(message))]


OPERATIONS = {
    "createProduct": create_product,
    "getProduct": get_product,
    "updateProduct": update_product,
    "deleteProduct": delete_product,
    "listProducts": list_products,
    "placeOrder": place_order,
    "getOrder": get_order,
    "cancelOrder": cancel_order,
    "listOrders": list_orders,
}


def product_element(product):
    return element(
        "product",
        leaf("id", product.id),
        leaf("name", product.name),
        leaf("price", f"{product.price:.2f}"),
        leaf("stock", product.stock),
        leaf("note", product.note),
    )


def order_element(order):
    return element(
        "order",
        leaf("id", order.id),
        leaf("customer", order.customer),
        leaf("status", order.status),
        leaf("placedAt", order.placed_at.astimezone(UTC).isoformat()),
        *(
            element(
                "line",
                productId=line.product_id,
                quantity=line.quantity,
                productName=line.product_name,
                unitPrice=f"{line.unit_price:.2f}",
            )
            for line in order.lines.all()
        ),
        leaf("total", f"{order.total:.2f}"),
    )
