from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from auth import User, hash_password, log_in
from database import insert, page, pool
from inputs import body, query
from presenting import present_user, timestamp
from problems import Problem
from schemas import Continue, Credentials, NewUser, Paging, UserPatch, Website
from websites import is_reachable

router = APIRouter()
COLUMNS = {"name": "name", "bio": "bio", "avatarUrl": "avatar_url", "website": "website"}


@router.post("/users")
async def sign_up(new: Annotated[NewUser, Depends(body(NewUser))]):
    password_hash = await hash_password(new.password)
    sql = "INSERT INTO users (email, password_hash, name) VALUES (%s, %s, %s) RETURNING *"
    async with pool.connection() as db:
        user = await insert(db, sql, [new.email, password_hash, new.name], "email-taken")
    return JSONResponse(present_user(user), 201)


@router.api_route("/users", methods=["GET", "HEAD"])
async def list_users(user: User, paging: Annotated[Paging, Depends(query(Paging))]):
    if user["role"] != "admin":
        raise Problem.refusal("forbidden")
    return JSONResponse(await page("SELECT * FROM users", "position", [], paging, present_user))


@router.post("/sessions")
async def login(credentials: Annotated[Credentials, Depends(body(Credentials))]):
    token, expires_at = await log_in(credentials.email, credentials.password)
    session = {"token": token, "expiresAt": timestamp(expires_at)}
    return JSONResponse(session, headers={"Cache-Control": "no-store"})


@router.api_route("/me", methods=["GET", "HEAD"])
async def get_me(user: User):
    return JSONResponse(present_user(user))


@router.patch("/me")
async def update_me(
    user: User, changes: Annotated[UserPatch, Depends(body(UserPatch, "application/merge-patch+json"))]
):
    return await change(user, changes.model_dump(exclude_unset=True))


@router.put("/me/website")
async def set_website(user: User, website: Annotated[Website, Depends(body(Website))]):
    if not await run_in_threadpool(is_reachable, website.url):
        raise Problem.refusal("website-unreachable")
    return await change(user, {"website": website.url})


@router.api_route("/continue", methods=["GET", "HEAD"])
async def continue_to(parameters: Annotated[Continue, Depends(query(Continue))]):
    return Response(status_code=303, headers={"Location": parameters.to})


async def change(user: dict, changes: dict) -> JSONResponse:
    if changes:
        assignments = ", ".join(f"{COLUMNS[field]} = %s" for field in changes)
        sql = f"UPDATE users SET {assignments} WHERE id = %s RETURNING *"
        async with pool.connection() as db:
            user = await (await db.execute(sql, [*changes.values(), user["id"]])).fetchone()
    return JSONResponse(present_user(user))
