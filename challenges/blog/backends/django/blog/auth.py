"""Passwords, signing in, and who sends a request."""

import functools
import os
import re
import secrets
import uuid
from datetime import UTC, datetime, timedelta

import jwt
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher, check_password, make_password
from django.db import connection

from .models import LoginAttempts, User
from .problems import Problem

LIFETIME = timedelta(hours=1)
ATTEMPTS_ALLOWED = 10


class Scrypt(ScryptPasswordHasher):
    parallelism = 1


@functools.cache
def nobodys_password():
    """Compared with when nobody has the address, so that it takes the same time."""
    return make_password(secrets.token_hex())


def create_admin(**_):
    email, password = os.environ.get("ADMIN_EMAIL"), os.environ.get("ADMIN_PASSWORD")
    if email and password and not User.objects.filter(email__lower=email.lower()).exists():
        User.objects.create(email=email, password=make_password(password), name="Admin", role="admin")


def log_in(email, password):
    """Returns a token for whoever has this address and password, and when it expires."""
    address = email.lower()
    count_attempt(address)
    user = User.objects.filter(email__lower=address).first()
    matches = check_password(password, user.password if user else nobodys_password())
    if user is None or not matches:
        raise Problem.refusal("wrong-credentials", {"WWW-Authenticate": "Bearer"})
    LoginAttempts.objects.filter(email=address).delete()

    now = datetime.now(UTC).replace(microsecond=0)
    claims = {"sub": str(user.uuid), "iat": now, "exp": now + LIFETIME}
    return jwt.encode(claims, settings.TOKEN_SECRET, algorithm="HS256"), now + LIFETIME


def count_attempt(address):
    """Done before the password is looked at: many guesses at once are not more than as many one by one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO login_attempts AS a (email, attempts, first_at) VALUES (%s, 1, now())
            ON CONFLICT (email) DO UPDATE SET
              attempts = CASE WHEN a.first_at < now() - interval '15 minutes' THEN 1 ELSE a.attempts + 1 END,
              first_at = CASE WHEN a.first_at < now() - interval '15 minutes' THEN now() ELSE a.first_at END
            RETURNING attempts, ceil(extract(epoch FROM first_at + interval '15 minutes' - now()))::int
            """,
            [address],
        )
        attempts, seconds = cursor.fetchone()
    if attempts > ATTEMPTS_ALLOWED:
        raise Problem.refusal("too-many-attempts", {"Retry-After": str(max(seconds, 1))})


def identified(view):
    """Puts the user whose token the request carries into `request.user`; None when it carries no token."""

    @functools.wraps(view)
    def wrapped(request, **ids):
        header = request.headers.get("Authorization")
        request.user = None if header is None else user_of(header)
        return view(request, **ids)

    return wrapped


def signed_in(view):
    """The same, and nobody else gets in."""

    @functools.wraps(view)
    def wrapped(request, **ids):
        if request.user is None:
            raise Problem.unauthorized()
        return view(request, **ids)

    return identified(wrapped)


def user_of(header):
    bearer = re.fullmatch(r"bearer +(\S+)", header, re.IGNORECASE)
    try:
        token = bearer[1] if bearer else ""
        claims = jwt.decode(
            token, settings.TOKEN_SECRET, algorithms=["HS256"], options={"require": ["sub", "exp"]}
        )
        user = User.objects.filter(uuid=uuid.UUID(claims["sub"])).first()
    except (jwt.InvalidTokenError, ValueError):
        user = None
    if user is None:
        raise Problem.unauthorized()
    return user
