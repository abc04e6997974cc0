from django.urls import path

from orders import views

urlpatterns = [
    path("soap/orders", views.soap),
    path("api/products", views.products),
]

handler404 = "orders.views.not_found"
