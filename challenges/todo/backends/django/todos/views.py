import re
from datetime import datetime, timezone

from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse, JsonResponse
from django.views import View

from .lists import TAG_PARAMETERS, TODO_PARAMETERS, decode_cursor, encode_cursor, filtered, ordered
from .models import Todo, TodoTag
from .problems import Problem
from .requests import names_tag, read_json, read_query, require_match
from .validation import parse_patch, parse_todo


class ApiView(View):
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    def http_method_not_allowed(self, request, *args, **kwargs):
        allow = ", ".join(self._allowed_methods())
        raise Problem(405, f"The methods here are {allow}.", headers={"Allow": allow})


class TodoList(ApiView):
    def get(self, request):
        query = read_query(request, TODO_PARAMETERS)
        sort, limit = query["sort"], query["limit"]
        todos = ordered(filtered(Todo.objects.with_tags(), query), sort, query["cursor"])
        rows = list(todos[: limit + 1])
        items = [to_json(todo) for todo in rows[:limit]]
        more = len(rows) > limit
        return JsonResponse(
            {"items": items, "next": encode_cursor(sort, items[-1][sort.lstrip("-")], items[-1]["id"]) if more else None}
        )

    def post(self, request):
        fields = parse_todo(read_json(request, "application/json"))
        tags = fields.pop("tags")
        with transaction.atomic():
            created = now()
            todo = Todo.objects.create(**fields, created_at=created, updated_at=created)
            set_tags(todo, tags)
        return JsonResponse(to_json(todo), status=201, headers={"Location": f"/todos/{todo.id}", "ETag": etag_of(todo)})


class TodoDetail(ApiView):
    def get(self, request, id):
        todo = find(Todo.objects.with_tags(), id)
        etag = etag_of(todo)
        if names_tag(request.headers.get("If-None-Match"), etag, f"W/{etag}"):
            return no_content(304, {"ETag": etag})
        return JsonResponse(to_json(todo), headers={"ETag": etag})

    def put(self, request, id):
        return self.update(request, id, parse_todo(read_json(request, "application/json")))

    def patch(self, request, id):
        return self.update(request, id, parse_patch(read_json(request, "application/merge-patch+json")))

    def update(self, request, id, fields):
        with transaction.atomic():
            todo = find(Todo.objects.select_for_update(), id)
            require_match(request, etag_of(todo))
            tags = fields.pop("tags", None)
            for name, value in fields.items():
                setattr(todo, name, value)
            todo.version += 1
            todo.updated_at = now()
            todo.save()
            if tags is None:
                # Not in the statement that locks: when it has waited for the lock, it still sees the tags of before.
                todo.tags = list(todo.tag_set.order_by("position").values_list("name", flat=True))
            else:
                todo.tag_set.all().delete()
                set_tags(todo, tags)
        return JsonResponse(to_json(todo), headers={"ETag": etag_of(todo)})

    def delete(self, request, id):
        with transaction.atomic():
            todo = find(Todo.objects.select_for_update(), id)
            require_match(request, etag_of(todo))
            todo.delete()
        return no_content(204)


class TagList(ApiView):
    def get(self, request):
        query = read_query(request, TAG_PARAMETERS)
        limit = query["limit"]
        tags = TodoTag.objects.values("name").annotate(count=Count("*")).order_by("name")
        if query["cursor"] is not None:
            tags = tags.filter(name__gt=decode_cursor(query["cursor"], "name")[0])
        rows = list(tags[: limit + 1])
        items = rows[:limit]
        return JsonResponse(
            {"items": items, "next": encode_cursor("name", items[-1]["name"], 0) if len(rows) > limit else None}
        )


def find(todos, id):
    if re.fullmatch("[1-9][0-9]{0,9}", id) and int(id) <= 2_147_483_647:
        todo = todos.filter(pk=int(id)).first()
        if todo is not None:
            return todo
    raise Problem(404, "There is no such todo.")


def set_tags(todo, names):
    TodoTag.objects.bulk_create(TodoTag(todo=todo, name=name, position=at) for at, name in enumerate(names))
    todo.tags = names


def now():
    """To the millisecond, as clients see it: what a cursor holds must be what the column holds."""
    time = datetime.now(timezone.utc)
    return time.replace(microsecond=time.microsecond // 1000 * 1000)


def etag_of(todo):
    return f'"{todo.version}"'


def no_content(status, headers=None):
    response = HttpResponse(status=status, headers=headers)
    del response["Content-Type"]
    return response


def to_json(todo):
    return {
        "id": todo.id,
        "title": todo.title,
        "notes": todo.notes,
        "done": todo.done,
        "position": todo.position,
        "priority": todo.priority,
        "dueAt": in_utc(todo.due_at),
        "estimate": None if todo.estimate is None else str(todo.estimate),
        "tags": todo.tags,
        "createdAt": in_utc(todo.created_at),
        "updatedAt": in_utc(todo.updated_at),
    }


def in_utc(time):
    return time and time.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
