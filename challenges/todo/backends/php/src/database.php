<?php

declare(strict_types=1);

function connect(): PDO
{
    $url = parse_url(getenv('DATABASE_URL'));
    $dsn = sprintf('pgsql:host=%s;port=%d;dbname=%s', $url['host'], $url['port'] ?? 5432, rawurldecode(ltrim($url['path'], '/')));
    return new PDO($dsn, rawurldecode($url['user'] ?? ''), rawurldecode($url['pass'] ?? ''), [
        PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
        PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
        PDO::ATTR_EMULATE_PREPARES => false,
    ]);
}

/** Runs a statement; the values go as parameters, never into its text. */
function query(PDO $database, string $sql, array $values = []): PDOStatement
{
    $statement = $database->prepare($sql);
    // As a parameter PDO would make an empty string of false.
    $statement->execute(array_map(fn ($value) => is_bool($value) ? ($value ? 'true' : 'false') : $value, $values));
    return $statement;
}

/** Runs `$work` in one transaction and returns its result once that is committed. */
function inTransaction(PDO $database, callable $work): mixed
{
    $database->beginTransaction();
    try {
        $result = $work();
        $database->commit();
        return $result;
    } catch (Throwable $error) {
        try {
            $database->rollBack();
        } catch (PDOException) {
            // The connection broke, and the transaction with it.
        }
        throw $error;
    }
}
