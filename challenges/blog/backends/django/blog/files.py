from django.db import IntegrityError

from . import inputs
from .auth import signed_in
from .models import File
from .problems import Problem
from .responses import empty_response, json_response, text_response, timestamp, to_json
from .users import present_author


@signed_in
def create_file(request):
    fields = {"name": inputs.file_name, "text": inputs.text_of_article}
    body = inputs.check_body(inputs.read_json(request, "application/json"), fields, fields)
    try:
        file = File.objects.create(owner=request.user, name=body["name"], text=body["text"])
    except IntegrityError:
        raise Problem.refusal("name-taken") from None
    created = {"name": file.name, "owner": present_author(file.owner), "createdAt": timestamp(file.created_at)}
    return json_response(request, 201, to_json(created), {"Location": f"/files/{file.name}"})


def get_file(request, name):
    file = find_file(name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return text_response(request, 200, "text/plain; charset=utf-8", file.text, headers)


@signed_in
def delete_file(request, name):
    files = File.objects.filter(name=name)
    if not request.user.is_admin:
        files = files.filter(owner=request.user)
    deleted, _ = files.delete()
    if not deleted:
        find_file(name)
        raise Problem.refusal("forbidden")
    return empty_response(204)


def find_file(name):
    file = File.objects.filter(name=name).first()
    if file is None:
        raise Problem.not_found()
    return file
