from django.urls import path

from blog import views

urlpatterns = [
    path("users", views.sign_up),
]

handler404 = "blog.views.not_found"
