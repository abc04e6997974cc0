<?php

declare(strict_types=1);

namespace Bookshop;

use PDO;

/** Requests for /authors. */
final class Authors
{
    private const SELECT = <<<'SQL'
        SELECT id, name, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "createdAt",
               (SELECT count(*) FROM book_authors WHERE author_id = authors.id) AS books
        FROM authors
        SQL;

    public function __construct(private readonly PDO $db)
    {
    }

    public function create(Request $request): Response
    {
        $author = checkBody($request->json('application/json'), ['name' => Rules::name(...)], ['name']);
        $id = query($this->db, 'INSERT INTO authors (name) VALUES (?) RETURNING id', [$author['name']])->fetchColumn();
        return Response::json(201, $this->find($id), ['Location' => "/authors/$id"]);
    }

    public function list(Request $request): Response
    {
        $parameters = checkQuery($request, ['limit' => Rules::limit(...), 'cursor' => Rules::cursor(...)]);
        $query = new ListQuery(self::SELECT, 'authors', ['id'], 'DESC');
        return Response::json(200, $query->page($this->db, $parameters['limit'], $parameters['cursor'], static fn (array $rows) => $rows));
    }

    public function get(Request $request, int $id): Response
    {
        return Response::json(200, $this->find($id));
    }

    public function update(Request $request, int $id): Response
    {
        $changes = checkBody($request->json('application/merge-patch+json'), ['name' => Rules::name(...)]);
        if ($changes !== []) {
            query($this->db, 'UPDATE authors SET name = ? WHERE id = ?', [$changes['name'], $id]);
        }
        return Response::json(200, $this->find($id));
    }

    public function delete(Request $request, int $id): Response
    {
        $delete = fn () => query($this->db, 'DELETE FROM authors WHERE id = ?', [$id])->rowCount();
        $deleted = refusing([FOREIGN_KEY_VIOLATION => 'author-has-books'], $delete);
        return $deleted === 1 ? new Response(204) : throw Problem::notFound();
    }

    public function sales(Request $request, int $id): Response
    {
        $this->find($id);
        $sales = query(
            $this->db,
            "SELECT coalesce(sum(l.copies), 0) AS copies, coalesce(sum(l.copies * l.price), 0.00) AS revenue
             FROM book_authors ba
             JOIN order_lines l ON l.book_id = ba.book_id
             JOIN orders o ON o.id = l.order_id
             WHERE ba.author_id = ? AND o.status = 'placed'",
            [$id],
        )->fetch();
        return Response::json(200, $sales);
    }

    private function find(int $id): array
    {
        $row = query($this->db, self::SELECT . ' WHERE id = ?', [$id])->fetch();
        return $row ?: throw Problem::notFound();
    }
}
