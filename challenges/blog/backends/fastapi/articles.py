from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from psycopg.types.json import Jsonb
from starlette.responses import JSONResponse, Response

from auth import Reader, User
from database import Connection, insert, page, pool
from feeds import read_feed
from inputs import body, lists, query, read_text
from presenting import etag, present_article, tagged
from problems import Problem
from schemas import ArticlePatch, ArticleQuery, NewArticle

router = APIRouter()

SELECT = """
SELECT a.id, a.position, a.slug, a.title, a.text, a.tags, a.status, a.created_at, a.updated_at, a.author_id, u.name AS author_name
FROM articles a JOIN users u ON u.id = a.author_id
"""


@router.post("/articles")
async def create_article(user: User, new: Annotated[NewArticle, Depends(body(NewArticle))]):
    async with pool.connection() as db:
        article = await insert_article(db, user, new)
    return tagged(article, 201, Location=f"/articles/{article['id']}")


@router.post("/articles/import")
async def import_articles(user: User, request: Request):
    feed = read_feed(await read_text(request, "application/xml"))
    # One transaction: all of them or none.
    async with pool.connection() as db:
        # One import at a time: two of the same slugs in another order would wait for each other.
        await db.execute("SELECT pg_advisory_xact_lock(20250302)")
        articles = [await insert_article(db, user, NewArticle(**article.model_dump())) for article in feed]
    return JSONResponse({"items": [present_article(article) for article in articles]}, 201)


async def insert_article(db: Connection, author: dict, new: NewArticle) -> dict:
    article = await insert(
        db,
        "INSERT INTO articles (author_id, slug, title, text, tags, status) VALUES (%s, %s, %s, %s, %s, %s) RETURNING *",
        [author["id"], new.slug, new.title, new.text, Jsonb(new.tags), new.status],
        "slug-taken",
    )
    return {**article, "author_name": author["name"]}


@router.api_route("/articles", methods=["GET", "HEAD"])
async def list_articles(reader: Reader, parameters: Annotated[ArticleQuery, Depends(query(ArticleQuery))]):
    """What is published, and the reader's own drafts."""
    visible = ("(a.status = 'published' OR a.author_id = %s)", [reader["id"]]) if reader else ("a.status = 'published'", [])
    conditions = [visible]
    if parameters.authorId is not None:
        conditions.append(("a.author_id = %s", [UUID(parameters.authorId)]))
    if parameters.tag is not None:
        conditions.append(("a.tags @> %s", [Jsonb([parameters.tag])]))
    if parameters.q and parameters.q.strip():
        conditions.append(("a.words @@ plainto_tsquery('simple', %s)", [parameters.q]))
    return JSONResponse(await page(SELECT, "a.position", conditions, parameters, present_article))


@router.api_route("/articles/{article_id:uuid}", methods=["GET", "HEAD"])
async def get_article(reader: Reader, article_id: UUID, request: Request):
    async with pool.connection() as db:
        row = await find_article(db, reader, article_id)
    tag = etag(present_article(row))
    if lists(request.headers.get("If-None-Match", "").replace("W/", ""), tag):
        return Response(status_code=304, headers={"ETag": tag})
    return tagged(row)


@router.patch("/articles/{article_id:uuid}")
async def update_article(
    user: User,
    article_id: UUID,
    changes: Annotated[ArticlePatch, Depends(body(ArticlePatch, "application/merge-patch+json"))],
    request: Request,
):
    if_match = request.headers.get("If-Match")
    async with pool.connection() as db:
        row = await find_article(db, user, article_id, "FOR UPDATE OF a")
        if row["author_id"] != user["id"]:
            raise Problem.refusal("forbidden")
        if if_match is not None and not lists(if_match, etag(present_article(row))):
            raise Problem(412, "The article has changed since it was read.")
        row |= changes.model_dump(exclude_unset=True)
        updated = await db.execute(
            "UPDATE articles SET title = %s, text = %s, tags = %s, status = %s, updated_at = clock_timestamp()"
            " WHERE id = %s RETURNING updated_at",
            [row["title"], row["text"], Jsonb(row["tags"]), row["status"], article_id],
        )
        row |= await updated.fetchone()
    return tagged(row)


@router.delete("/articles/{article_id:uuid}")
async def delete_article(user: User, article_id: UUID):
    async with pool.connection() as db:
        deleted = await db.execute(
            "DELETE FROM articles WHERE id = %s AND (author_id = %s OR (%s AND status = 'published'))",
            [article_id, user["id"], user["role"] == "admin"],
        )
        if deleted.rowcount == 0:
            await find_article(db, user, article_id)
            raise Problem.refusal("forbidden")
    return Response(status_code=204)


async def find_article(db: Connection, reader: dict | None, article_id: UUID, lock: str = "") -> dict:
    """A draft is there for its author alone."""
    sql = f"{SELECT} WHERE a.id = %s AND (a.status = 'published' OR a.author_id = %s) {lock}"
    row = await (await db.execute(sql, [article_id, reader["id"] if reader else None])).fetchone()
    if row is None:
        raise Problem.not_found()
    return row
