<?php

declare(strict_types=1);

namespace Bookshop;

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
 * Runs a statement; a constraint that it breaks means to the client what `$meanings` says: `[SQLSTATE or constraint => refusal]`.
 *
 * @template T
 * @param array<string, string> $meanings
 * @param callable(): T $work
 * @return T
 */
function refusing(array $meanings, callable $work): mixed
{
    try {
        return $work();
    } catch (PDOException $error) {
        foreach ($meanings as $broken => $refusal) {
            if ($error->getCode() === (string) $broken || str_contains($error->getMessage(), "\"$broken\"")) {
                throw Problem::refusal($refusal);
            }
        }
        throw $error;
    }
}

const FOREIGN_KEY_VIOLATION = '23503';

/** Integers as an array of PostgreSQL. */
function intArray(array $ids): string
{
    return '{' . implode(',', $ids) . '}';
}
