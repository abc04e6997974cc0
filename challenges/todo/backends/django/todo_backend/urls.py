from django.urls import path

from todos import problems, views

urlpatterns = [
    path("todos", views.TodoList.as_view()),
    path("todos/<str:id>", views.TodoDetail.as_view()),
    path("tags", views.TagList.as_view()),
]
handler400 = problems.bad_request
handler404 = problems.not_found
handler500 = problems.server_error
