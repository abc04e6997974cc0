import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

# `email__lower=` compares as the unique index does.
models.CharField.register_lookup(Lower)


class User(models.Model):
    # The order of creation, for paging. What clients and foreign keys know is the UUID.
    position = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.CharField(max_length=200)
    password = models.CharField(max_length=200)
    role = models.CharField(max_length=6, default="author")
    name = models.CharField(max_length=80)
    bio = models.CharField(max_length=500, null=True)
    avatar_url = models.CharField(max_length=200, null=True)
    website = models.CharField(max_length=200, null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "users"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="users_email"),
            models.CheckConstraint(condition=Q(role__in=["author", "admin"]), name="role_is_known"),
        ]

    @property
    def is_admin(self):
        return self.role == "admin"


class LoginAttempts(models.Model):
    """Failed attempts to sign in since the first of them, for addresses that somebody has and for others."""

    email = models.CharField(max_length=200, primary_key=True)
    attempts = models.PositiveIntegerField()
    first_at = models.DateTimeField()

    class Meta:
        db_table = "login_attempts"


class ArticleQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """What is published, and the reader's own drafts. `reader` is None for somebody who is not signed in."""
        published = Q(status="published")
        return self.filter(published if reader is None else published | Q(author=reader))


class Article(models.Model):
    position = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(User, models.PROTECT, to_field="uuid", related_name="+", db_index=False)
    slug = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=10_000)
    tags = models.JSONField(default=list)
    status = models.CharField(max_length=9, default="draft")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    words = models.GeneratedField(
        expression=SearchVector("title", "text", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        db_table = "articles"
        indexes = [
            models.Index(fields=["author", "position"], name="articles_author"),
            models.Index(fields=["position"], condition=Q(status="published"), name="articles_published"),
            GinIndex(fields=["tags"], opclasses=["jsonb_path_ops"], name="articles_tags"),
            GinIndex(fields=["words"], name="articles_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["draft", "published"]), name="status_is_known"),
        ]


class Comment(models.Model):
    position = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, to_field="uuid", related_name="+", db_index=False)
    author = models.ForeignKey(User, models.PROTECT, to_field="uuid", related_name="+")
    text = models.CharField(max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "comments"
        indexes = [models.Index(fields=["article", "position"], name="comments_article")]


class File(models.Model):
    name = models.CharField(max_length=80, primary_key=True)
    owner = models.ForeignKey(User, models.PROTECT, to_field="uuid", related_name="+")
    text = models.CharField(max_length=10_000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "files"
