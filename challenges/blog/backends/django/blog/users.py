from django.contrib.auth.hashers import make_password
from django.db import IntegrityError

from . import inputs
from .auth import log_in, signed_in
from .http import page
from .models import User
from .problems import Problem
from .responses import empty_response, json_response, timestamp, to_json
from .websites import is_reachable


def sign_up(request):
    fields = {"email": inputs.email, "password": inputs.password, "name": inputs.name}
    body = inputs.check_body(inputs.read_json(request, "application/json"), fields, fields)
    try:
        user = User.objects.create(
            email=body["email"], password=make_password(body["password"]), name=body["name"]
        )
    except IntegrityError:
        raise Problem.refusal("email-taken") from None
    return user_response(request, user, 201)


def login(request):
    fields = {"email": inputs.email, "password": inputs.password}
    body = inputs.check_body(inputs.read_json(request, "application/json"), fields, fields)
    token, expires_at = log_in(body["email"], body["password"])
    text = to_json({"token": token, "expiresAt": timestamp(expires_at)})
    return json_response(request, 200, text, {"Cache-Control": "no-store"})


@signed_in
def list_users(request):
    if not request.user.is_admin:
        raise Problem.refusal("forbidden")
    return page(request, User.objects.all(), inputs.check_query(request, inputs.PAGING), present)


@signed_in
def get_me(request):
    return user_response(request, request.user)


@signed_in
def update_me(request):
    fields = {"name": inputs.name, "bio": inputs.bio, "avatarUrl": inputs.avatar_url}
    changes = inputs.check_body(inputs.read_json(request, "application/merge-patch+json"), fields)
    attributes = {"name": "name", "bio": "bio", "avatarUrl": "avatar_url"}
    return change(request, {attributes[field]: value for field, value in changes.items()})


@signed_in
def set_website(request):
    fields = {"url": inputs.website_url}
    body = inputs.check_body(inputs.read_json(request, "application/json"), fields, fields)
    if not is_reachable(body["url"]):
        raise Problem.refusal("website-unreachable")
    return change(request, {"website": body["url"]})


def continue_to(request):
    to = inputs.check_query(request, {"to": inputs.site_path}, {"to"})["to"]
    return empty_response(303, {"Location": to})


def change(request, attributes):
    for attribute, value in attributes.items():
        setattr(request.user, attribute, value)
    if attributes:
        request.user.save(update_fields=attributes)
    return user_response(request, request.user)


def user_response(request, user, status=200):
    return json_response(request, status, to_json(present(user)))


def present(user):
    """The user as they themselves and an admin see them."""
    return {
        "id": str(user.uuid),
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "bio": user.bio,
        "avatarUrl": user.avatar_url,
        "website": user.website,
        "createdAt": timestamp(user.created_at),
    }


def present_author(user):
    """What everybody sees of a user."""
    return {"id": str(user.uuid), "name": user.name}
