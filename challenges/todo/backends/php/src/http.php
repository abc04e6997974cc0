<?php

declare(strict_types=1);

const BODY_LIMIT = 262_144;
const REASONS = [
    400 => 'Bad Request',
    404 => 'Not Found',
    405 => 'Method Not Allowed',
    412 => 'Precondition Failed',
    413 => 'Content Too Large',
    415 => 'Unsupported Media Type',
    500 => 'Internal Server Error',
];

/** Thrown to end a request with an error of the client's; `errors` names the values that are invalid. */
final class Problem extends Exception
{
    public function __construct(
        public readonly int $status,
        string $detail,
        public readonly array $errors = [],
        public readonly array $headers = [],
    ) {
        parent::__construct($detail);
    }
}

function invalidValue(string $pointer, string $detail): Problem
{
    return new Problem(400, 'The body is not as documented.', [['pointer' => $pointer, 'detail' => $detail]]);
}

function invalidParameter(string $name, string $detail): Problem
{
    return new Problem(400, 'The query is not as documented.', [['parameter' => $name, 'detail' => $detail]]);
}

/** Calls the handler of the request's method; HEAD is answered as GET, without the body. */
function route(array $handlers): void
{
    $method = $_SERVER['REQUEST_METHOD'] === 'HEAD' ? 'GET' : $_SERVER['REQUEST_METHOD'];
    if (!isset($handlers[$method])) {
        $allow = str_replace('GET', 'GET, HEAD', implode(', ', array_keys($handlers)));
        throw new Problem(405, "The methods here are $allow.", [], ['Allow' => $allow]);
    }
    $handlers[$method]();
}

function send(int $status, ?array $body = null, array $headers = [], string $mediaType = 'application/json'): void
{
    http_response_code($status);
    foreach ($headers as $name => $value) {
        header("$name: $value");
    }
    if ($body === null) {
        return;
    }
    $text = json_encode($body, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    header("Content-Type: $mediaType");
    header('Content-Length: ' . strlen($text));
    if ($_SERVER['REQUEST_METHOD'] !== 'HEAD') {
        echo $text;
    }
}

/** Every error leaves as application/problem+json. */
function sendError(Throwable $error): void
{
    if (!$error instanceof Problem) {
        error_log((string) $error);
        $error = new Problem(500, 'Something went wrong here.');
    }
    $body = [
        'type' => 'about:blank',
        'title' => REASONS[$error->status],
        'status' => $error->status,
        'detail' => $error->getMessage(),
    ];
    if ($error->errors !== []) {
        $body['errors'] = $error->errors;
    }
    send($error->status, $body, $error->headers, 'application/problem+json');
}

/** The JSON value in the body, which must be of exactly this media type. Objects are stdClass, arrays are array. */
function readJson(string $mediaType): mixed
{
    $parameters = explode(';', strtolower($_SERVER['CONTENT_TYPE'] ?? $_SERVER['HTTP_CONTENT_TYPE'] ?? ''));
    $type = trim(array_shift($parameters));
    $foreign = preg_grep('/^\s*charset\s*=(?!\s*"?utf-8"?\s*\z)/', $parameters);
    $coding = $_SERVER['HTTP_CONTENT_ENCODING'] ?? 'identity';
    if ($type !== $mediaType || $foreign !== [] || $coding !== 'identity') {
        throw new Problem(415, "The body must be $mediaType in UTF-8, in no content coding.");
    }
    $body = file_get_contents('php://input', length: BODY_LIMIT + 1);
    if (strlen($body) > BODY_LIMIT) {
        throw new Problem(413, 'The body has more than 262,144 bytes.');
    }
    try {
        return json_decode($body, flags: JSON_THROW_ON_ERROR);
    } catch (JsonException) {
        throw new Problem(400, 'The body is not JSON in UTF-8.');
    }
}

/** The query's parameters, checked and with defaults. Unknown and repeated ones are refused. */
function readQuery(array $parameters): array
{
    // PHP's own $_GET would rename parameters and keep the last of several.
    $query = explode('?', $_SERVER['REQUEST_URI'], 2)[1] ?? '';
    if (preg_match('/%(?![0-9A-Fa-f]{2})/', $query) || !mb_check_encoding(urldecode($query), 'UTF-8')) {
        throw new Problem(400, 'The query is not percent-encoded UTF-8.');
    }
    $values = array_map(fn ($parameter) => $parameter['default'] ?? null, $parameters);
    $seen = [];
    foreach (array_filter(explode('&', $query), fn ($pair) => $pair !== '') as $pair) {
        [$name, $value] = array_map(urldecode(...), explode('=', $pair, 2) + [1 => '']);
        if (!isset($parameters[$name])) {
            throw new Problem(400, 'The parameters here are ' . implode(', ', array_keys($parameters)) . '.');
        }
        if (isset($seen[$name])) {
            throw invalidParameter($name, 'is given twice');
        }
        if (!$parameters[$name]['valid']($value)) {
            throw invalidParameter($name, 'has a value that is not documented');
        }
        $seen[$name] = true;
        $values[$name] = ($parameters[$name]['parse'] ?? strval(...))($value);
    }
    return $values;
}
