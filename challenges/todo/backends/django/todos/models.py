from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Collate, Length
from django.db.models.lookups import LessThanOrEqual


class Priority(models.TextChoices):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class TodoQuerySet(models.QuerySet):
    def with_tags(self):
        """Adds `tags` in the same statement, so that a todo and its tags are of the same moment."""
        tags = TodoTag.objects.filter(todo=OuterRef("pk")).order_by("position").values("name")
        return self.annotate(tags=ArraySubquery(tags))


class Todo(models.Model):
    id = models.AutoField(primary_key=True)
    title = models.CharField(max_length=200)
    notes = models.TextField(null=True)
    done = models.BooleanField(default=False)
    position = models.IntegerField(default=0)
    priority = models.CharField(max_length=6, choices=Priority, default=Priority.NORMAL)
    due_at = models.DateTimeField(null=True)
    estimate = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    # Counts the changes; the entity tag is made from it.
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = TodoQuerySet.as_manager()

    class Meta:
        db_table = "todos"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="todos_title_not_empty"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("notes"), 10_000), name="todos_notes_length"),
            models.CheckConstraint(condition=Q(position__range=(0, 1_000_000)), name="todos_position_range"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="todos_priority_known"),
            models.CheckConstraint(condition=Q(estimate__gte=0), name="todos_estimate_not_negative"),
        ]
        indexes = [
            models.Index("position", "id", name="todos_position"),
            models.Index(Collate("title", "C"), "id", name="todos_title"),
            models.Index("due_at", "id", name="todos_due_at"),
            models.Index("created_at", "id", name="todos_created_at"),
        ]


class TodoTag(models.Model):
    pk = models.CompositePrimaryKey("todo_id", "name")
    # The primary key already is an index on `todo_id`.
    todo = models.ForeignKey(Todo, on_delete=models.CASCADE, related_name="tag_set", db_index=False)
    name = models.CharField(max_length=30, db_collation="C")
    position = models.SmallIntegerField()

    class Meta:
        db_table = "todo_tags"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="todo_tags_name_not_empty")]
        indexes = [models.Index("name", name="todo_tags_name")]
