from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from inputs import parse
from problems import Problem
from schemas import FeedArticle


def read_feed(xml: str) -> list[FeedArticle]:
    """Reads `<articles><article slug=""><title/><text/></article>…</articles>` strictly, without document type and entities."""
    try:
        root = ElementTree.fromstring(xml, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError):
        raise Problem(400, "The body is not well-formed XML, or has a document type.") from None
    if root.tag != "articles" or root.attrib or has_text(root) or not 1 <= len(root) <= 20:
        refuse("must be <articles> with 1 to 20 articles")
    return [parse(FeedArticle, read_article(element), f"/{at}") for at, element in enumerate(root)]


def read_article(element) -> dict:
    if element.tag != "article" or has_text(element):
        refuse(f"<{element.tag}> is out of place")
    article = dict(element.attrib)
    for child in element:
        if child.tag not in ("title", "text") or child.tag in article or child.attrib or len(child):
            refuse(f"<{child.tag}> is out of place")
        article[child.tag] = child.text or ""
    return article


def has_text(element) -> bool:
    texts = [element.text, *(child.tail for child in element)]
    return any(text and text.strip() for text in texts)


def refuse(detail: str):
    raise Problem.invalid([{"pointer": "", "detail": detail}])
