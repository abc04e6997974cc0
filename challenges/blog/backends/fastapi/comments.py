from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from articles import find_article
from auth import Reader, User
from database import page, pool
from inputs import body, query
from presenting import present_comment
from problems import Problem
from schemas import NewComment, Paging

router = APIRouter()

SELECT = """
SELECT c.id, c.position, c.text, c.created_at, c.author_id, u.name AS author_name
FROM comments c JOIN users u ON u.id = c.author_id
"""


@router.post("/articles/{article_id:uuid}/comments")
async def create_comment(user: User, article_id: UUID, new: Annotated[NewComment, Depends(body(NewComment))]):
    # One statement, so that the article cannot be deleted or withdrawn in between.
    async with pool.connection() as db:
        created = await db.execute(
            """
            INSERT INTO comments (article_id, author_id, text)
            SELECT id, %(user)s, %(text)s FROM articles
            WHERE id = %(article)s AND (status = 'published' OR author_id = %(user)s) FOR KEY SHARE
            RETURNING *
            """,
            {"article": article_id, "user": user["id"], "text": new.text},
        )
        row = await created.fetchone()
    if row is None:
        raise Problem.not_found()
    return JSONResponse(present_comment({**row, "author_name": user["name"]}), 201)


@router.api_route("/articles/{article_id:uuid}/comments", methods=["GET", "HEAD"])
async def list_comments(reader: Reader, article_id: UUID, paging: Annotated[Paging, Depends(query(Paging))]):
    async with pool.connection() as db:
        await find_article(db, reader, article_id)
    conditions = [("c.article_id = %s", [article_id])]
    return JSONResponse(await page(SELECT, "c.position", conditions, paging, present_comment))


@router.delete("/comments/{comment_id:uuid}")
async def delete_comment(user: User, comment_id: UUID):
    async with pool.connection() as db:
        deleted = await db.execute(
            """
            DELETE FROM comments c USING articles a
            WHERE c.id = %s AND a.id = c.article_id
              AND (%s IN (c.author_id, a.author_id) OR (%s AND a.status = 'published'))
            """,
            [comment_id, user["id"], user["role"] == "admin"],
        )
        if deleted.rowcount == 0:
            found = await db.execute(
                "SELECT 1 FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.id = %s AND a.status = 'published'",
                [comment_id],
            )
            raise Problem.refusal("forbidden") if await found.fetchone() else Problem.not_found()
    return Response(status_code=204)
