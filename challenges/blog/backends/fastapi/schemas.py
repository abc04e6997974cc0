"""What requests may say."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def without_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("must not contain U+0000")
    return value


def all_different(values: list) -> list:
    if len(set(values)) != len(values):
        raise ValueError("must be different from each other")
    return values


def text(minimum: int, maximum: int):
    return Annotated[str, StringConstraints(min_length=minimum, max_length=maximum), AfterValidator(without_nul)]


def matching(pattern: str, maximum: int | None = None):
    return Annotated[str, StringConstraints(pattern=f"^(?:{pattern})$", max_length=maximum)]


UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}")

Email = matching(r"[A-Za-z0-9._+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}", 200)
Password = text(8, 100)
Name = text(1, 80)
Slug = matching(r"[a-z0-9]+(-[a-z0-9]+)*", 80)
Title = text(1, 200)
Text = text(0, 10_000)
Tag = matching(r"[a-z0-9-]{1,30}")
Tags = Annotated[list[Tag], Field(max_length=5), AfterValidator(all_different)]
Status = Literal["draft", "published"]
Uuid = matching(UUID)


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Credentials(Input):
    email: Email
    password: Password


class NewUser(Credentials):
    name: Name


# In a patch a default only says that a field may be left out: what was not sent is not changed.
class UserPatch(Input):
    name: Name = ""
    bio: text(0, 500) | None = None
    avatarUrl: matching(r"https://[A-Za-z0-9.-]+(/[A-Za-z0-9._~-]+)*", 200) | None = None


class Website(Input):
    url: matching(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?", 200)


class FeedArticle(Input):
    slug: Slug
    title: Title
    text: Text


class NewArticle(FeedArticle):
    tags: Tags = []
    status: Status = "draft"


class ArticlePatch(Input):
    title: Title = ""
    text: Text = ""
    tags: Tags = []
    status: Status = "draft"


class NewComment(Input):
    text: text(1, 2000)


class NewFile(Input):
    name: matching(FILE_NAME.pattern)
    text: Text


class Query(BaseModel):
    """Query parameters; those that are not named are ignored."""


class Paging(Query):
    limit: matching("[1-9][0-9]?|100") = "20"
    cursor: matching("[1-9][0-9]{0,17}") | None = None


class ArticleQuery(Paging):
    authorId: Uuid | None = None
    tag: Tag | None = None
    q: text(0, 100) | None = None


class Continue(Query):
    to: matching("/|(/[A-Za-z0-9_-]+)+", 200)
