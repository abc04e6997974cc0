<?php

declare(strict_types=1);

namespace Bookshop;

foreach (['database', 'http', 'input', 'paging', 'authors', 'books', 'orders'] as $file) {
    require __DIR__ . "/../src/$file.php";
}

function handle(Request $request): Response
{
    $authors = static fn (string $method) => static fn (...$arguments) => (new Authors(connect()))->$method(...$arguments);
    $books = static fn (string $method) => static fn (...$arguments) => (new Books(connect()))->$method(...$arguments);
    $orders = static fn (string $method) => static fn (...$arguments) => (new Orders(connect()))->$method(...$arguments);
    $routes = [
        '/authors' => ['GET' => $authors('list'), 'POST' => $authors('create')],
        '/authors/{id}' => ['GET' => $authors('get'), 'PATCH' => $authors('update'), 'DELETE' => $authors('delete')],
        '/authors/{id}/sales' => ['GET' => $authors('sales')],
        '/books' => ['GET' => $books('list'), 'POST' => $books('create')],
        '/books/{id}' => ['GET' => $books('get'), 'PATCH' => $books('update'), 'DELETE' => $books('delete')],
        '/books/{id}/deliveries' => ['POST' => $books('deliver')],
        '/orders' => ['GET' => $orders('list'), 'POST' => $orders('create')],
        '/orders/{id}' => ['GET' => $orders('get')],
        '/orders/{id}/cancellation' => ['POST' => $orders('cancel')],
    ];
    foreach ($routes as $pattern => $handlers) {
        if (!preg_match('#^' . str_replace('{id}', '(' . ID . ')', $pattern) . '$#D', $request->path, $match)) {
            continue;
        }
        $handler = $handlers[$request->method === 'HEAD' ? 'GET' : $request->method] ?? null;
        if ($handler === null) {
            $allow = str_replace('GET', 'GET, HEAD', implode(', ', array_keys($handlers)));
            throw new Problem(405, "This path answers $allow.", ['Allow' => $allow]);
        }
        $ids = array_map('intval', array_slice($match, 1));
        if (array_filter($ids, static fn (int $id) => Rules::id($id) !== null) !== []) {
            break;
        }
        return $handler($request, ...$ids);
    }
    throw Problem::notFound();
}

$request = new Request();
try {
    $response = handle($request);
} catch (Problem $problem) {
    $response = $problem->response();
} catch (\Throwable $error) {
    error_log((string) $error);
    // Connection exceptions of PostgreSQL (class 08, 57P), and of libpq, which has no code for most of them.
    $unavailable = $error instanceof \PDOException && preg_match('/^(08|57P|HY000|7$)/', (string) $error->getCode());
    $response = $unavailable
        ? (new Problem(503, 'The shop cannot reach its database.', ['Retry-After' => '1']))->response()
        : (new Problem(500, 'Something went wrong on our side.'))->response();
}
$response->send(withBody: $request->method !== 'HEAD');
