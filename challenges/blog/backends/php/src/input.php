<?php

declare(strict_types=1);

namespace Blog;

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

const FILE_NAME = '[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}';

/** What values may be. A rule takes a value and returns what is wrong with it, or null. */
final class Rules
{
    public static function uuid(mixed $value): ?string
    {
        return self::matches($value, UUID, 'must be a UUID');
    }

    public static function email(mixed $value): ?string
    {
        return self::matches($value, '[A-Za-z0-9._+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}', 'must be an e-mail address', 200);
    }

    public static function password(mixed $value): ?string
    {
        return self::text($value, 8, 100);
    }

    public static function name(mixed $value): ?string
    {
        return self::text($value, 1, 80);
    }

    public static function bio(mixed $value): ?string
    {
        return $value === null ? null : self::text($value, 0, 500);
    }

    public static function avatarUrl(mixed $value): ?string
    {
        $pattern = 'https://[A-Za-z0-9.-]+(/[A-Za-z0-9._~-]+)*';
        return $value === null ? null : self::matches($value, $pattern, 'must be an https URL', 200);
    }

    public static function websiteUrl(mixed $value): ?string
    {
        $pattern = 'https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?';
        return self::matches($value, $pattern, 'must be the URL of a website', 200);
    }

    public static function slug(mixed $value): ?string
    {
        return self::matches($value, '[a-z0-9]+(-[a-z0-9]+)*', 'must be small letters and digits, with hyphens between', 80);
    }

    public static function title(mixed $value): ?string
    {
        return self::text($value, 1, 200);
    }

    public static function articleText(mixed $value): ?string
    {
        return self::text($value, 0, 10_000);
    }

    public static function comment(mixed $value): ?string
    {
        return self::text($value, 1, 2000);
    }

    public static function tag(mixed $value): ?string
    {
        return self::matches($value, '[a-z0-9-]{1,30}', 'must be 1 to 30 small letters, digits and hyphens');
    }

    public static function tags(mixed $value): ?string
    {
        $valid = is_array($value) && count($value) <= 5 && array_filter($value, self::tag(...)) === [];
        return $valid && count(array_unique($value)) === count($value) ? null : 'must be a list of at most 5 different tags';
    }

    public static function status(mixed $value): ?string
    {
        return self::matches($value, 'draft|published', 'must be draft or published');
    }

    public static function fileName(mixed $value): ?string
    {
        return self::matches($value, FILE_NAME, 'must be a file name of letters, digits, ".", "_" and "-"');
    }

    public static function search(mixed $value): ?string
    {
        return self::text($value, 0, 100);
    }

    public static function limit(mixed $value): ?string
    {
        return self::matches($value, '[1-9][0-9]?|100', 'must be a whole number from 1 to 100');
    }

    public static function cursor(mixed $value): ?string
    {
        return self::matches($value, '[1-9][0-9]{0,17}', 'must be a cursor that a list gave as `next`');
    }

    /** @return array<string, callable(mixed): ?string> */
    public static function paging(): array
    {
        return ['limit' => self::limit(...), 'cursor' => self::cursor(...)];
    }

    public static function sitePath(mixed $value): ?string
    {
        return self::matches($value, '/|(/[A-Za-z0-9_-]+)+', 'must be a path of this site', 200);
    }

    private static function matches(mixed $value, string $pattern, string $complaint, int $maximum = PHP_INT_MAX): ?string
    {
        return is_string($value) && strlen($value) <= $maximum && preg_match("#^(?:$pattern)$#D", $value) ? null : $complaint;
    }

    private static function text(mixed $value, int $minimum, int $maximum): ?string
    {
        if (!is_string($value) || str_contains($value, "\0")) {
            return 'must be text without U+0000';
        }
        $length = mb_strlen($value, 'UTF-8');
        return $length >= $minimum && $length <= $maximum ? null : "must have $minimum to $maximum characters";
    }
}

/**
 * Returns the body's values when it is an object of these fields; throws a problem that lists what is wrong.
 *
 * @param array<string, callable(mixed): ?string> $fields
 * @param list<string> $required
 * @return array<string, mixed>
 */
function checkBody(mixed $body, array $fields, array $required = [], string $at = ''): array
{
    if (!$body instanceof \stdClass) {
        throw Problem::invalid([['pointer' => $at, 'detail' => 'must be an object']]);
    }
    $values = get_object_vars($body);
    $errors = [];
    if (array_diff_key($values, $fields) !== []) {
        $errors[] = ['pointer' => $at, 'detail' => 'may only have ' . implode(', ', array_keys($fields))];
    }
    foreach ($fields as $name => $rule) {
        $missing = in_array($name, $required, true) ? 'is required' : null;
        $complaint = array_key_exists($name, $values) ? $rule($values[$name]) : $missing;
        if ($complaint !== null) {
            $errors[] = ['pointer' => "$at/$name", 'detail' => $complaint];
        }
    }
    return $errors === [] ? $values : throw Problem::invalid($errors);
}

/**
 * Returns the query parameters named in `$fields`, those left out as null.
 *
 * @param array<string, callable(mixed): ?string> $fields
 * @return array<string, ?string>
 */
function checkQuery(Request $request, array $fields, array $required = []): array
{
    $given = parseQuery($request->query);
    $values = array_fill_keys(array_keys($fields), null);
    $errors = [];
    foreach ($fields as $name => $rule) {
        $all = $given[$name] ?? [];
        $complaint = match (count($all)) {
            0 => in_array($name, $required, true) ? 'is required' : null,
            1 => $rule($all[0]),
            default => 'is given twice',
        };
        if ($complaint !== null) {
            $errors[] = ['parameter' => $name, 'detail' => $complaint];
        }
        $values[$name] = $all[0] ?? null;
    }
    return $errors === [] ? $values : throw Problem::invalid($errors);
}

/**
 * $_GET would change names, and let malformed percent-encoding and invalid UTF-8 pass.
 *
 * @return array<string, list<string>>
 */
function parseQuery(string $query): array
{
    if (preg_match('/%(?![0-9A-Fa-f]{2})/', $query) || !mb_check_encoding(urldecode($query), 'UTF-8')) {
        throw new Problem(400, 'The query is not percent-encoded UTF-8.');
    }
    $parameters = [];
    foreach (explode('&', $query) as $pair) {
        [$name, $value] = explode('=', $pair, 2) + [1 => ''];
        $parameters[urldecode($name)][] = urldecode($value);
    }
    return $parameters;
}
