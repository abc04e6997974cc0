<?php

declare(strict_types=1);

namespace Bookshop;

const ID = '[1-9][0-9]{0,9}';

/** What values may be. A rule takes a value and returns what is wrong with it, or null. */
final class Rules
{
    public static function id(mixed $value): ?string
    {
        return self::integer($value, 1, 2147483647);
    }

    public static function copies(mixed $value): ?string
    {
        return self::integer($value, 1, 1000);
    }

    public static function stock(mixed $value): ?string
    {
        return self::integer($value, 0, 1_000_000);
    }

    public static function name(mixed $value): ?string
    {
        return self::text($value, 1, 120);
    }

    public static function title(mixed $value): ?string
    {
        return self::text($value, 1, 200);
    }

    public static function search(mixed $value): ?string
    {
        return self::text($value, 3, 200);
    }

    public static function isbn(mixed $value): ?string
    {
        return self::matches($value, '[0-9]{13}', 'must be thirteen digits');
    }

    public static function genre(mixed $value): ?string
    {
        return self::matches($value, 'novel|crime|poetry|science|history|children', 'must be one of the genres');
    }

    public static function price(mixed $value): ?string
    {
        return self::matches($value, '(0|[1-9][0-9]{0,4})\.[0-9]{2}', 'must be a string such as "12.50", up to "99999.99"');
    }

    public static function authorIds(mixed $value): ?string
    {
        return self::list($value, 1, 10, self::id(...))
            ?? (array_unique($value) === $value ? null : 'must not have the same item twice');
    }

    public static function lines(mixed $value): ?string
    {
        $fields = ['bookId' => self::id(...), 'copies' => self::copies(...)];
        return self::list($value, 1, 20, static function (mixed $line) use ($fields): ?string {
            $error = errorsOf($line, $fields, ['bookId', 'copies'])[0] ?? null;
            return $error === null ? null : trim(substr($error['pointer'], 1) . ' ' . $error['detail']);
        });
    }

    public static function queryId(mixed $value): ?string
    {
        return self::matches($value, ID, 'must be a whole number') ?? self::id((int) $value);
    }

    public static function limit(mixed $value): ?string
    {
        return self::matches($value, '[1-9][0-9]?|100', 'must be a whole number from 1 to 100');
    }

    public static function cursor(mixed $value): ?string
    {
        return self::matches($value, '[A-Za-z0-9_=-]{1,2000}', 'must be a cursor that a list gave as `next`');
    }

    public static function boolean(mixed $value): ?string
    {
        return self::matches($value, 'true|false', 'must be true or false');
    }

    public static function sort(mixed $value): ?string
    {
        return self::matches($value, 'newest|title|-?price', 'must be one of the orders');
    }

    public static function status(mixed $value): ?string
    {
        return self::matches($value, 'placed|cancelled', 'must be placed or cancelled');
    }

    private static function integer(mixed $value, int $minimum, int $maximum): ?string
    {
        // JSON's 2.0 is the integer 2.
        $integer = is_int($value) || (is_float($value) && floor($value) === $value);
        return $integer && $value >= $minimum && $value <= $maximum ? null : "must be a whole number from $minimum to $maximum";
    }

    /** @param callable(mixed): ?string $rule */
    private static function list(mixed $value, int $minimum, int $maximum, callable $rule): ?string
    {
        if (!is_array($value) || count($value) < $minimum || count($value) > $maximum) {
            return "must be a list of $minimum to $maximum items";
        }
        return array_values(array_filter(array_map($rule, $value)))[0] ?? null;
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
    $errors = errorsOf($body, $fields, $required);
    return $errors === [] ? get_object_vars($body) : throw Problem::invalid($errors);
}

/**
 * @param array<string, callable(mixed): ?string> $fields
 * @param list<string> $required
 * @return list<array{pointer: string, detail: string}>
 */
function errorsOf(mixed $body, array $fields, array $required): array
{
    if (!$body instanceof \stdClass) {
        return [['pointer' => '', 'detail' => 'must be an object']];
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
    return $errors;
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
