from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

MOST_COPIES = 1_000_000


class PriceField(models.DecimalField):
    def __init__(self, **options):
        super().__init__(**{"max_digits": 7, "decimal_places": 2, **options})


class Author(models.Model):
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "authors"


class Book(models.Model):
    isbn = models.CharField(max_length=13, unique=True)
    # Titles are ordered by code point, whatever language the database is set to.
    title = models.CharField(max_length=200, db_collation="C")
    genre = models.CharField(max_length=8)
    price = PriceField()
    stock = models.IntegerField(default=0)
    authors = models.ManyToManyField(Author, through="Authorship", related_name="books")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "books"
        indexes = [
            models.Index(fields=["title", "id"], name="books_title"),
            models.Index(fields=["price", "id"], name="books_price"),
            models.Index(fields=["genre", "id"], name="books_genre"),
            models.Index(fields=["id"], condition=Q(stock=0), name="books_sold_out"),
            # Finds a text anywhere in a title, by its groups of three letters; `icontains` compares in capitals.
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="books_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(isbn__regex="^[0-9]{13}$"), name="isbn_is_thirteen_digits"),
            models.CheckConstraint(
                condition=Q(genre__in=["novel", "crime", "poetry", "science", "history", "children"]),
                name="genre_is_known",
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="price_is_not_negative"),
            models.CheckConstraint(condition=Q(stock__gte=0, stock__lte=MOST_COPIES), name="stock_is_possible"),
        ]


class Authorship(models.Model):
    """One of the authors of a book, at their place among them."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="authorships", db_index=False)
    author = models.ForeignKey(Author, models.PROTECT, related_name="authorships", db_index=False)
    position = models.IntegerField()

    class Meta:
        db_table = "book_authors"
        indexes = [models.Index(fields=["author", "book"], name="book_authors_author")]
        constraints = [models.UniqueConstraint(fields=["book", "author"], name="author_of_a_book_once")]


class Order(models.Model):
    customer = models.CharField(max_length=120)
    status = models.CharField(max_length=9, default="placed")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "orders"
        indexes = [
            models.Index(fields=["customer", "id"], name="orders_customer"),
            models.Index(fields=["status", "id"], name="orders_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["placed", "cancelled"]), name="status_is_known"),
        ]


class OrderLine(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", db_index=False)
    position = models.IntegerField()
    book = models.ForeignKey(Book, models.PROTECT, related_name="lines", db_index=False)
    copies = models.IntegerField()
    # Of one copy when the order was placed.
    price = PriceField()

    class Meta:
        db_table = "order_lines"
        indexes = [models.Index(fields=["book", "order"], name="order_lines_book")]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="place_in_an_order_once"),
            models.CheckConstraint(condition=Q(copies__gte=1, copies__lte=1000), name="copies_are_possible"),
            models.CheckConstraint(condition=Q(price__gte=0), name="line_price_is_not_negative"),
        ]
