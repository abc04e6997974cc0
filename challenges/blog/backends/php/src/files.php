<?php

declare(strict_types=1);

namespace Blog;

use PDO;

/** Requests for /files. */
final class Files
{
    public function __construct(private readonly PDO $db, private readonly Auth $auth)
    {
    }

    public function create(Request $request): Response
    {
        $user = $this->auth->user($request);
        $fields = ['name' => Rules::fileName(...), 'text' => Rules::articleText(...)];
        ['name' => $name, 'text' => $text] = checkBody($request->json(), $fields, array_keys($fields));
        $sql = "INSERT INTO files (name, owner_id, text) VALUES (?, ?, ?)
            RETURNING to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS created_at";
        $row = insert($this->db, $sql, [$name, $user['id'], $text], 'name-taken');
        $file = ['name' => $name, 'owner' => ['id' => $user['id'], 'name' => $user['name']], 'createdAt' => $row['created_at']];
        return Response::json(201, $file, ['Location' => "/files/$name"]);
    }

    public function get(Request $request, string $name): Response
    {
        $headers = ['Content-Disposition' => "attachment; filename=\"$name\"", 'X-Content-Type-Options' => 'nosniff'];
        return new Response(200, $this->find($name), $headers, 'text/plain; charset=utf-8');
    }

    public function delete(Request $request, string $name): Response
    {
        $user = $this->auth->user($request);
        $sql = 'DELETE FROM files WHERE name = ? AND (owner_id = ? OR ?::boolean)';
        $mayAny = $user['role'] === 'admin' ? 'true' : 'false';
        if (query($this->db, $sql, [$name, $user['id'], $mayAny])->rowCount() === 0) {
            $this->find($name);
            throw Problem::refusal('forbidden');
        }
        return new Response(204);
    }

    private function find(string $name): string
    {
        $row = query($this->db, 'SELECT text FROM files WHERE name = ?', [$name])->fetch();
        return $row ? $row['text'] : throw Problem::notFound();
    }
}
