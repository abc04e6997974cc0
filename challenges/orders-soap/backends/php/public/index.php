<?php

declare(strict_types=1);

namespace Orders;

foreach (['database', 'http', 'input', 'products', 'orders', 'rest', 'envelope', 'soap'] as $file) {
    require __DIR__ . "/../src/$file.php";
}

$request = new Request();
try {
    $response = match ($request->path) {
        '/soap/orders' => Soap::handle($request),
        '/soap/orders.xsd' => Response::xml(200, file_get_contents(CONTRACT . '/orders.xsd')),
        default => Rest::handle($request),
    };
} catch (Problem $problem) {
    $response = $problem->response();
} catch (Refusal $refusal) {
    $response = Problem::refused($refusal)->response();
} catch (\Throwable $error) {
    error_log((string) $error);
    // Connection exceptions of PostgreSQL (class 08, 57P), and of libpq, which has no code for most of them.
    $unavailable = $error instanceof \PDOException && preg_match('/^(08|57P|HY000|7$)/', (string) $error->getCode());
    $response = $unavailable
        ? (new Problem(503, 'The warehouse cannot reach its database.', ['Retry-After' => '1']))->response()
        : (new Problem(500, 'Something went wrong on our side.'))->response();
}
$response->send(withBody: $request->method !== 'HEAD');
