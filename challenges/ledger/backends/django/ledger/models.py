import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

BALANCE_LIMIT = Decimal("1000000000000000")


class MoneyField(models.DecimalField):
    def __init__(self, **options):
        super().__init__(**{"max_digits": 18, "decimal_places": 2, **options})


class Account(models.Model):
    # The order of creation, for paging. What clients and foreign keys know is the UUID.
    position = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    balance = MoneyField(default=Decimal("0.00"))
    overdraft_limit = MoneyField(default=Decimal("0.00"))
    reference = models.CharField(max_length=140, null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "accounts"
        indexes = [models.Index(fields=["currency", "position"], name="accounts_currency")]
        constraints = [
            models.CheckConstraint(condition=Q(currency__in=["EUR", "USD", "GBP"]), name="currency_is_known"),
            models.CheckConstraint(condition=Q(overdraft_limit__gte=0), name="overdraft_limit_is_not_negative"),
            models.CheckConstraint(condition=Q(balance__gte=-F("overdraft_limit")), name="balance_within_overdraft"),
            models.CheckConstraint(condition=Q(balance__lt=BALANCE_LIMIT), name="balance_within_limit"),
        ]


class Movement(models.Model):
    """Money that moved: from one account to another (a transfer), or from outside into an account (a deposit)."""

    position = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # DO_NOTHING leaves it to the foreign key to refuse the deletion of an account that has moved money.
    from_account = models.ForeignKey(
        Account, models.DO_NOTHING, to_field="uuid", null=True, related_name="+", db_index=False
    )
    to_account = models.ForeignKey(Account, models.DO_NOTHING, to_field="uuid", related_name="+", db_index=False)
    amount = MoneyField()
    memo = models.CharField(max_length=140, null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "movements"
        indexes = [
            models.Index(fields=["from_account", "position"], name="movements_from_account"),
            models.Index(fields=["to_account", "position"], name="movements_to_account"),
            models.Index(fields=["position"], condition=Q(from_account__isnull=False), name="movements_transfers"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="movement_amount_is_positive"),
            models.CheckConstraint(condition=~Q(from_account=F("to_account")), name="movement_between_two_accounts"),
        ]


class Entry(models.Model):
    """What a movement did to one account. A transfer has two entries, a deposit has one."""

    id = models.BigAutoField(primary_key=True)
    movement = models.ForeignKey(Movement, models.DO_NOTHING, to_field="uuid", related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.DO_NOTHING, to_field="uuid", related_name="+", db_index=False)
    amount = MoneyField()
    balance_after = MoneyField()

    class Meta:
        db_table = "entries"
        indexes = [models.Index(fields=["account", "id"], name="entries_account")]
        constraints = [
            models.UniqueConstraint(fields=["movement", "account"], name="one_entry_per_movement_and_account"),
            models.CheckConstraint(condition=~Q(amount=0), name="entry_amount_is_not_zero"),
        ]


class IdempotencyKey(models.Model):
    """A key and the answer it got, filled in by the transaction that claims the key: no other ever sees it empty."""

    key = models.CharField(max_length=64, primary_key=True)
    request = models.JSONField()
    status = models.PositiveSmallIntegerField(null=True)
    location = models.TextField(null=True)
    body = models.TextField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "idempotency_keys"
