"""How things look in answers."""

import hashlib
import json
from datetime import UTC, datetime

from starlette.responses import Response


def timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def present_user(row: dict) -> dict:
    """The user as they themselves and an admin see them."""
    return {
        "id": str(row["id"]),
        "email": row["email"],
        "name": row["name"],
        "role": row["role"],
        "bio": row["bio"],
        "avatarUrl": row["avatar_url"],
        "website": row["website"],
        "createdAt": timestamp(row["created_at"]),
    }


def present_article(row: dict) -> dict:
    return {
        "id": str(row["id"]),
        "slug": row["slug"],
        "title": row["title"],
        "text": row["text"],
        "tags": row["tags"],
        "status": row["status"],
        "author": {"id": str(row["author_id"]), "name": row["author_name"]},
        "createdAt": timestamp(row["created_at"]),
        "updatedAt": timestamp(row["updated_at"]),
    }


def present_comment(row: dict) -> dict:
    return {
        "id": str(row["id"]),
        "text": row["text"],
        "author": {"id": str(row["author_id"]), "name": row["author_name"]},
        "createdAt": timestamp(row["created_at"]),
    }


def etag(article: dict) -> str:
    """The entity tag of an article as it is presented."""
    return f'"{hashlib.sha256(json.dumps(article).encode()).hexdigest()[:24]}"'


def tagged(row: dict, status: int = 200, **headers) -> Response:
    article = present_article(row)
    text = json.dumps(article, ensure_ascii=False)
    return Response(text, status, {"ETag": etag(article), **headers}, media_type="application/json")
