<?php

declare(strict_types=1);

namespace Orders;

/** What values of the REST face may be. A rule takes a value and returns what is wrong with it, or null. */
final class Rules
{
    // What XML cannot hold could not be read over SOAP; white space at the ends would not outlast every client.
    private const XML_TEXT = '[^\x00-\x20\x{FFFE}\x{FFFF}](?:[^\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]*[^\x00-\x20\x{FFFE}\x{FFFF}])?';

    public static function name(mixed $value): ?string
    {
        if (!is_string($value) || !preg_match('/^' . self::XML_TEXT . '$/Du', $value)) {
            return 'must be text that XML can hold, without white space at its ends';
        }
        return mb_strlen($value, 'UTF-8') <= 120 ? null : 'must have at most 120 characters';
    }

    public static function note(mixed $value): ?string
    {
        return $value === null ? null : self::name($value);
    }

    public static function price(mixed $value): ?string
    {
        $fits = is_string($value) && preg_match('/^(0|[1-9][0-9]{0,7})\.[0-9]{2}$/D', $value);
        return $fits ? null : 'must be a string such as "12.50", up to "99999999.99"';
    }

    public static function delivered(mixed $value): ?string
    {
        return self::integer($value, 100_000, 1_000_000_000);
    }

    public static function lines(mixed $value): ?string
    {
        if (!is_array($value) || count($value) < 1 || count($value) > 20) {
            return 'must be a list of 1 to 20 lines';
        }
        foreach ($value as $line) {
            $values = $line instanceof \stdClass ? get_object_vars($line) : [];
            $fits = count($values) === 2
                && self::integer($values['productId'] ?? null, 1, 2 ** 31 - 1) === null
                && self::integer($values['quantity'] ?? null, 1, 100) === null;
            if (!$fits) {
                return 'must be lines of a productId and a quantity from 1 to 100';
            }
        }
        return null;
    }

    public static function limit(string $value): ?string
    {
        return self::integer(self::digits($value), 1, 100);
    }

    public static function afterId(string $value): ?string
    {
        return self::integer(self::digits($value), 0, 2 ** 31 - 1);
    }

    /** The id in a path; null when nothing can have it. */
    public static function id(string $value): ?int
    {
        $id = self::digits($value);
        return self::integer($id, 1, 2 ** 31 - 1) === null ? $id : null;
    }

    private static function digits(string $value): ?int
    {
        return preg_match('/^-?[0-9]{1,10}$/D', $value) ? (int) $value : null;
    }

    /** In JSON, 5 and 5.0 are one number. */
    private static function integer(mixed $value, int $minimum, int $maximum): ?string
    {
        $whole = is_int($value) || (is_float($value) && floor($value) === $value);
        return $whole && $value >= $minimum && $value <= $maximum ? null : "must be a whole number from $minimum to $maximum";
    }
}

/**
 * Returns the body's values when it is an object of these fields; throws a problem that lists what is wrong.
 *
 * @param array<string, callable(mixed): ?string> $fields
 * @param list<string> $required
 * @return array<string, mixed>
 */
function checkBody(mixed $body, array $fields, array $required): array
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
 * Returns the numbers of the query that are named in `$fields`, without those left out.
 *
 * @param array<string, callable(string): ?string> $fields
 * @return array<string, int>
 */
function checkQuery(Request $request, array $fields): array
{
    $given = parseQuery($request->query);
    $values = [];
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
        $values[$name] = (int) $all[0];
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
