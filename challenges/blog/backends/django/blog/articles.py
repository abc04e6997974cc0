import hashlib

from django.contrib.postgres.search import SearchQuery
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from . import inputs
from .auth import identified, signed_in
from .feeds import read_feed
from .http import lists, page
from .models import Article
from .problems import Problem
from .responses import empty_response, json_response, timestamp, to_json
from .users import present_author

FIELDS = {
    "title": inputs.title,
    "text": inputs.text_of_article,
    "tags": inputs.tags,
    "status": inputs.status,
}


@signed_in
def create_article(request):
    body = inputs.read_json(request, "application/json")
    article = insert(request.user, inputs.check_body(body, {"slug": inputs.slug, **FIELDS}, {"slug", "title", "text"}))
    return article_response(request, article, 201, Location=f"/articles/{article.uuid}")


@signed_in
@transaction.atomic
def import_articles(request):
    """All of them or none."""
    feed = read_feed(inputs.read_text(request, "application/xml"))
    # One import at a time: two of the same slugs in another order would wait for each other.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(20250302)")
    articles = [insert(request.user, article) for article in feed]
    return json_response(request, 201, to_json({"items": [present(article) for article in articles]}))


def insert(author, values):
    try:
        return Article.objects.create(author=author, **values)
    except IntegrityError:
        raise Problem.refusal("slug-taken") from None


@identified
def list_articles(request):
    fields = {**inputs.PAGING, "authorId": inputs.uuid, "tag": inputs.tag, "q": inputs.search}
    query = inputs.check_query(request, fields)
    articles = Article.objects.visible_to(request.user)
    if query["authorId"] is not None:
        articles = articles.filter(author=query["authorId"])
    if query["tag"] is not None:
        articles = articles.filter(tags__contains=[query["tag"]])
    if query["q"] and query["q"].strip():
        articles = articles.filter(words=SearchQuery(query["q"], config="simple"))
    # Without the author in the same query, every row would ask for its author's name.
    return page(request, articles.select_related("author").defer("words"), query, present)


@identified
def get_article(request, article_id):
    article = find_article(request.user, article_id)
    if lists(request.headers.get("If-None-Match", "").replace("W/", ""), etag(article)):
        return empty_response(304, {"ETag": etag(article)})
    return article_response(request, article)


@signed_in
@transaction.atomic
def update_article(request, article_id):
    changes = inputs.check_body(inputs.read_json(request, "application/merge-patch+json"), FIELDS)
    article = find_own(request.user, article_id)
    if_match = request.headers.get("If-Match")
    if if_match is not None and not lists(if_match, etag(article)):
        raise Problem(412, "The article has changed since it was read.")
    for field, value in changes.items():
        setattr(article, field, value)
    article.updated_at = timezone.now()
    article.save(update_fields=[*changes, "updated_at"])
    return article_response(request, article)


@signed_in
@transaction.atomic
def delete_article(request, article_id):
    find_own(request.user, article_id, or_admin=True).delete()
    return empty_response(204)


def find_article(reader, article_id, articles=Article.objects):
    articles = articles.select_related("author").defer("words")
    article = articles.visible_to(reader).filter(uuid=article_id).first()
    if article is None:
        raise Problem.not_found()
    return article


def find_own(user, article_id, or_admin=False):
    """Finds and locks an article that the user may change; an admin sees no drafts, either."""
    article = find_article(user, article_id, Article.objects.select_for_update(of=("self",)))
    if article.author != user and not (or_admin and user.is_admin):
        raise Problem.refusal("forbidden")
    return article


def etag(article):
    return f'"{hashlib.sha256(to_json(present(article)).encode()).hexdigest()[:24]}"'


def article_response(request, article, status=200, **headers):
    return json_response(request, status, to_json(present(article)), {"ETag": etag(article), **headers})


def present(article):
    return {
        "id": str(article.uuid),
        "slug": article.slug,
        "title": article.title,
        "text": article.text,
        "tags": article.tags,
        "status": article.status,
        "author": present_author(article.author),
        "createdAt": timestamp(article.created_at),
        "updatedAt": timestamp(article.updated_at),
    }
