<?php

declare(strict_types=1);

const PRIORITIES = ['low', 'normal', 'high'];
const DEFAULTS = [
    'notes' => null,
    'done' => false,
    'position' => 0,
    'priority' => 'normal',
    'dueAt' => null,
    'estimate' => null,
    'tags' => [],
];

/** Text that PostgreSQL can keep, of so many code points. json_decode and readQuery let only UTF-8 pass. */
function isText(mixed $value, int $least, int $most): bool
{
    return is_string($value)
        && !str_contains($value, "\0")
        && mb_strlen($value, 'UTF-8') >= $least
        && mb_strlen($value, 'UTF-8') <= $most;
}

function isPosition(mixed $value): bool
{
    // JSON's 1.0 is the integer 1, which json_decode reads as a float.
    return (is_int($value) || is_float($value)) && $value >= 0 && $value <= 1_000_000 && floor($value) == $value;
}

function isInstant(mixed $value): bool
{
    $pattern = '/^((?:19|20)\d\d)-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-](0\d|1[0-4]):[0-5]\d)\z/';
    return is_string($value)
        && preg_match($pattern, $value, $part)
        && checkdate((int) $part[2], (int) $part[3], (int) $part[1]);
}

/** What each property must be: whether a value is so, and how that is said. */
function properties(): array
{
    $orNull = fn (callable $holds) => fn ($value) => $value === null || $holds($value);
    return [
        'title' => [fn ($value) => isText($value, 1, 200), 'must be text of 1 to 200 characters'],
        'notes' => [$orNull(fn ($value) => isText($value, 0, 10_000)), 'must be text of at most 10000 characters, or null'],
        'done' => [is_bool(...), 'must be true or false'],
        'position' => [isPosition(...), 'must be an integer from 0 to 1000000'],
        'priority' => [fn ($value) => in_array($value, PRIORITIES, true), 'must be low, normal or high'],
        'dueAt' => [$orNull(isInstant(...)), 'must be an instant in the years 1900 to 2099, or null'],
        'estimate' => [
            $orNull(fn ($value) => is_string($value) && preg_match('/^(0|[1-9]\d{0,5})\.\d\d\z/', $value)),
            'must be a decimal such as "1.50", or null',
        ],
        'tags' => [
            fn ($value) => is_array($value) && count($value) <= 10 && !in_array(false, array_map(is_string(...), $value), true)
                && count(array_unique($value)) === count($value),
            'must be at most 10 different texts',
        ],
    ];
}

/** The properties that are there, checked. */
function checkPatch(mixed $body): array
{
    if (!$body instanceof stdClass) {
        throw invalidValue('', 'must be an object');
    }
    $properties = properties();
    $values = get_object_vars($body);
    foreach ($values as $name => $value) {
        [$holds, $detail] = $properties[$name]
            ?? throw invalidValue('', 'must have no other properties than ' . implode(', ', array_keys($properties)));
        $tags = $name === 'tags' && is_array($value) ? array_slice($value, 0, 10) : [];
        foreach ($tags as $at => $tag) {
            isText($tag, 1, 30) || throw invalidValue("/tags/$at", 'must be text of 1 to 30 characters');
        }
        $holds($value) || throw invalidValue("/$name", $detail);
    }
    if (isset($values['position'])) {
        $values['position'] = (int) $values['position'];
    }
    return $values;
}

/** A whole todo, checked, with defaults for what is absent. */
function checkTodo(mixed $body): array
{
    $values = checkPatch($body);
    return isset($values['title']) ? $values + DEFAULTS : throw invalidValue('', 'must have a title');
}

function tagQuery(): array
{
    return [
        'limit' => [
            'valid' => fn ($value) => preg_match('/^([1-9]\d?|100)\z/', $value) === 1,
            'parse' => intval(...),
            'default' => 20,
        ],
        'cursor' => ['valid' => fn ($value) => isText($value, 1, 1700)],
    ];
}

function todoQuery(): array
{
    $oneOf = fn (array $values) => fn ($value) => in_array($value, $values, true);
    $sorts = ['position', '-position', 'title', '-title', 'createdAt', '-createdAt', 'dueAt', '-dueAt'];
    return [
        'done' => ['valid' => $oneOf(['true', 'false']), 'parse' => fn ($value) => $value === 'true'],
        'priority' => ['valid' => $oneOf(PRIORITIES)],
        'tag' => ['valid' => fn ($value) => isText($value, 1, 30)],
        'q' => ['valid' => fn ($value) => isText($value, 1, 200)],
        'sort' => ['valid' => $oneOf($sorts), 'default' => 'position'],
        ...tagQuery(),
    ];
}
