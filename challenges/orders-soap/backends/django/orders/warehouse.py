"""What can be done with products and orders, for both faces."""

from collections import Counter

from django.db import IntegrityError, transaction
from django.db.models import F

from .models import Order, OrderLine, Product
from .refusal import Refusal


def create_product(name, price, delivered, note):
    return Product.objects.create(name=name, price=price, stock=delivered, note=note)


def get_product(id):
    return found(Product.objects.filter(id=id).first(), "product", id)


@transaction.atomic
def update_product(id, name, price, note):
    # The stock is not written: orders change it at the same time.
    Product.objects.filter(id=id).update(name=name, price=price, note=note)
    return get_product(id)


def delete_product(id):
    try:
        deleted, _ = Product.objects.filter(id=id).delete()
    except IntegrityError:
        raise Refusal("inUse", "There are orders for this product.", productId=id) from None
    found(deleted or None, "product", id)


def list_products(limit, after_id):
    return list(Product.objects.filter(id__gt=after_id).order_by("id")[:limit])


@transaction.atomic
def place_order(customer, lines):
    """`lines` are pairs of a product's id and a quantity."""
    wanted = Counter()
    for product_id, quantity in lines:
        wanted[product_id] += quantity
    # Always in the order of the ids, so that two orders never wait for each other.
    for product_id, quantity in sorted(wanted.items()):
        take_from_stock(product_id, quantity)
    products = Product.objects.in_bulk(wanted)
    order = Order.objects.create(customer=customer)
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            position=position,
            product=products[product_id],
            quantity=quantity,
            product_name=products[product_id].name,
            unit_price=products[product_id].price,
        )
        for position, (product_id, quantity) in enumerate(lines, start=1)
    )
    return get_order(order.id)


def take_from_stock(product_id, quantity):
    """One statement compares and subtracts, so that no two orders take the same piece."""
    product = Product.objects.filter(id=product_id)
    if product.filter(stock__gte=quantity).update(stock=F("stock") - quantity):
        return
    stock = found(product.first(), "product", product_id).stock
    raise Refusal("outOfStock", "There is not enough of this product.", productId=product_id, available=stock)


def get_order(id):
    return found(Order.objects.prefetch_related("lines").filter(id=id).first(), "order", id)


@transaction.atomic
def cancel_order(id):
    if not Order.objects.filter(id=id, status="open").update(status="cancelled"):
        get_order(id)
        raise Refusal("notOpen", "The order is not open any more.", orderId=id)
    order = get_order(id)
    taken = Counter()
    for line in order.lines.all():
        taken[line.product_id] += line.quantity
    for product_id, quantity in sorted(taken.items()):
        Product.objects.filter(id=product_id).update(stock=F("stock") + quantity)
    return order


def list_orders(limit, after_id):
    return list(Order.objects.prefetch_related("lines").filter(id__gt=after_id).order_by("id")[:limit])


def found(thing, what, id):
    if thing is None:
        raise Refusal("notFound", f"There is no such {what}.", id=id)
    return thing
