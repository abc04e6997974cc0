<?php

declare(strict_types=1);

namespace Blog;

/**
 * Reads `<articles><article slug=""><title/><text/></article>…</articles>` strictly, without document type and entities.
 *
 * @return list<array{slug: string, title: string, text: string}>
 */
function readFeed(string $xml): array
{
    $document = new \DOMDocument();
    $isXml = $xml !== '' && $document->loadXML($xml, LIBXML_NONET | LIBXML_NOERROR | LIBXML_NOWARNING | LIBXML_NOCDATA);
    if (!$isXml || $document->doctype !== null) {
        throw new Problem(400, 'The body is not well-formed XML, or has a document type.');
    }
    if (strtoupper($document->encoding ?? 'UTF-8') !== 'UTF-8') {
        refuse('must be in UTF-8');
    }
    $root = $document->documentElement;
    $elements = childrenOf($root);
    if ($root->nodeName !== 'articles' || $root->namespaceURI !== null || $root->hasAttributes() || count($elements) < 1 || count($elements) > 20) {
        refuse('must be <articles> with 1 to 20 articles');
    }
    $fields = ['slug' => Rules::slug(...), 'title' => Rules::title(...), 'text' => Rules::articleText(...)];
    $articles = [];
    foreach ($elements as $at => $element) {
        $articles[] = checkBody((object) readArticle($element), $fields, array_keys($fields), "/$at");
    }
    return $articles;
}

/** @return array<string, string> */
function readArticle(\DOMElement $element): array
{
    if ($element->nodeName !== 'article') {
        refuse("<$element->nodeName> is out of place");
    }
    $article = [];
    foreach ($element->attributes as $attribute) {
        $article[$attribute->nodeName] = $attribute->value;
    }
    foreach (childrenOf($element) as $child) {
        $name = $child->nodeName;
        if (!in_array($name, ['title', 'text'], true) || isset($article[$name]) || $child->hasAttributes() || $child->firstElementChild) {
            refuse("<$name> is out of place");
        }
        $article[$name] = $child->textContent;
    }
    return $article;
}

/** @return list<\DOMElement> */
function childrenOf(\DOMElement $element): array
{
    $children = [];
    foreach ($element->childNodes as $node) {
        if ($node instanceof \DOMElement && $node->namespaceURI === null) {
            $children[] = $node;
        } elseif ($node instanceof \DOMElement) {
            refuse("<$node->nodeName> is out of place");
        } elseif ($node instanceof \DOMText && trim($node->data) !== '') {
            refuse("<$element->nodeName> has text");
        }
    }
    return $children;
}

function refuse(string $detail): never
{
    throw Problem::invalid([['pointer' => '', 'detail' => $detail]]);
}
