<?php

declare(strict_types=1);

namespace Orders;

use DOMElement;
use XMLWriter;

/** The SOAP face: one address for all operations, and the two files that describe them. */
final class Soap
{
    public static function handle(Request $request): Response
    {
        try {
            return match (true) {
                $request->method === 'POST' => self::answer($request),
                !in_array($request->method, ['GET', 'HEAD'], true) => new Response(405, headers: ['Allow' => 'GET, HEAD, POST']),
                preg_match('/(^|&)wsdl(=|&|$)/i', $request->query) === 1 => Response::xml(200, self::wsdl($request)),
                default => new Response(400, 'Ask for ?wsdl, or POST a SOAP message.', ['Content-Type' => 'text/plain']),
            };
        } catch (BadMessage $error) {
            return Response::xml(500, fault($error->faultCode, $error->getMessage()));
        } catch (Refusal $refusal) {
            return Response::xml(500, fault('Client', $refusal->getMessage(), $refusal));
        } catch (\Throwable $error) {
            error_log((string) $error);
            return Response::xml(500, fault('Server', 'The service failed.'));
        }
    }

    /** With the address at which it was asked for, wherever the service runs. */
    private static function wsdl(Request $request): string
    {
        $origin = (empty($_SERVER['HTTPS']) ? 'http://' : 'https://') . htmlspecialchars($request->header('Host') ?? 'localhost');
        return str_replace('http://localhost:8080', $origin, file_get_contents(CONTRACT . '/service.wsdl'));
    }

    private static function answer(Request $request): Response
    {
        if (!preg_match('#^(text/xml|application/soap\+xml)\b#i', $request->header('Content-Type') ?? '')) {
            throw new BadMessage('The message must be text/xml.');
        }
        $text = $request->body();
        if ($text === null) {
            return Response::xml(413, fault('Client', 'The message is too large.'));
        }
        $message = readMessage($text);
        $operation = $message->localName;
        $run = self::operations()[$operation] ?? throw new BadMessage("There is no operation $operation.");
        self::checkAction($request->header('SOAPAction'), $operation);
        return Response::xml(200, answer($operation, $run($message)));
    }

    /** The body says which operation is meant. An action that says another is a mistake, or an attempt to slip past a gateway that reads only it. */
    private static function checkAction(?string $action, string $operation): void
    {
        $bare = trim($action ?? throw new BadMessage('The header SOAPAction is missing.'), ' "');
        if ($bare !== '' && $bare !== ORDERS . "#$operation") {
            throw new BadMessage('The SOAPAction is not the one of this operation.');
        }
    }

    /**
     * What each operation does with the element of a message that the schema allows, and how its answer is written.
     *
     * @return array<string, callable(DOMElement): callable(XMLWriter): void>
     */
    private static function operations(): array
    {
        $products = static fn () => new Products(connect());
        $orders = static fn () => new Orders(connect());
        $product = static fn (array $row) => static fn (XMLWriter $xml) => self::writeProduct($xml, $row);
        $order = static fn (array $row) => static fn (XMLWriter $xml) => self::writeOrder($xml, $row);
        $all = static fn (array $rows, callable $write) => static fn (XMLWriter $xml) => array_walk($rows, static fn (array $row) => $write($xml, $row));
        $limit = static fn (DOMElement $page) => (int) (text($page, 'limit') ?? 20);
        $afterId = static fn (DOMElement $page) => (int) (text($page, 'afterId') ?? 0);
        return [
            'createProduct' => static function (DOMElement $message) use ($products, $product): callable {
                $new = child($message, 'product');
                return $product($products()->create(text($new, 'name'), trim(text($new, 'price')), (int) text($new, 'delivered'), text($new, 'note')));
            },
            'getProduct' => static fn (DOMElement $message) => $product($products()->get((int) text($message, 'id'))),
            'updateProduct' => static function (DOMElement $message) use ($products, $product): callable {
                $change = child($message, 'product');
                return $product($products()->update((int) text($message, 'id'), text($change, 'name'), trim(text($change, 'price')), text($change, 'note')));
            },
            'deleteProduct' => static function (DOMElement $message) use ($products): callable {
                $products()->delete((int) text($message, 'id'));
                return static fn () => null;
            },
            'listProducts' => static fn (DOMElement $page) => $all($products()->list($limit($page), $afterId($page)), self::writeProduct(...)),
            'placeOrder' => static function (DOMElement $message) use ($orders, $order): callable {
                $new = child($message, 'order');
                $line = static fn (DOMElement $line) => [
                    'productId' => (int) $line->getAttribute('productId'),
                    'quantity' => (int) $line->getAttribute('quantity'),
                ];
                return $order($orders()->place(text($new, 'customer'), array_map($line, elements($new, ORDERS, 'line'))));
            },
            'getOrder' => static fn (DOMElement $message) => $order($orders()->get((int) text($message, 'id'))),
            'cancelOrder' => static fn (DOMElement $message) => $order($orders()->cancel((int) text($message, 'orderId'))),
            'listOrders' => static fn (DOMElement $page) => $all($orders()->list($limit($page), $afterId($page)), self::writeOrder(...)),
        ];
    }

    private static function writeProduct(XMLWriter $xml, array $product): void
    {
        $xml->startElement('o:product');
        foreach (['id', 'name', 'price', 'stock'] as $name) {
            $xml->writeElement("o:$name", (string) $product[$name]);
        }
        if ($product['note'] === null) {
            $xml->startElement('o:note');
            $xml->writeAttributeNs('xsi', 'nil', XSI, 'true');
            $xml->endElement();
        } else {
            $xml->writeElement('o:note', $product['note']);
        }
        $xml->endElement();
    }

    private static function writeOrder(XMLWriter $xml, array $order): void
    {
        $xml->startElement('o:order');
        foreach (['id', 'customer', 'status', 'placedAt'] as $name) {
            $xml->writeElement("o:$name", (string) $order[$name]);
        }
        foreach ($order['lines'] as $line) {
            $xml->startElement('o:line');
            foreach ($line as $name => $value) {
                $xml->writeAttribute($name, (string) $value);
            }
            $xml->endElement();
        }
        $xml->writeElement('o:total', $order['total']);
        $xml->endElement();
    }
}
