from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from auth import User
from database import Connection, insert, pool
from inputs import body
from presenting import timestamp
from problems import Problem
from schemas import FILE_NAME, NewFile

router = APIRouter()


@router.post("/files")
async def create_file(user: User, new: Annotated[NewFile, Depends(body(NewFile))]):
    sql = "INSERT INTO files (name, owner_id, text) VALUES (%s, %s, %s) RETURNING created_at"
    async with pool.connection() as db:
        row = await insert(db, sql, [new.name, user["id"], new.text], "name-taken")
    owner = {"id": str(user["id"]), "name": user["name"]}
    created = {"name": new.name, "owner": owner, "createdAt": timestamp(row["created_at"])}
    return JSONResponse(created, 201, {"Location": f"/files/{new.name}"})


@router.api_route("/files/{name}", methods=["GET", "HEAD"])
async def get_file(name: str):
    async with pool.connection() as db:
        text = await find_file(db, name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(text, headers=headers, media_type="text/plain")


@router.delete("/files/{name}")
async def delete_file(user: User, name: str):
    async with pool.connection() as db:
        await find_file(db, name)
        deleted = await db.execute(
            "DELETE FROM files WHERE name = %s AND (owner_id = %s OR %s)", [name, user["id"], user["role"] == "admin"]
        )
        if deleted.rowcount == 0:
            raise Problem.refusal("forbidden")
    return Response(status_code=204)


async def find_file(db: Connection, name: str) -> str:
    found = await db.execute("SELECT text FROM files WHERE name = %s", [name]) if FILE_NAME.fullmatch(name) else None
    row = None if found is None else await found.fetchone()
    if row is None:
        raise Problem.not_found()
    return row["text"]
