from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Product(models.Model):
    name = models.CharField(max_length=120)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    stock = models.IntegerField()
    note = models.CharField(max_length=120, null=True)

    class Meta:
        db_table = "products"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name"),
            models.CheckConstraint(condition=Q(price__gte=0), name="price_is_not_negative"),
            models.CheckConstraint(condition=Q(stock__gte=0, stock__lte=1_000_000_000), name="stock_is_possible"),
            models.CheckConstraint(condition=~Q(note=""), name="note_is_not_empty"),
        ]


class Order(models.Model):
    customer = models.CharField(max_length=120)
    status = models.CharField(max_length=9, default="open")
    placed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "orders"
        constraints = [
            models.CheckConstraint(condition=~Q(customer=""), name="order_has_a_customer"),
            models.CheckConstraint(condition=Q(status__in=["open", "cancelled"]), name="status_is_known"),
        ]

    @property
    def total(self):
        return sum((line.quantity * line.unit_price for line in self.lines.all()), Decimal("0.00"))


class OrderLine(models.Model):
    """What was ordered, by the name and at the price of that moment."""

    order = models.ForeignKey(Order, models.DO_NOTHING, related_name="lines", db_index=False)
    position = models.IntegerField()
    # DO_NOTHING leaves it to the foreign key to refuse the deletion of a product that was ordered.
    product = models.ForeignKey(Product, models.DO_NOTHING, related_name="+")
    quantity = models.IntegerField()
    product_name = models.CharField(max_length=120)
    unit_price = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        db_table = "order_lines"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="one_line_at_each_position"),
            models.CheckConstraint(condition=Q(position__gte=1), name="positions_begin_at_one"),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=100), name="quantity_is_possible"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="unit_price_is_not_negative"),
        ]
