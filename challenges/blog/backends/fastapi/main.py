import logging
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

import articles
import comments
import files
import users
from auth import create_admin
from cors import cors
from database import Unavailable, migrate, pool
from problems import Problem

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

logger = logging.getLogger("uvicorn.error")


@asynccontextmanager
async def lifespan(_: FastAPI):
    await pool.open(wait=True)
    await migrate()
    await create_admin()
    yield
    await pool.close()


app = FastAPI(title="Blog", lifespan=lifespan, openapi_url=None, redirect_slashes=False)
for part in (users, articles, comments, files):
    app.include_router(part.router)

app.middleware("http")(cors)


@app.exception_handler(Problem)
async def on_problem(_: Request, problem: Problem):
    return problem.response()


@app.exception_handler(HTTPException)
async def on_http_exception(request: Request, error: HTTPException):
    """What the router refuses: an unknown path, or a method that the path does not have."""
    if error.status_code != 405:
        return Problem.not_found().response()
    methods = [method for method in METHODS if any(answers(route, request, method) for route in app.routes)]
    allow = ", ".join(methods)
    return Problem(405, f"This path answers {allow}.", headers={"Allow": allow}).response()


def answers(route: BaseRoute, request: Request, method: str) -> bool:
    match, _ = route.matches({**request.scope, "method": method})
    return match is Match.FULL


async def on_unavailable(_: Request, error: Exception):
    logger.error("the database cannot be reached", exc_info=error)
    return Problem(503, "The blog cannot reach its database.", headers={"Retry-After": "1"}).response()


for unavailable in Unavailable:
    app.add_exception_handler(unavailable, on_unavailable)


@app.exception_handler(Exception)
async def on_error(_: Request, error: Exception):
    return Problem(500, "Something went wrong on our side.").response()
