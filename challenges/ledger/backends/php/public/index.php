<?php

declare(strict_types=1);

namespace Ledger;

foreach (['database', 'http', 'input', 'accounts', 'movements'] as $file) {
    require __DIR__ . "/../src/$file.php";
}

function handle(Request $request): Response
{
    $accounts = static fn (string $method) => static fn (...$arguments) => (new Accounts(connect()))->$method(...$arguments);
    $movements = static fn (string $method) => static fn (...$arguments) => (new Movements(connect()))->$method(...$arguments);
    $routes = [
        '/accounts' => ['GET' => $accounts('list'), 'POST' => $accounts('create')],
        '/accounts/{id}' => ['GET' => $accounts('get'), 'PATCH' => $accounts('update'), 'DELETE' => $accounts('delete')],
        '/accounts/{id}/entries' => ['GET' => $movements('listEntries')],
        '/deposits' => ['POST' => $movements('createDeposit')],
        '/deposits/{id}' => ['GET' => $movements('getDeposit')],
        '/transfers' => ['GET' => $movements('listTransfers'), 'POST' => $movements('createTransfer')],
        '/transfers/{id}' => ['GET' => $movements('getTransfer')],
    ];
    foreach ($routes as $pattern => $handlers) {
        if (!preg_match('#^' . str_replace('{id}', '(' . UUID . ')', $pattern) . '$#D', $request->path, $match)) {
            continue;
        }
        $handler = $handlers[$request->method === 'HEAD' ? 'GET' : $request->method] ?? null;
        if ($handler === null) {
            $allow = str_replace('GET', 'GET, HEAD', implode(', ', array_keys($handlers)));
            throw new Problem(405, "This path answers $allow.", ['Allow' => $allow]);
        }
        return $handler($request, ...array_map('strtolower', array_slice($match, 1)));
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
        ? (new Problem(503, 'The ledger cannot reach its database.', ['Retry-After' => '1']))->response()
        : (new Problem(500, 'Something went wrong on our side.'))->response();
}
$response->send(withBody: $request->method !== 'HEAD');
