<?php

declare(strict_types=1);

namespace Blog;

use PDO;

/** Requests for comments. */
final class Comments
{
    private const TIME = <<<'SQL'
        to_char(c.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
        SQL;

    public function __construct(private readonly PDO $db, private readonly Auth $auth)
    {
    }

    public function create(Request $request, string $articleId): Response
    {
        $user = $this->auth->user($request);
        ['text' => $text] = checkBody($request->json(), ['text' => Rules::comment(...)], ['text']);
        // One statement, so that the article cannot be deleted or withdrawn in between.
        $row = query(
            $this->db,
            "INSERT INTO comments AS c (article_id, author_id, text)
             SELECT id, ?, ? FROM articles WHERE id = ? AND (status = 'published' OR author_id = ?) FOR KEY SHARE
             RETURNING c.id, c.text, c.author_id, " . self::TIME,
            [$user['id'], $text, $articleId, $user['id']],
        )->fetch();
        return $row ? Response::json(201, self::present($row + ['author_name' => $user['name']])) : throw Problem::notFound();
    }

    public function list(Request $request, string $articleId): Response
    {
        $reader = $this->auth->reader($request);
        ['limit' => $limit, 'cursor' => $cursor] = checkQuery($request, Rules::paging());
        (new Articles($this->db, $this->auth))->find($reader, $articleId);
        $select = 'SELECT c.id, c.position, c.text, c.author_id, u.name AS author_name, ' . self::TIME
            . ' FROM comments c JOIN users u ON u.id = c.author_id';
        $query = new ListQuery($select, 'c.position', $cursor);
        $query->where('c.article_id = ?', $articleId);
        return Response::json(200, $query->page($this->db, $limit, self::present(...)));
    }

    public function delete(Request $request, string $id): Response
    {
        $user = $this->auth->user($request);
        $deleted = query(
            $this->db,
            "DELETE FROM comments c USING articles a
             WHERE c.id = ? AND a.id = c.article_id AND (?::uuid IN (c.author_id, a.author_id) OR (?::boolean AND a.status = 'published'))",
            [$id, $user['id'], $user['role'] === 'admin' ? 'true' : 'false'],
        )->rowCount();
        if ($deleted === 0) {
            $sql = "SELECT 1 FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.id = ? AND a.status = 'published'";
            throw query($this->db, $sql, [$id])->fetch() ? Problem::refusal('forbidden') : Problem::notFound();
        }
        return new Response(204);
    }

    private static function present(array $row): array
    {
        return [
            'id' => $row['id'],
            'text' => $row['text'],
            'author' => ['id' => $row['author_id'], 'name' => $row['author_name']],
            'createdAt' => $row['created_at'],
        ];
    }
}
