<?php

declare(strict_types=1);

namespace Blog;

foreach (['database', 'http', 'input', 'auth', 'users', 'website', 'feed', 'articles', 'comments', 'files'] as $file) {
    require __DIR__ . "/../src/$file.php";
}

function handle(Request $request): Response
{
    $to = static fn (string $class, string $method) => static function (Request $request, string ...$ids) use ($class, $method): Response {
        $db = connect();
        return (new $class($db, new Auth($db)))->$method($request, ...$ids);
    };
    $routes = [
        '/users' => ['GET' => $to(Users::class, 'list'), 'POST' => $to(Users::class, 'signUp')],
        '/sessions' => ['POST' => $to(Users::class, 'logIn')],
        '/me' => ['GET' => $to(Users::class, 'getMe'), 'PATCH' => $to(Users::class, 'updateMe')],
        '/me/website' => ['PUT' => $to(Users::class, 'setWebsite')],
        '/continue' => ['GET' => $to(Users::class, 'continueTo')],
        '/articles' => ['GET' => $to(Articles::class, 'list'), 'POST' => $to(Articles::class, 'create')],
        '/articles/import' => ['POST' => $to(Articles::class, 'import')],
        '/articles/{id}' => [
            'GET' => $to(Articles::class, 'get'),
            'PATCH' => $to(Articles::class, 'update'),
            'DELETE' => $to(Articles::class, 'delete'),
        ],
        '/articles/{id}/comments' => ['GET' => $to(Comments::class, 'list'), 'POST' => $to(Comments::class, 'create')],
        '/comments/{id}' => ['DELETE' => $to(Comments::class, 'delete')],
        '/files' => ['POST' => $to(Files::class, 'create')],
        '/files/{name}' => ['GET' => $to(Files::class, 'get'), 'DELETE' => $to(Files::class, 'delete')],
    ];
    foreach ($routes as $pattern => $handlers) {
        $pattern = strtr($pattern, ['{id}' => '(' . UUID . ')', '{name}' => '(' . FILE_NAME . ')']);
        if (!preg_match("#^$pattern$#D", $request->path, $match)) {
            continue;
        }
        $handler = $handlers[$request->method === 'HEAD' ? 'GET' : $request->method] ?? null;
        if ($handler === null) {
            $allow = str_replace('GET', 'GET, HEAD', implode(', ', array_keys($handlers)));
            throw new Problem(405, "This path answers $allow.", ['Allow' => $allow]);
        }
        return $handler($request, ...array_slice($match, 1));
    }
    throw Problem::notFound();
}

/**
 * Lets scripts of one origin call the API and read its answers.
 *
 * @return array<string, string>
 */
function corsHeaders(Request $request): array
{
    $origin = getenv('CORS_ORIGIN') ?: null;
    $headers = ['Vary' => 'Origin'];
    if ($origin === null || $request->header('Origin') !== $origin) {
        return $headers;
    }
    $headers += ['Access-Control-Allow-Origin' => $origin, 'Access-Control-Expose-Headers' => 'ETag, Location, Retry-After'];
    return !isPreflight($request) ? $headers : $headers + [
        'Access-Control-Allow-Methods' => 'GET, POST, PUT, PATCH, DELETE',
        'Access-Control-Allow-Headers' => 'Authorization, Content-Type, If-Match, If-None-Match',
        'Access-Control-Max-Age' => '600',
    ];
}

function isPreflight(Request $request): bool
{
    return $request->method === 'OPTIONS' && $request->header('Access-Control-Request-Method') !== null;
}

$request = new Request();
$cors = corsHeaders($request);
try {
    $response = isset($cors['Access-Control-Allow-Methods']) ? new Response(204) : handle($request);
} catch (Problem $problem) {
    $response = $problem->response();
} catch (\Throwable $error) {
    error_log((string) $error);
    // Connection exceptions of PostgreSQL (class 08, 57P), and of libpq, which has no code for most of them.
    $unavailable = $error instanceof \PDOException && preg_match('/^(08|57P|HY000|7$)/', (string) $error->getCode());
    $response = $unavailable
        ? (new Problem(503, 'The blog cannot reach its database.', ['Retry-After' => '1']))->response()
        : (new Problem(500, 'Something went wrong on our side.'))->response();
}
$response->send(withBody: $request->method !== 'HEAD', headers: $cors);
