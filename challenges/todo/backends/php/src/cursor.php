<?php

declare(strict_types=1);

/** A cursor holds the order it belongs to and the key and id of the last item of its page. */
function encodeCursor(string $sort, mixed $key, int $id): string
{
    $text = json_encode([$sort, $key, $id], JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    return rtrim(strtr(base64_encode($text), '+/', '-_'), '=');
}

/** The key and id in a cursor. Cursors come back from clients: nothing in them is trusted. */
function decodeCursor(string $cursor, string $sort): array
{
    $text = base64_decode(strtr($cursor, '-_', '+/'), true);
    $value = $text === false ? null : json_decode($text);
    if (is_array($value) && count($value) === 3) {
        [$madeFor, $key, $id] = $value;
        if ($madeFor === $sort && isKey(ltrim($sort, '-'), $key) && is_int($id) && $id >= 0 && $id <= 2_147_483_647) {
            return [$key, $id];
        }
    }
    throw invalidParameter('cursor', 'was not made by this list in this order');
}

function isKey(string $name, mixed $key): bool
{
    return match ($name) {
        'position' => is_int($key) && isPosition($key),
        'title', 'name' => isText($key, 0, 200),
        'dueAt' => $key === null || isKey('createdAt', $key),
        'createdAt' => is_string($key)
            && preg_match('/^([12]\d{3})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z\z/', $key, $part)
            && checkdate((int) $part[2], (int) $part[3], (int) $part[1]),
    };
}
