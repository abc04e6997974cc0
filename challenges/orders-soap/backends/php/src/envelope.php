<?php

declare(strict_types=1);

namespace Orders;

use DOMDocument;
use DOMElement;
use XMLWriter;

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const NEXT_ACTOR = 'http://schemas.xmlsoap.org/soap/actor/next';
const ORDERS = 'urn:assay:orders';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const CONTRACT = __DIR__ . '/../contract';

/** A message that is not as the contract has it. */
final class BadMessage extends \Exception
{
    /** @param 'Client'|'VersionMismatch'|'MustUnderstand' $faultCode */
    public function __construct(string $message, public readonly string $faultCode = 'Client')
    {
        parent::__construct($message);
    }
}

/** What a message asks for: the one element in its body, which names the operation, and is valid by the schema. */
function readMessage(string $text): DOMElement
{
    libxml_use_internal_errors(true);
    $document = new DOMDocument();
    // Without LIBXML_NOENT and LIBXML_DTDLOAD nothing outside of the message is read, whatever a document type says.
    if ($text === '' || !$document->loadXML($text, LIBXML_NONET)) {
        throw new BadMessage('The message is not well-formed XML.');
    }
    if ($document->doctype !== null) {
        throw new BadMessage('A SOAP message must not have a document type.');
    }
    $root = $document->documentElement;
    if ($root->localName !== 'Envelope') {
        throw new BadMessage('The message is not a SOAP envelope.');
    }
    if ($root->namespaceURI !== SOAP) {
        throw new BadMessage('The envelope is not one of SOAP 1.1.', 'VersionMismatch');
    }
    foreach (elements($root, SOAP, 'Header') as $header) {
        checkHeader($header);
    }
    $bodies = elements($root, SOAP, 'Body');
    $requests = $bodies === [] ? [] : elements($bodies[0]);
    if (count($requests) !== 1) {
        throw new BadMessage('The body must hold one element.');
    }
    checkBySchema($requests[0]);
    return $requests[0];
}

/** This service knows no header blocks, so it has to refuse those addressed to it that must be understood. */
function checkHeader(DOMElement $header): void
{
    foreach (elements($header) as $block) {
        if (!in_array(trim($block->getAttributeNS(SOAP, 'actor')), ['', NEXT_ACTOR], true)) {
            continue;
        }
        if (in_array($block->getAttributeNS(SOAP, 'mustUnderstand'), ['1', 'true'], true)) {
            throw new BadMessage("The header block $block->localName is not understood.", 'MustUnderstand');
        }
    }
}

function checkBySchema(DOMElement $element): void
{
    $document = new DOMDocument();
    $document->appendChild($document->importNode($element, true));
    libxml_clear_errors();
    if (!$document->schemaValidate(CONTRACT . '/orders.xsd')) {
        $reason = preg_replace('/\{[^}]*\}/', '', trim(libxml_get_errors()[0]->message ?? ''));
        throw new BadMessage("The message is not as the schema has it: $reason");
    }
}

/** @return list<DOMElement> */
function elements(DOMElement $parent, string $namespace = '*', string $name = '*'): array
{
    $found = [];
    foreach ($parent->childNodes as $child) {
        $fits = $child instanceof DOMElement
            && ($namespace === '*' || $child->namespaceURI === $namespace)
            && ($name === '*' || $child->localName === $name);
        if ($fits) {
            $found[] = $child;
        }
    }
    return $found;
}

/** The first element inside of that name; null when there is none. */
function child(DOMElement $parent, string $name): ?DOMElement
{
    return elements($parent, ORDERS, $name)[0] ?? null;
}

/** The text of an element inside; null when it is absent or nil. */
function text(DOMElement $parent, string $name): ?string
{
    $child = child($parent, $name);
    $nil = $child !== null && in_array(trim($child->getAttributeNS(XSI, 'nil')), ['1', 'true'], true);
    return $child === null || $nil ? null : $child->textContent;
}

/** @param callable(XMLWriter): void $inside writes the children of the response's element */
function answer(string $operation, callable $inside): string
{
    return envelope(static function (XMLWriter $xml) use ($operation, $inside): void {
        $xml->startElementNs('o', "{$operation}Response", ORDERS);
        $inside($xml);
        $xml->endElement();
    });
}

function fault(string $code, string $message, ?Refusal $refusal = null): string
{
    return envelope(static function (XMLWriter $xml) use ($code, $message, $refusal): void {
        $xml->startElement('soap:Fault');
        $xml->writeElement('faultcode', "soap:$code");
        $xml->writeElement('faultstring', $message);
        if ($refusal !== null) {
            $xml->startElement('detail');
            $xml->startElementNs('o', $refusal->kind, ORDERS);
            foreach ($refusal->details as $name => $value) {
                $xml->writeAttribute($name, (string) $value);
            }
            $xml->endElement();
            $xml->endElement();
        }
        $xml->endElement();
    });
}

/** @param callable(XMLWriter): void $inside */
function envelope(callable $inside): string
{
    $xml = new XMLWriter();
    $xml->openMemory();
    $xml->startDocument('1.0', 'utf-8');
    $xml->startElementNs('soap', 'Envelope', SOAP);
    $xml->startElement('soap:Body');
    $inside($xml);
    $xml->endElement();
    $xml->endElement();
    $xml->endDocument();
    return $xml->outputMemory();
}
