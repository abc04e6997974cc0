<?php

declare(strict_types=1);

namespace Ledger;

use PDO;

/** Requests for /deposits, /transfers and the entries they leave. */
final class Movements
{
    private const TIME = <<<'SQL'
        to_char(m.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
        SQL;

    private const SELECT = 'SELECT m.id, m.position, m.from_account_id, m.to_account_id, m.amount, a.currency, m.memo, ' . self::TIME
        . ' FROM movements m JOIN accounts a ON a.id = m.to_account_id';

    public function __construct(private readonly PDO $db)
    {
    }

    public function createDeposit(Request $request): Response
    {
        $fields = ['accountId' => Rules::uuid(...), 'amount' => Rules::amount(...), 'memo' => Rules::note(...)];
        $body = $request->json('application/json');
        $key = checkIdempotencyKey($request);
        $deposit = checkBody($body, $fields, ['accountId', 'amount']);
        return $this->move($key, null, $deposit['accountId'], $deposit['amount'], $deposit['memo'] ?? null);
    }

    public function createTransfer(Request $request): Response
    {
        $fields = [
            'fromAccountId' => Rules::uuid(...),
            'toAccountId' => Rules::uuid(...),
            'amount' => Rules::amount(...),
            'memo' => Rules::note(...),
        ];
        $body = $request->json('application/json');
        $key = checkIdempotencyKey($request);
        $transfer = checkBody($body, $fields, ['fromAccountId', 'toAccountId', 'amount']);
        $from = strtolower($transfer['fromAccountId']);
        return $this->move($key, $from, $transfer['toAccountId'], $transfer['amount'], $transfer['memo'] ?? null);
    }

    public function getDeposit(Request $request, string $id): Response
    {
        return $this->get($id, 'm.from_account_id IS NULL');
    }

    public function getTransfer(Request $request, string $id): Response
    {
        return $this->get($id, 'm.from_account_id IS NOT NULL');
    }

    public function listTransfers(Request $request): Response
    {
        $fields = ['limit' => Rules::limit(...), 'cursor' => Rules::cursor(...), 'accountId' => Rules::uuid(...)];
        ['limit' => $limit, 'cursor' => $cursor, 'accountId' => $account] = checkQuery($request, $fields);
        $query = new ListQuery(self::SELECT, 'm.position', $cursor);
        $query->where('m.from_account_id IS NOT NULL');
        if ($account !== null) {
            $query->where('(m.from_account_id = ? OR m.to_account_id = ?)', $account, $account);
        }
        return Response::json(200, $query->page($this->db, $limit, self::present(...)));
    }

    /** The statement of an account, with the counterparties' present names in the same query. */
    public function listEntries(Request $request, string $accountId): Response
    {
        $fields = ['limit' => Rules::limit(...), 'cursor' => Rules::cursor(...), 'from' => Rules::date(...), 'to' => Rules::date(...)];
        ['limit' => $limit, 'cursor' => $cursor, 'from' => $from, 'to' => $to] = checkQuery($request, $fields);
        (new Accounts($this->db))->find($accountId);
        $select = 'SELECT e.id AS position, e.amount, e.balance_after, m.from_account_id, m.to_account_id, m.memo,
                c.id AS counterparty_id, c.name AS counterparty_name, ' . self::TIME . '
            FROM entries e JOIN movements m ON m.id = e.movement_id
            LEFT JOIN accounts c ON c.id = CASE e.account_id WHEN m.to_account_id THEN m.from_account_id ELSE m.to_account_id END';
        $query = new ListQuery($select, 'e.id', $cursor);
        $query->where('e.account_id = ?', $accountId);
        // PostgreSQL has no year 0.
        $day = static fn (string $date) => str_starts_with($date, '0000') ? '0001-01-01' : $date;
        if ($from !== null) {
            $query->where("m.created_at >= ?::date::timestamp AT TIME ZONE 'UTC'", $day($from));
        }
        if ($to !== null) {
            $query->where("m.created_at < (?::date + 1)::timestamp AT TIME ZONE 'UTC'", $day($to));
        }
        return Response::json(200, $query->page($this->db, $limit, static fn (array $row) => [
            'id' => $row['position'],
            'at' => $row['created_at'],
            'kind' => match ($accountId) {
                $row['from_account_id'] => 'transfer-out',
                $row['to_account_id'] => $row['from_account_id'] === null ? 'deposit' : 'transfer-in',
            },
            'amount' => $row['amount'],
            'balanceAfter' => $row['balance_after'],
            'counterparty' => $row['counterparty_id'] === null
                ? null
                : ['id' => $row['counterparty_id'], 'name' => $row['counterparty_name']],
            'memo' => $row['memo'],
        ]));
    }

    /**
     * Carries out a deposit (`$from` is null) or a transfer, once for its key. Refusals are answers too, so that they are kept with
     * the key.
     */
    private function move(string $key, ?string $from, string $to, string $amount, ?string $memo): Response
    {
        $to = strtolower($to);
        $request = encode(['from' => $from, 'to' => $to, 'amount' => $amount, 'memo' => $memo]);
        return transaction($this->db, function (PDO $db) use ($key, $request, $from, $to, $amount, $memo): Response {
            // A second request with this key waits here until the first has committed or rolled back.
            $claim = 'INSERT INTO idempotency_keys (key, request) VALUES (?, ?) ON CONFLICT (key) DO NOTHING';
            if (query($db, $claim, [$key, $request])->rowCount() === 0) {
                return $this->replay($key, $request);
            }
            $response = $this->carryOut($from, $to, $amount, $memo);
            query(
                $db,
                'UPDATE idempotency_keys SET status = ?, location = ?, body = ? WHERE key = ?',
                [$response->status, $response->headers['Location'] ?? null, $response->text, $key],
            );
            return $response;
        });
    }

    private function replay(string $key, string $request): Response
    {
        $sql = 'SELECT (request = ?::jsonb) AS same, status, location, body FROM idempotency_keys WHERE key = ?';
        $answer = query($this->db, $sql, [$request, $key])->fetch();
        if (!$answer['same']) {
            throw Problem::refusal('key-reused');
        }
        $headers = $answer['location'] === null ? [] : ['Location' => $answer['location']];
        return new Response($answer['status'], $answer['body'], $headers + ['Idempotency-Replayed' => 'true']);
    }

    private function carryOut(?string $from, string $to, string $amount, ?string $memo): Response
    {
        if ($from === $to) {
            return Problem::refusal('same-account')->response();
        }
        $accounts = $this->lockAccounts([$from ?? $to, $to], $amount);
        $payee = $accounts[$to] ?? null;
        $payer = $from === null ? null : ($accounts[$from] ?? null);
        $refusal = match (true) {
            $payee === null || ($from !== null && $payer === null) => 'unknown-account',
            $payer !== null && $payer['currency'] !== $payee['currency'] => 'currency-mismatch',
            $payer !== null && !$payer['can_pay'] => 'insufficient-funds',
            !$payee['can_receive'] => 'balance-limit',
            default => null,
        };
        if ($refusal !== null) {
            return Problem::refusal($refusal)->response();
        }
        $movement = query(
            $this->db,
            'INSERT INTO movements AS m (from_account_id, to_account_id, amount, memo) VALUES (?, ?, ?, ?)
             RETURNING m.id, m.from_account_id, m.to_account_id, m.amount, m.memo, ' . self::TIME,
            [$from, $to, $amount, $memo],
        )->fetch();
        if ($from !== null) {
            $this->enter($movement['id'], $from, "-$amount");
        }
        $this->enter($movement['id'], $to, $amount);
        $path = $from === null ? '/deposits/' : '/transfers/';
        $body = self::present($movement + ['currency' => $payee['currency']]);
        return Response::json(201, $body, ['Location' => $path . $movement['id']]);
    }

    /**
     * Locks in the order of ids, whoever pays, so that opposite transfers cannot deadlock.
     *
     * @param array{string, string} $ids
     * @return array<string, array<string, mixed>>
     */
    private function lockAccounts(array $ids, string $amount): array
    {
        $rows = query(
            $this->db,
            'SELECT id, currency, balance + overdraft_limit >= ?::numeric AS can_pay,
                    balance + ?::numeric < 1000000000000000 AS can_receive
             FROM accounts WHERE id IN (?, ?) ORDER BY id FOR UPDATE',
            [$amount, $amount, ...$ids],
        )->fetchAll();
        return array_column($rows, null, 'id');
    }

    private function enter(string $movementId, string $accountId, string $amount): void
    {
        $balance = query(
            $this->db,
            'UPDATE accounts SET balance = balance + ?::numeric, version = version + 1 WHERE id = ? RETURNING balance',
            [$amount, $accountId],
        )->fetchColumn();
        query(
            $this->db,
            'INSERT INTO entries (movement_id, account_id, amount, balance_after) VALUES (?, ?, ?, ?)',
            [$movementId, $accountId, $amount, $balance],
        );
    }

    private function get(string $id, string $condition): Response
    {
        $row = query($this->db, self::SELECT . " WHERE m.id = ? AND $condition", [$id])->fetch();
        return $row ? Response::json(200, self::present($row)) : throw Problem::notFound();
    }

    /** A movement as the API shows it: a deposit when no account of ours paid. */
    private static function present(array $row): array
    {
        $accounts = $row['from_account_id'] === null
            ? ['accountId' => $row['to_account_id']]
            : ['fromAccountId' => $row['from_account_id'], 'toAccountId' => $row['to_account_id']];
        return ['id' => $row['id']] + $accounts + [
            'amount' => $row['amount'],
            'currency' => $row['currency'],
            'memo' => $row['memo'],
            'createdAt' => $row['created_at'],
        ];
    }
}
