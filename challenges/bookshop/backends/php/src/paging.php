<?php

declare(strict_types=1);

namespace Bookshop;

use PDO;

/**
 * A list in the order of some keys, the last of them an id, so that no two rows are alike. A cursor holds the keys of the last row that was shown:
 * a page deep in the list costs no more than the first. Values are only in parameters.
 */
final class ListQuery
{
    /** @var list<string> */
    private array $conditions = [];
    /** @var list<string|int> */
    private array $values = [];

    /** @param list<string> $keys columns that `$select` shows by the same names */
    public function __construct(
        private readonly string $select,
        private readonly string $list,
        private readonly array $keys,
        private readonly string $direction,
    ) {
    }

    public function where(string $condition, string|int ...$values): void
    {
        $this->conditions[] = $condition;
        array_push($this->values, ...$values);
    }

    /**
     * Runs the query: one page, and the cursor of the next. One row more than the page tells whether there is a next.
     *
     * @param callable(list<array<string, mixed>>): list<array<string, mixed>> $present
     * @return array{items: list<array<string, mixed>>, next: ?string}
     */
    public function page(PDO $db, ?string $limit, ?string $cursor, callable $present): array
    {
        $size = (int) ($limit ?? 20);
        if ($cursor !== null) {
            $this->where($this->after(), ...$this->decode($cursor));
        }
        $where = $this->conditions === [] ? '' : 'WHERE ' . implode(' AND ', $this->conditions);
        $order = implode(', ', array_map(fn (string $key) => "$key $this->direction", $this->keys));
        $rows = query($db, "$this->select $where ORDER BY $order LIMIT ?", [...$this->values, $size + 1])->fetchAll();
        $shown = array_slice($rows, 0, $size);
        return ['items' => $present($shown), 'next' => count($rows) > $size ? $this->encode(end($shown)) : null];
    }

    private function after(): string
    {
        $placeholders = implode(', ', array_fill(0, count($this->keys), '?'));
        return '(' . implode(', ', $this->keys) . ') ' . ($this->direction === 'ASC' ? '>' : '<') . " ($placeholders)";
    }

    private function encode(array $row): string
    {
        $values = array_map(static fn (string $key) => $row[$key], $this->keys);
        return rtrim(strtr(base64_encode(encode([$this->list, ...$values])), '+/', '-_'), '=');
    }

    /**
     * Clients can make cursors up, so each key must hold the rule of its name.
     *
     * @return list<string|int>
     */
    private function decode(string $cursor): array
    {
        $values = json_decode((string) base64_decode(strtr($cursor, '-_', '+/'), true));
        if (is_array($values) && array_shift($values) === $this->list && count($values) === count($this->keys)) {
            $complaints = array_map(static fn (string $key, mixed $value): ?string => Rules::$key($value), $this->keys, $values);
            if (array_filter($complaints) === []) {
                return $values;
            }
        }
        throw Problem::invalid([['parameter' => 'cursor', 'detail' => 'must be the `next` of this list, with the same `sort`']]);
    }
}
