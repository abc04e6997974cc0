from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BlogConfig(AppConfig):
    name = "blog"

    def ready(self):
        from .auth import create_admin

        post_migrate.connect(create_admin, sender=self)
