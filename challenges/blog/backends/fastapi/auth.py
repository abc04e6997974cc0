"""Passwords, signing in, and who sends a request."""

import os
import re
import secrets
import uuid
from datetime import UTC, datetime, timedelta
from typing import Annotated

import anyio
import jwt
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from fastapi import Depends, Request

from database import pool
from problems import Problem

SECRET = os.environ.get("SECRET") or secrets.token_urlsafe()
LIFETIME = timedelta(hours=1)
ATTEMPTS_ALLOWED = 10

hasher = PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)
# Each of them takes a processor and 19 MB for a while.
hashing = anyio.CapacityLimiter(os.cpu_count() or 1)
# Compared with when nobody has the address, so that it takes the same time.
nobodys_hash = hasher.hash(secrets.token_hex())


async def hash_password(password: str) -> str:
    return await anyio.to_thread.run_sync(hasher.hash, password, limiter=hashing)


async def is_password(password: str, password_hash: str) -> bool:
    try:
        return await anyio.to_thread.run_sync(hasher.verify, password_hash, password, limiter=hashing)
    except VerificationError:
        return False


async def create_admin():
    email, password = os.environ.get("ADMIN_EMAIL"), os.environ.get("ADMIN_PASSWORD")
    if not email or not password:
        return
    async with pool.connection() as db:
        await db.execute(
            "INSERT INTO users (email, password_hash, name, role) VALUES (%s, %s, 'Admin', 'admin') ON CONFLICT DO NOTHING",
            [email, await hash_password(password)],
        )


async def log_in(email: str, password: str) -> tuple[str, datetime]:
    """Returns a token for whoever has this address and password, and when it expires."""
    address = email.lower()
    await count_attempt(address)
    async with pool.connection() as db:
        found = await db.execute("SELECT id, password_hash FROM users WHERE lower(email) = %s", [address])
        user = await found.fetchone()
    matches = await is_password(password, user["password_hash"] if user else nobodys_hash)
    if user is None or not matches:
        raise Problem.refusal("wrong-credentials", {"WWW-Authenticate": "Bearer"})
    async with pool.connection() as db:
        await db.execute("DELETE FROM login_attempts WHERE email = %s", [address])

    now = datetime.now(UTC).replace(microsecond=0)
    claims = {"sub": str(user["id"]), "iat": now, "exp": now + LIFETIME}
    return jwt.encode(claims, SECRET, algorithm="HS256"), now + LIFETIME


async def count_attempt(address: str):
    """Done before the password is looked at: many guesses at once are not more than as many one by one."""
    async with pool.connection() as db:
        counted = await db.execute(
            """
            INSERT INTO login_attempts AS a (email, attempts, first_at) VALUES (%s, 1, now())
            ON CONFLICT (email) DO UPDATE SET
              attempts = CASE WHEN a.first_at < now() - interval '15 minutes' THEN 1 ELSE a.attempts + 1 END,
              first_at = CASE WHEN a.first_at < now() - interval '15 minutes' THEN now() ELSE a.first_at END
            RETURNING attempts, ceil(extract(epoch FROM first_at + interval '15 minutes' - now()))::int AS seconds
            """,
            [address],
        )
        row = await counted.fetchone()
    if row["attempts"] > ATTEMPTS_ALLOWED:
        raise Problem.refusal("too-many-attempts", {"Retry-After": str(max(row["seconds"], 1))})


async def identify(request: Request) -> dict | None:
    """The user whose token the request carries; None when it carries no token."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    bearer = re.fullmatch(r"bearer +(\S+)", header, re.IGNORECASE)
    try:
        claims = jwt.decode(
            bearer[1] if bearer else "", SECRET, algorithms=["HS256"], options={"require": ["sub", "exp"]}
        )
        user_id = uuid.UUID(claims["sub"])
    except (jwt.InvalidTokenError, ValueError):
        raise Problem.unauthorized() from None
    async with pool.connection() as db:
        user = await (await db.execute("SELECT * FROM users WHERE id = %s", [user_id])).fetchone()
    if user is None:
        raise Problem.unauthorized()
    return user


Reader = Annotated[dict | None, Depends(identify)]


async def signed_in(user: Reader) -> dict:
    if user is None:
        raise Problem.unauthorized()
    return user


User = Annotated[dict, Depends(signed_in)]
