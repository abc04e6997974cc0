from django.urls import path

from todos import views

urlpatterns = [
    path("todos", views.todos),
]
handler404 = views.not_found
