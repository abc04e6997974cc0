<?php

declare(strict_types=1);

namespace Blog;

use PDO;
use PDOException;
use PDOStatement;

function connect(): PDO
{
    $url = parse_url(getenv('DATABASE_URL') ?: '');
    $dsn = sprintf(
        'pgsql:host=%s;port=%d;dbname=%s;connect_timeout=5',
        $url['host'],
        $url['port'] ?? 5432,
        rawurldecode(ltrim($url['path'], '/')),
    );
    return new PDO($dsn, rawurldecode($url['user'] ?? ''), rawurldecode($url['pass'] ?? ''), [
        PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
        PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
        PDO::ATTR_EMULATE_PREPARES => false,
        // One round trip for a statement; the values still travel as parameters.
        PDO::PGSQL_ATTR_DISABLE_PREPARES => true,
    ]);
}

/** @param list<string|int|null> $values for the placeholders `?` */
function query(PDO $db, string $sql, array $values = []): PDOStatement
{
    $statement = $db->prepare($sql);
    $statement->execute($values);
    return $statement;
}

/**
 * @template T
 * @param callable(PDO): T $work
 * @return T
 */
function transaction(PDO $db, callable $work): mixed
{
    $db->beginTransaction();
    try {
        $result = $work($db);
        $db->commit();
        return $result;
    } catch (\Throwable $error) {
        try {
            $db->rollBack();
        } catch (PDOException) {
            // The connection is lost, and the transaction with it; the first error says why.
        }
        throw $error;
    }
}

/**
 * Runs an INSERT; a value that another row has already becomes the given problem.
 *
 * @param list<string|int|null> $values
 * @return array<string, mixed>
 */
function insert(PDO $db, string $sql, array $values, string $ifTaken): array
{
    try {
        return query($db, $sql, $values)->fetch();
    } catch (PDOException $error) {
        $uniqueViolation = '23505';
        throw $error->getCode() === $uniqueViolation ? Problem::refusal($ifTaken) : $error;
    }
}

/** A list that is paged through by falling position, with values only in parameters. */
final class ListQuery
{
    /** @var list<string> */
    private array $conditions = [];
    /** @var list<string|int> */
    private array $values = [];

    public function __construct(private readonly string $select, private readonly string $order, ?string $cursor)
    {
        if ($cursor !== null) {
            $this->where("$order < ?", $cursor);
        }
    }

    public function where(string $condition, string ...$values): void
    {
        $this->conditions[] = $condition;
        array_push($this->values, ...$values);
    }

    /**
     * Runs the query: one page, and the cursor of the next. One row more than the page tells whether there is a next.
     *
     * @return array{items: list<array<string, mixed>>, next: ?string}
     */
    public function page(PDO $db, ?string $limit, callable $present): array
    {
        $size = (int) ($limit ?? 20);
        $where = $this->conditions === [] ? '' : 'WHERE ' . implode(' AND ', $this->conditions);
        $sql = "$this->select $where ORDER BY $this->order DESC LIMIT ?";
        $rows = query($db, $sql, [...$this->values, $size + 1])->fetchAll();
        $shown = array_slice($rows, 0, $size);
        $next = count($rows) > $size ? (string) end($shown)['position'] : null;
        return ['items' => array_map($present, $shown), 'next' => $next];
    }
}
