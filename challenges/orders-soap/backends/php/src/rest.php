<?php

declare(strict_types=1);

namespace Orders;

/** The REST face, over the same classes as the SOAP face. */
final class Rest
{
    private const PRODUCT = ['name' => [Rules::class, 'name'], 'price' => [Rules::class, 'price'], 'note' => [Rules::class, 'note']];
    private const PAGE = ['limit' => [Rules::class, 'limit'], 'afterId' => [Rules::class, 'afterId']];

    public static function handle(Request $request): Response
    {
        $routes = [
            '/api/products' => ['GET' => self::listProducts(...), 'POST' => self::createProduct(...)],
            '/api/products/{id}' => ['GET' => self::getProduct(...), 'PUT' => self::updateProduct(...), 'DELETE' => self::deleteProduct(...)],
            '/api/orders' => ['GET' => self::listOrders(...), 'POST' => self::placeOrder(...)],
            '/api/orders/{id}' => ['GET' => self::getOrder(...)],
            '/api/orders/{id}/cancel' => ['POST' => self::cancelOrder(...)],
        ];
        foreach ($routes as $pattern => $handlers) {
            if (!preg_match('#^' . str_replace('{id}', '([^/]+)', $pattern) . '$#D', $request->path, $match)) {
                continue;
            }
            $id = isset($match[1]) ? Rules::id($match[1]) ?? throw Problem::notFound() : null;
            $handler = $handlers[$request->method === 'HEAD' ? 'GET' : $request->method] ?? null;
            if ($handler === null) {
                $allow = str_replace('GET', 'GET, HEAD', implode(', ', array_keys($handlers)));
                throw new Problem(405, "This path answers $allow.", ['Allow' => $allow]);
            }
            return $id === null ? $handler($request) : $handler($request, $id);
        }
        throw Problem::notFound();
    }

    private static function createProduct(Request $request): Response
    {
        $fields = self::PRODUCT + ['delivered' => Rules::delivered(...)];
        $body = checkBody($request->json(), $fields, ['name', 'price', 'delivered']);
        $product = self::products()->create($body['name'], $body['price'], (int) $body['delivered'], $body['note'] ?? null);
        return Response::json(201, $product, ['Location' => "/api/products/{$product['id']}"]);
    }

    private static function listProducts(Request $request): Response
    {
        return self::page($request, self::products()->list(...));
    }

    private static function getProduct(Request $request, int $id): Response
    {
        return Response::json(200, self::products()->get($id));
    }

    private static function updateProduct(Request $request, int $id): Response
    {
        $body = checkBody($request->json(), self::PRODUCT, ['name', 'price']);
        return Response::json(200, self::products()->update($id, $body['name'], $body['price'], $body['note'] ?? null));
    }

    private static function deleteProduct(Request $request, int $id): Response
    {
        self::products()->delete($id);
        return new Response(204);
    }

    private static function placeOrder(Request $request): Response
    {
        $body = checkBody($request->json(), ['customer' => Rules::name(...), 'lines' => Rules::lines(...)], ['customer', 'lines']);
        $line = static fn (\stdClass $line) => ['productId' => (int) $line->productId, 'quantity' => (int) $line->quantity];
        $order = self::orders()->place($body['customer'], array_map($line, $body['lines']));
        return Response::json(201, $order, ['Location' => "/api/orders/{$order['id']}"]);
    }

    private static function listOrders(Request $request): Response
    {
        return self::page($request, self::orders()->list(...));
    }

    private static function getOrder(Request $request, int $id): Response
    {
        return Response::json(200, self::orders()->get($id));
    }

    private static function cancelOrder(Request $request, int $id): Response
    {
        return Response::json(200, self::orders()->cancel($id));
    }

    /** One row more than the page tells whether there is a next. */
    private static function page(Request $request, callable $list): Response
    {
        $query = checkQuery($request, self::PAGE) + ['limit' => 20, 'afterId' => 0];
        $rows = $list($query['limit'] + 1, $query['afterId']);
        $items = array_slice($rows, 0, $query['limit']);
        return Response::json(200, ['items' => $items, 'next' => count($rows) > count($items) ? end($items)['id'] : null]);
    }

    private static function products(): Products
    {
        return new Products(connect());
    }

    private static function orders(): Orders
    {
        return new Orders(connect());
    }
}
