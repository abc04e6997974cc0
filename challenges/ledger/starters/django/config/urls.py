from django.urls import path

from ledger import views

urlpatterns = [
    path("accounts", views.accounts),
]

handler404 = "ledger.views.not_found"
