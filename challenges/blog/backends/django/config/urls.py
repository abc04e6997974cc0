import uuid

from django.urls import path, register_converter

from blog import articles, comments, files, inputs, users
from blog.http import methods


class IdConverter:
    """A UUID in capitals or not; Django's own converter takes lower case only."""

    regex = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"

    def to_python(self, value):
        return uuid.UUID(value)

    def to_url(self, value):
        return str(value)


class FileNameConverter:
    regex = inputs.FILE_NAME

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(IdConverter, "id")
register_converter(FileNameConverter, "file")

urlpatterns = [
    path("users", methods(GET=users.list_users, POST=users.sign_up)),
    path("sessions", methods(POST=users.login)),
    path("me", methods(GET=users.get_me, PATCH=users.update_me)),
    path("me/website", methods(PUT=users.set_website)),
    path("articles", methods(GET=articles.list_articles, POST=articles.create_article)),
    path("articles/import", methods(POST=articles.import_articles)),
    path(
        "articles/<id:article_id>",
        methods(GET=articles.get_article, PATCH=articles.update_article, DELETE=articles.delete_article),
    ),
    path("articles/<id:article_id>/comments", methods(GET=comments.list_comments, POST=comments.create_comment)),
    path("comments/<id:comment_id>", methods(DELETE=comments.delete_comment)),
    path("files", methods(POST=files.create_file)),
    path("files/<file:name>", methods(GET=files.get_file, DELETE=files.delete_file)),
    path("continue", methods(GET=users.continue_to)),
]

handler404 = "blog.problems.not_found"
