import os
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from psycopg_pool import AsyncConnectionPool

# Begin here: create your tables with this pool, where it is opened. What must hold is in brief.md, every path and field in
# openapi.yaml; `assay check` tells what holds already.
pool = AsyncConnectionPool(os.environ.get("DATABASE_URL", ""), open=False)


@asynccontextmanager
async def lifespan(_: FastAPI):
    await pool.open(wait=True)
    yield
    await pool.close()


app = FastAPI(lifespan=lifespan)


def problem(status: int, title: str, detail: str):
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")


@app.post("/users")
async def sign_up():
    # The first operation to write: insert the user with a hash of the password, then answer 201 with the profile.
    return problem(501, "Not Implemented", "Signing up is not written yet.")


@app.exception_handler(404)
async def not_found(_: Request, error: Exception):
    return problem(404, "Not Found", "There is nothing here yet.")
