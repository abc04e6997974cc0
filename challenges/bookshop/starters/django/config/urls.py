from django.urls import path

from shop import views

urlpatterns = [
    path("authors", views.create_author),
]

handler404 = "shop.views.not_found"
