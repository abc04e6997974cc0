import uuid

from django.urls import path, register_converter

from ledger import views


class IdConverter:
    """A UUID in capitals or not; Django's own converter takes lower case only."""

    regex = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"

    def to_python(self, value):
        return uuid.UUID(value)

    def to_url(self, value):
        return str(value)


register_converter(IdConverter, "id")

urlpatterns = [
    path("accounts", views.methods(GET=views.list_accounts, POST=views.create_account)),
    path(
        "accounts/<id:account_id>",
        views.methods(GET=views.get_account, PATCH=views.update_account, DELETE=views.delete_account),
    ),
    path("accounts/<id:account_id>/entries", views.methods(GET=views.list_entries)),
    path("deposits", views.methods(POST=views.create_deposit)),
    path("deposits/<id:deposit_id>", views.methods(GET=views.get_deposit)),
    path("transfers", views.methods(GET=views.list_transfers, POST=views.create_transfer)),
    path("transfers/<id:transfer_id>", views.methods(GET=views.get_transfer)),
]

handler404 = "ledger.problems.not_found"
