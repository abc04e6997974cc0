<?php

declare(strict_types=1);

namespace Ledger;

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** What values may be. A rule takes a value and returns what is wrong with it, or null. */
final class Rules
{
    public static function uuid(mixed $value): ?string
    {
        return self::matches($value, UUID, 'must be a UUID');
    }

    public static function name(mixed $value): ?string
    {
        return self::text($value, 1, 120);
    }

    public static function note(mixed $value): ?string
    {
        return $value === null ? null : self::text($value, 0, 140);
    }

    public static function search(mixed $value): ?string
    {
        return self::text($value, 0, 120);
    }

    public static function currency(mixed $value): ?string
    {
        return self::matches($value, '(EUR|USD|GBP)', 'must be EUR, USD or GBP');
    }

    public static function amount(mixed $value): ?string
    {
        $complaint = 'must be a string such as "12.50", from "0.01" to "999999999999.99"';
        return self::matches($value, '(0\.0[1-9]|0\.[1-9][0-9]|[1-9][0-9]{0,11}\.[0-9]{2})', $complaint);
    }

    public static function overdraftLimit(mixed $value): ?string
    {
        $complaint = 'must be a string such as "12.50", from "0.00" to "999999999999.99"';
        return self::matches($value, '(0|[1-9][0-9]{0,11})\.[0-9]{2}', $complaint);
    }

    public static function limit(mixed $value): ?string
    {
        return self::matches($value, '([1-9][0-9]?|100)', 'must be a whole number from 1 to 100');
    }

    public static function cursor(mixed $value): ?string
    {
        return self::matches($value, '[1-9][0-9]{0,17}', 'must be a cursor that a list gave as `next`');
    }

    public static function date(mixed $value): ?string
    {
        $complaint = 'must be a date such as 2024-02-29';
        // checkdate() knows no year 0, which had the leap day of any year that 400 divides.
        $known = preg_replace('/^0000/', '2000', $value);
        return self::matches($known, '[0-9]{4}-[0-9]{2}-[0-9]{2}', $complaint)
            ?? (checkdate((int) substr($known, 5, 2), (int) substr($known, 8), (int) substr($known, 0, 4)) ? null : $complaint);
    }

    public static function idempotencyKey(mixed $value): ?string
    {
        return self::matches($value, '[!-~]{1,64}', 'is required: 1 to 64 visible ASCII characters');
    }

    private static function matches(mixed $value, string $pattern, string $complaint): ?string
    {
        return is_string($value) && preg_match("/^(?:$pattern)$/D", $value) ? null : $complaint;
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
function checkBody(mixed $body, array $fields, array $required = []): array
{
    if (!$body instanceof \stdClass) {
        throw Problem::invalid([['pointer' => '', 'detail' => 'must be an object']]);
    }
    $values = get_object_vars($body);
    $errors = [];
    if (array_diff_key($values, $fields) !== []) {
        $errors[] = ['pointer' => '', 'detail' => 'may only have ' . implode(', ', array_keys($fields))];
    }
    foreach ($fields as $name => $rule) {
        $missing = in_array($name, $required, true) ? 'is required' : null;
        $complaint = array_key_exists($name, $values) ? $rule($values[$name]) : $missing;
        if ($complaint !== null) {
            $errors[] = ['pointer' => "/$name", 'detail' => $complaint];
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
function checkQuery(Request $request, array $fields): array
{
    $given = parseQuery($request->query);
    $values = array_fill_keys(array_keys($fields), null);
    $errors = [];
    foreach ($fields as $name => $rule) {
        $all = $given[$name] ?? [];
        if ($all === []) {
            continue;
        }
        $complaint = count($all) > 1 ? 'is given twice' : $rule($all[0]);
        if ($complaint !== null) {
            $errors[] = ['parameter' => $name, 'detail' => $complaint];
        }
        $values[$name] = $all[0];
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

function checkIdempotencyKey(Request $request): string
{
    $key = $request->header('Idempotency-Key') ?? '';
    $complaint = Rules::idempotencyKey($key);
    if ($complaint !== null) {
        throw Problem::invalid([['parameter' => 'Idempotency-Key', 'detail' => $complaint]]);
    }
    return $key;
}
