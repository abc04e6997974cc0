<?php

declare(strict_types=1);

foreach (['database', 'http', 'input', 'cursor', 'todos'] as $part) {
    require __DIR__ . "/../src/$part.php";
}

set_exception_handler(sendError(...));
ini_set('display_errors', '0');
ini_set('default_mimetype', ''); // An answer without a body has no media type.
header_remove('X-Powered-By');

$path = strtok($_SERVER['REQUEST_URI'], '?');
if ($path === '/todos') {
    route([
        'GET' => fn () => send(200, listTodos(connect(), readQuery(todoQuery()))),
        'POST' => function () {
            [$todo, $etag] = createTodo(connect(), checkTodo(readJson('application/json')));
            send(201, $todo, ['Location' => "/todos/{$todo['id']}", 'ETag' => $etag]);
        },
    ]);
} elseif (preg_match('~^/todos/([^/]+)\z~', $path, $match)) {
    $id = rawurldecode($match[1]);
    route([
        'GET' => function () use ($id) {
            [$todo, $etag] = found(findTodo(connect(), readId($id)));
            $known = namesTag($_SERVER['HTTP_IF_NONE_MATCH'] ?? null, $etag, "W/$etag");
            $known ? send(304, null, ['ETag' => $etag]) : send(200, $todo, ['ETag' => $etag]);
        },
        'PUT' => fn () => update($id, checkTodo(readJson('application/json'))),
        'PATCH' => fn () => update($id, checkPatch(readJson('application/merge-patch+json'))),
        'DELETE' => function () use ($id) {
            found(deleteTodo(connect(), readId($id), requireMatch(...)));
            send(204);
        },
    ]);
} elseif ($path === '/tags') {
    route(['GET' => fn () => send(200, listTags(connect(), readQuery(tagQuery())))]);
} else {
    throw new Problem(404, 'There is nothing at this path.');
}

/** `$changes` has every property after a PUT, and those that were sent after a PATCH. */
function update(string $id, array $changes): void
{
    [$todo, $etag] = found(updateTodo(connect(), readId($id), $changes, requireMatch(...)));
    send(200, $todo, ['ETag' => $etag]);
}

function found(mixed $result): mixed
{
    return $result ?: throw new Problem(404, 'There is no such todo.');
}

function readId(string $id): int
{
    return found(preg_match('/^[1-9][0-9]{0,9}\z/', $id) && (int) $id <= 2_147_483_647 ? (int) $id : null);
}

function requireMatch(string $etag): void
{
    $field = $_SERVER['HTTP_IF_MATCH'] ?? null;
    if ($field !== null && !namesTag($field, $etag)) {
        throw new Problem(412, 'The todo has changed since.');
    }
}

/** Whether a header field is `*` or lists one of the entity tags. */
function namesTag(?string $field, string ...$etags): bool
{
    return $field !== null
        && (trim($field) === '*' || array_intersect(array_map(trim(...), explode(',', $field)), $etags) !== []);
}
