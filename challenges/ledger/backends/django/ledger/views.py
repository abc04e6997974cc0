from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q

from . import inputs
from .models import Account, Entry, Movement
from .movements import move, present, timestamp
from .problems import Problem, empty_response, json_response, to_json

PAGING = {"limit": inputs.limit, "cursor": inputs.cursor}


def methods(**handlers):
    """A view that gives each method to its handler; HEAD is answered as GET."""
    allow = ", ".join("GET, HEAD" if method == "GET" else method for method in handlers)

    def view(request, **ids):
        handler = handlers.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            raise Problem(405, f"This path answers {allow}.", headers={"Allow": allow})
        return handler(request, **ids)

    return view


def create_account(request):
    fields = {
        "name": inputs.name,
        "currency": inputs.currency,
        "overdraftLimit": inputs.overdraft_limit,
        "reference": inputs.note,
    }
    body = inputs.check_body(inputs.read_json(request, "application/json"), fields, {"name", "currency"})
    account = Account.objects.create(
        name=body["name"],
        currency=body["currency"],
        overdraft_limit=Decimal(body.get("overdraftLimit", "0.00")),
        reference=body.get("reference"),
    )
    return account_response(request, account, 201, Location=f"/accounts/{account.uuid}")


def list_accounts(request):
    query = inputs.check_query(request, {**PAGING, "currency": inputs.currency, "q": inputs.search})
    accounts = Account.objects.all()
    if query["currency"] is not None:
        accounts = accounts.filter(currency=query["currency"])
    if query["q"] is not None:
        accounts = accounts.filter(name__contains=query["q"])
    return page(request, accounts, "position", query, present_account)


def get_account(request, account_id):
    account = find_account(account_id)
    none_match = request.headers.get("If-None-Match", "").replace("W/", "")
    if lists(none_match, etag(account)):
        return empty_response(304, {"ETag": etag(account)})
    return account_response(request, account, 200)


@transaction.atomic
def update_account(request, account_id):
    fields = {"name": inputs.name, "overdraftLimit": inputs.overdraft_limit, "reference": inputs.note}
    changes = inputs.check_body(inputs.read_json(request, "application/merge-patch+json"), fields)
    account = find_account(account_id, Account.objects.select_for_update())
    if_match = request.headers.get("If-Match")
    if if_match is not None and not lists(if_match, etag(account)):
        raise Problem(412, "The account has changed since it was read.")
    account.name = changes.get("name", account.name)
    account.reference = changes.get("reference", account.reference)
    account.overdraft_limit = Decimal(changes.get("overdraftLimit", account.overdraft_limit))
    if account.balance < -account.overdraft_limit:
        raise Problem.refusal("overdraft-in-use")
    account.version += 1
    account.save(update_fields=["name", "reference", "overdraft_limit", "version"])
    return account_response(request, account, 200)


def delete_account(request, account_id):
    try:
        deleted, _ = Account.objects.filter(uuid=account_id).delete()
    except IntegrityError:
        raise Problem.refusal("account-in-use") from None
    if not deleted:
        raise Problem.not_found()
    return empty_response(204)


def list_entries(request, account_id):
    query = inputs.check_query(request, {**PAGING, "from": inputs.is_date, "to": inputs.is_date})
    find_account(account_id)
    entries = Entry.objects.filter(account_id=account_id)
    if query["from"] is not None:
        entries = entries.filter(movement__created_at__date__gte=to_date(query["from"]))
    if query["to"] is not None:
        entries = entries.filter(movement__created_at__date__lte=to_date(query["to"]))
    # Without the accounts in the same query, every row would ask for its counterparty's name.
    entries = entries.select_related("movement__from_account", "movement__to_account")
    return page(request, entries, "id", query, present_entry)


def create_deposit(request):
    fields = {"accountId": inputs.uuid, "amount": inputs.amount, "memo": inputs.note}
    body = inputs.read_json(request, "application/json")
    key = inputs.check_idempotency_key(request)
    deposit = inputs.check_body(body, fields, {"accountId", "amount"})
    return answer_response(request, move(key, None, deposit["accountId"], deposit["amount"], deposit.get("memo")))


def create_transfer(request):
    fields = {
        "fromAccountId": inputs.uuid,
        "toAccountId": inputs.uuid,
        "amount": inputs.amount,
        "memo": inputs.note,
    }
    body = inputs.read_json(request, "application/json")
    key = inputs.check_idempotency_key(request)
    transfer = inputs.check_body(body, fields, {"fromAccountId", "toAccountId", "amount"})
    answer = move(
        key, transfer["fromAccountId"], transfer["toAccountId"], transfer["amount"], transfer.get("memo")
    )
    return answer_response(request, answer)


def list_transfers(request):
    query = inputs.check_query(request, {**PAGING, "accountId": inputs.uuid})
    transfers = Movement.objects.filter(from_account__isnull=False).select_related("to_account")
    if query["accountId"] is not None:
        transfers = transfers.filter(Q(from_account=query["accountId"]) | Q(to_account=query["accountId"]))
    return page(request, transfers, "position", query, present)


def get_deposit(request, deposit_id):
    return movement_response(request, Movement.objects.filter(from_account__isnull=True, uuid=deposit_id))


def get_transfer(request, transfer_id):
    return movement_response(request, Movement.objects.filter(from_account__isnull=False, uuid=transfer_id))


def find_account(account_id, accounts=Account.objects):
    account = accounts.filter(uuid=account_id).first()
    if account is None:
        raise Problem.not_found()
    return account


def page(request, rows, order, query, presenter):
    """One page by falling position, and the cursor of the next. One row more than the page tells whether there is a next."""
    size = int(query["limit"] or 20)
    if query["cursor"] is not None:
        rows = rows.filter(**{f"{order}__lt": int(query["cursor"])})
    found = list(rows.order_by(f"-{order}")[: size + 1])
    shown = found[:size]
    following = str(getattr(shown[-1], order)) if len(found) > size else None
    return json_response(request, 200, to_json({"items": [presenter(row) for row in shown], "next": following}))


def etag(account):
    return f'"{account.version}"'


def lists(header, tag):
    """Whether a list of entity tags (If-Match, If-None-Match) names this one."""
    return not {part.strip() for part in header.split(",")}.isdisjoint({"*", tag})


def to_date(text):
    """Python's calendar begins with the year 1."""
    return date.min if text.startswith("0000") else date.fromisoformat(text)


def present_account(account):
    return {
        "id": str(account.uuid),
        "name": account.name,
        "currency": account.currency,
        "balance": str(account.balance),
        "overdraftLimit": str(account.overdraft_limit),
        "reference": account.reference,
        "createdAt": timestamp(account.created_at),
    }


def present_entry(entry):
    movement = entry.movement
    if movement.from_account is None:
        kind, other = "deposit", None
    elif movement.from_account_id == entry.account_id:
        kind, other = "transfer-out", movement.to_account
    else:
        kind, other = "transfer-in", movement.from_account
    return {
        "id": entry.id,
        "at": timestamp(movement.created_at),
        "kind": kind,
        "amount": str(entry.amount),
        "balanceAfter": str(entry.balance_after),
        "counterparty": other and {"id": str(other.uuid), "name": other.name},
        "memo": movement.memo,
    }


def account_response(request, account, status, **headers):
    return json_response(request, status, to_json(present_account(account)), {"ETag": etag(account), **headers})


def movement_response(request, movements):
    movement = movements.select_related("to_account").first()
    if movement is None:
        raise Problem.not_found()
    return json_response(request, 200, to_json(present(movement)))


def answer_response(request, answer):
    headers = {"Location": answer.location} if answer.location else {}
    if answer.replayed:
        headers["Idempotency-Replayed"] = "true"
    return json_response(request, answer.status, answer.body, headers)
