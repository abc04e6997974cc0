"""Deposits and transfers: how money moves."""

import uuid
from datetime import UTC
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from .models import BALANCE_LIMIT, Account, Entry, IdempotencyKey, Movement
from .problems import Problem, to_json


class Answer(NamedTuple):
    status: int
    location: str | None
    body: str
    replayed: bool = False


def timestamp(moment):
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def present(movement):
    """A movement as the API shows it: a deposit when no account of ours paid."""
    if movement.from_account_id is None:
        accounts = {"accountId": str(movement.to_account_id)}
    else:
        accounts = {"fromAccountId": str(movement.from_account_id), "toAccountId": str(movement.to_account_id)}
    return {
        "id": str(movement.uuid),
        **accounts,
        "amount": str(movement.amount),
        "currency": movement.to_account.currency,
        "memo": movement.memo,
        "createdAt": timestamp(movement.created_at),
    }


@transaction.atomic
def move(key, payer_id, payee_id, amount, memo):
    """
    Carries out a deposit (no payer) or a transfer, once for its key. Refusals are answers too, so that they are kept with the key.
    """
    request = {"from": payer_id and payer_id.lower(), "to": payee_id.lower(), "amount": amount, "memo": memo}
    # A second request with this key waits here until the first has committed or rolled back.
    record, claimed = IdempotencyKey.objects.get_or_create(key=key, defaults={"request": request})
    if not claimed:
        if record.request != request:
            raise Problem.refusal("key-reused")
        return Answer(record.status, record.location, record.body, replayed=True)
    try:
        movement = carry_out(payer_id and uuid.UUID(payer_id), uuid.UUID(payee_id), Decimal(amount), memo)
    except Problem as refusal:
        answer = Answer(refusal.status, None, to_json(refusal.body))
    else:
        path = "deposits" if payer_id is None else "transfers"
        answer = Answer(201, f"/{path}/{movement.uuid}", to_json(present(movement)))
    record.status, record.location, record.body, _ = answer
    record.save(update_fields=["status", "location", "body"])
    return answer


def carry_out(payer_id, payee_id, amount, memo):
    """Refuses before it changes anything."""
    if payer_id == payee_id:
        raise Problem.refusal("same-account")
    # Locks in the order of ids, whoever pays, so that opposite transfers cannot deadlock.
    wanted = {payer_id, payee_id} - {None}
    accounts = {a.uuid: a for a in Account.objects.select_for_update().filter(uuid__in=wanted).order_by("uuid")}
    if len(accounts) < len(wanted):
        raise Problem.refusal("unknown-account")
    payer, payee = accounts.get(payer_id), accounts[payee_id]
    if payer and payer.currency != payee.currency:
        raise Problem.refusal("currency-mismatch")
    if payer and payer.balance + payer.overdraft_limit < amount:
        raise Problem.refusal("insufficient-funds")
    if payee.balance + amount >= BALANCE_LIMIT:
        raise Problem.refusal("balance-limit")

    movement = Movement.objects.create(from_account=payer, to_account=payee, amount=amount, memo=memo)
    if payer:
        enter(movement, payer, -amount)
    enter(movement, payee, amount)
    return movement


def enter(movement, account, amount):
    account.balance += amount
    account.version += 1
    account.save(update_fields=["balance", "version"])
    Entry.objects.create(movement=movement, account=account, amount=amount, balance_after=account.balance)
