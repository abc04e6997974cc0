"""Reads requests strictly; what each part may say is in schemas.py."""

import json
import re
from collections import Counter
from urllib.parse import unquote_to_bytes

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.convertors import UUIDConvertor, register_url_convertor
from starlette.requests import ClientDisconnect

from problems import Problem
from schemas import UUID

BODY_LIMIT = 256 * 1024


class StrictUuid(UUIDConvertor):
    """Starlette's own takes a UUID without its hyphens, too."""

    regex = UUID


register_url_convertor("uuid", StrictUuid())


async def read_text(request: Request, media_type: str) -> str:
    content_type, *parameters = [part.strip() for part in request.headers.get("Content-Type", "").lower().split(";")]
    charsets = {parameter for parameter in parameters if parameter.startswith("charset=")}
    if content_type != media_type or charsets - {"charset=utf-8", 'charset="utf-8"'}:
        raise Problem(415, f"The body must be {media_type} in UTF-8.")
    if request.headers.get("Content-Encoding", "").lower() not in ("", "identity"):
        raise Problem(415, "The body must not be encoded.")
    try:
        return (await read_body(request)).decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(400, "The body is not in UTF-8.") from None


async def read_body(request: Request) -> bytes:
    body, size = bytearray(), 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size <= BODY_LIMIT:
                body += chunk
            elif size > 64 * BODY_LIMIT:
                # Up to there it is read on: a client that is still sending would lose the answer with the connection.
                break
    except ClientDisconnect:
        raise Problem(400, "The body is incomplete.") from None
    if size > BODY_LIMIT:
        raise Problem(413, "The body is over 256 KiB.")
    return bytes(body)


def body(model: type[BaseModel], media_type: str = "application/json"):
    """A dependency: the body, as this model."""

    async def read(request: Request):
        text = await read_text(request, media_type)
        try:
            value = json.loads(text, parse_constant=refuse_constant)
        except (ValueError, RecursionError):
            raise Problem(400, "The body is not JSON.") from None
        return parse(model, value)

    return read


def refuse_constant(name: str):
    raise ValueError(f"{name} is not JSON")


def parse(model: type[BaseModel], value, at: str = ""):
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise Problem.invalid(
            [{"pointer": at + "".join(f"/{step}" for step in each["loc"]), "detail": each["msg"]} for each in error.errors()]
        ) from None


def query(model: type[BaseModel]):
    """A dependency: the query parameters, as this model."""

    def read(request: Request):
        pairs = parse_query(request.scope["query_string"].decode("latin-1"))
        counts = Counter(name for name, _ in pairs if name in model.model_fields)
        twice = [name for name, count in counts.items() if count > 1]
        if twice:
            raise Problem.invalid([{"parameter": name, "detail": "is given twice"} for name in twice])
        try:
            return model.model_validate(dict(pairs))
        except ValidationError as error:
            raise Problem.invalid(
                [{"parameter": str(each["loc"][0]), "detail": each["msg"]} for each in error.errors()]
            ) from None

    return read


def parse_query(text: str) -> list[tuple[str, str]]:
    """Starlette's own parser would let malformed percent-encoding and invalid UTF-8 pass as other text."""
    try:
        if re.search("%(?![0-9A-Fa-f]{2})", text):
            raise ValueError("malformed percent-encoding")
        pairs = [pair.partition("=") for pair in text.replace("+", " ").split("&")]
        return [(decode(name), decode(value)) for name, _, value in pairs]
    except ValueError:
        raise Problem(400, "The query is not percent-encoded UTF-8.") from None


def decode(text: str) -> str:
    return unquote_to_bytes(text.encode("latin-1")).decode("utf-8")


def lists(header: str, tag: str) -> bool:
    """Whether a list of entity tags (If-Match, If-None-Match) names this one."""
    return not {part.strip() for part in header.split(",")}.isdisjoint({"*", tag})
