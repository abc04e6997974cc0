from django.db import transaction

from . import inputs
from .articles import find_article
from .auth import identified, signed_in
from .http import page
from .models import Article, Comment
from .problems import Problem
from .responses import empty_response, json_response, timestamp, to_json
from .users import present_author


@signed_in
@transaction.atomic
def create_comment(request, article_id):
    fields = {"text": inputs.comment}
    body = inputs.check_body(inputs.read_json(request, "application/json"), fields, fields)
    # Locked, so that the article cannot be deleted or withdrawn in between.
    article = find_article(request.user, article_id, Article.objects.select_for_update(of=("self",), no_key=True))
    comment = Comment.objects.create(article=article, author=request.user, text=body["text"])
    return json_response(request, 201, to_json(present(comment)))


@identified
def list_comments(request, article_id):
    query = inputs.check_query(request, inputs.PAGING)
    article = find_article(request.user, article_id)
    return page(request, Comment.objects.filter(article=article).select_related("author"), query, present)


@signed_in
def delete_comment(request, comment_id):
    user = request.user
    comment = Comment.objects.select_related("article").filter(uuid=comment_id).first()
    published = comment is not None and comment.article.status == "published"
    if comment is not None and user.uuid in (comment.author_id, comment.article.author_id):
        allowed = True
    elif published:
        allowed = user.is_admin
    else:
        raise Problem.not_found()
    if not allowed:
        raise Problem.refusal("forbidden")
    deleted, _ = Comment.objects.filter(position=comment.position).delete()
    if not deleted:
        raise Problem.not_found()
    return empty_response(204)


def present(comment):
    return {
        "id": str(comment.uuid),
        "text": comment.text,
        "author": present_author(comment.author),
        "createdAt": timestamp(comment.created_at),
    }
