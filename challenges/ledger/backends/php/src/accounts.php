<?php

declare(strict_types=1);

namespace Ledger;

use PDO;
use PDOException;

/** Requests for /accounts. */
final class Accounts
{
    private const COLUMNS = <<<'SQL'
        id, position, version, name, currency, balance, overdraft_limit, reference,
        to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
        SQL;

    public function __construct(private readonly PDO $db)
    {
    }

    public function create(Request $request): Response
    {
        $fields = [
            'name' => Rules::name(...),
            'currency' => Rules::currency(...),
            'overdraftLimit' => Rules::overdraftLimit(...),
            'reference' => Rules::note(...),
        ];
        $account = checkBody($request->json('application/json'), $fields, ['name', 'currency']);
        $row = query(
            $this->db,
            'INSERT INTO accounts (name, currency, overdraft_limit, reference) VALUES (?, ?, ?, ?) RETURNING ' . self::COLUMNS,
            [$account['name'], $account['currency'], $account['overdraftLimit'] ?? '0.00', $account['reference'] ?? null],
        )->fetch();
        return Response::json(201, self::present($row), ['Location' => "/accounts/{$row['id']}", 'ETag' => self::etag($row)]);
    }

    public function list(Request $request): Response
    {
        $parameters = checkQuery($request, [
            'limit' => Rules::limit(...),
            'cursor' => Rules::cursor(...),
            'currency' => Rules::currency(...),
            'q' => Rules::search(...),
        ]);
        $query = new ListQuery('SELECT ' . self::COLUMNS . ' FROM accounts', 'position', $parameters['cursor']);
        if ($parameters['currency'] !== null) {
            $query->where('currency = ?', $parameters['currency']);
        }
        if ($parameters['q'] !== null) {
            $query->where('strpos(name, ?) > 0', $parameters['q']);
        }
        return Response::json(200, $query->page($this->db, $parameters['limit'], self::present(...)));
    }

    public function get(Request $request, string $id): Response
    {
        $row = $this->find($id);
        $ifNoneMatch = str_replace('W/', '', $request->header('If-None-Match') ?? '');
        if (self::lists($ifNoneMatch, self::etag($row))) {
            return new Response(304, headers: ['ETag' => self::etag($row)]);
        }
        return Response::json(200, self::present($row), ['ETag' => self::etag($row)]);
    }

    public function update(Request $request, string $id): Response
    {
        $fields = ['name' => Rules::name(...), 'overdraftLimit' => Rules::overdraftLimit(...), 'reference' => Rules::note(...)];
        $changes = checkBody($request->json('application/merge-patch+json'), $fields);
        $ifMatch = $request->header('If-Match');
        $row = transaction($this->db, function () use ($id, $changes, $ifMatch): array {
            $account = $this->find($id, 'FOR UPDATE');
            if ($ifMatch !== null && !self::lists($ifMatch, self::etag($account))) {
                throw new Problem(412, 'The account has changed since it was read.');
            }
            $limit = $changes['overdraftLimit'] ?? $account['overdraft_limit'];
            $reference = array_key_exists('reference', $changes) ? $changes['reference'] : $account['reference'];
            $updated = query(
                $this->db,
                'UPDATE accounts SET name = ?, reference = ?, overdraft_limit = ?, version = version + 1
                 WHERE id = ? AND balance >= -(?::numeric) RETURNING ' . self::COLUMNS,
                [$changes['name'] ?? $account['name'], $reference, $limit, $id, $limit],
            )->fetch();
            return $updated ?: throw Problem::refusal('overdraft-in-use');
        });
        return Response::json(200, self::present($row), ['ETag' => self::etag($row)]);
    }

    public function delete(Request $request, string $id): Response
    {
        try {
            $deleted = query($this->db, 'DELETE FROM accounts WHERE id = ?', [$id])->rowCount();
        } catch (PDOException $error) {
            $foreignKeyViolation = '23503';
            throw $error->getCode() === $foreignKeyViolation ? Problem::refusal('account-in-use') : $error;
        }
        return $deleted === 1 ? new Response(204) : throw Problem::notFound();
    }

    /** @return array<string, mixed> */
    public function find(string $id, string $lock = ''): array
    {
        $row = query($this->db, 'SELECT ' . self::COLUMNS . " FROM accounts WHERE id = ? $lock", [$id])->fetch();
        return $row ?: throw Problem::notFound();
    }

    private static function etag(array $row): string
    {
        return "\"{$row['version']}\"";
    }

    /** Whether a list of entity tags (If-Match, If-None-Match) names this one. */
    private static function lists(string $header, string $etag): bool
    {
        return array_intersect(array_map('trim', explode(',', $header)), ['*', $etag]) !== [];
    }

    private static function present(array $row): array
    {
        return [
            'id' => $row['id'],
            'name' => $row['name'],
            'currency' => $row['currency'],
            'balance' => $row['balance'],
            'overdraftLimit' => $row['overdraft_limit'],
            'reference' => $row['reference'],
            'createdAt' => $row['created_at'],
        ];
    }
}
