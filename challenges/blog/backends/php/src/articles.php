<?php

declare(strict_types=1);

namespace Blog;

use PDO;

/** Requests for /articles. */
final class Articles
{
    private const SELECT = <<<'SQL'
        SELECT a.id, a.position, a.author_id, u.name AS author_name, a.slug, a.title, a.text, a.tags, a.status,
               to_char(a.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
               to_char(a.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at
        FROM articles a JOIN users u ON u.id = a.author_id
        SQL;

    public function __construct(private readonly PDO $db, private readonly Auth $auth)
    {
    }

    public function create(Request $request): Response
    {
        $user = $this->auth->user($request);
        $article = checkBody($request->json(), ['slug' => Rules::slug(...)] + self::fields(), ['slug', 'title', 'text']);
        $row = $this->insert($user, $article);
        return self::tagged(201, $row, ['Location' => "/articles/{$row['id']}"]);
    }

    /** All of them or none. */
    public function import(Request $request): Response
    {
        $user = $this->auth->user($request);
        $articles = readFeed($request->text('application/xml'));
        $rows = transaction($this->db, function () use ($user, $articles): array {
            // One import at a time: two of the same slugs in another order would wait for each other.
            query($this->db, 'SELECT pg_advisory_xact_lock(20250302)');
            return array_map(fn (array $article) => $this->insert($user, $article), $articles);
        });
        return Response::json(201, ['items' => array_map(self::present(...), $rows)]);
    }

    /** What is published, and the reader's own drafts. */
    public function list(Request $request): Response
    {
        $reader = $this->auth->reader($request);
        $fields = ['authorId' => Rules::uuid(...), 'tag' => Rules::tag(...), 'q' => Rules::search(...)];
        $parameters = checkQuery($request, Rules::paging() + $fields);
        $query = new ListQuery(self::SELECT, 'a.position', $parameters['cursor']);
        if ($reader === null) {
            $query->where("a.status = 'published'");
        } else {
            $query->where("(a.status = 'published' OR a.author_id = ?)", $reader['id']);
        }
        if ($parameters['authorId'] !== null) {
            $query->where('a.author_id = ?', $parameters['authorId']);
        }
        if ($parameters['tag'] !== null) {
            $query->where('a.tags @> ?::jsonb', encode([$parameters['tag']]));
        }
        if (trim($parameters['q'] ?? '') !== '') {
            $query->where("a.words @@ plainto_tsquery('simple', ?)", $parameters['q']);
        }
        return Response::json(200, $query->page($this->db, $parameters['limit'], self::present(...)));
    }

    public function get(Request $request, string $id): Response
    {
        $article = $this->find($this->auth->reader($request), $id);
        $ifNoneMatch = str_replace('W/', '', $request->header('If-None-Match') ?? '');
        if (self::lists($ifNoneMatch, self::etag($article))) {
            return new Response(304, headers: ['ETag' => self::etag($article)]);
        }
        return self::tagged(200, $article);
    }

    public function update(Request $request, string $id): Response
    {
        $user = $this->auth->user($request);
        $changes = checkBody($request->json('application/merge-patch+json'), self::fields());
        $ifMatch = $request->header('If-Match');
        $row = transaction($this->db, function () use ($user, $id, $changes, $ifMatch): array {
            $article = $this->find($user, $id, 'FOR UPDATE OF a');
            if ($article['author_id'] !== $user['id']) {
                throw Problem::refusal('forbidden');
            }
            if ($ifMatch !== null && !self::lists($ifMatch, self::etag($article))) {
                throw new Problem(412, 'The article has changed since it was read.');
            }
            $tags = isset($changes['tags']) ? encode($changes['tags']) : $article['tags'];
            query(
                $this->db,
                'UPDATE articles SET title = ?, text = ?, tags = ?, status = ?, updated_at = clock_timestamp() WHERE id = ?',
                [$changes['title'] ?? $article['title'], $changes['text'] ?? $article['text'], $tags, $changes['status'] ?? $article['status'], $id],
            );
            return $this->find($user, $id);
        });
        return self::tagged(200, $row);
    }

    public function delete(Request $request, string $id): Response
    {
        $user = $this->auth->user($request);
        $mayAny = $user['role'] === 'admin' ? 'true' : 'false';
        $sql = "DELETE FROM articles WHERE id = ? AND (author_id = ? OR (?::boolean AND status = 'published'))";
        if (query($this->db, $sql, [$id, $user['id'], $mayAny])->rowCount() === 0) {
            $this->find($user, $id);
            throw Problem::refusal('forbidden');
        }
        return new Response(204);
    }

    /**
     * A draft is there for its author alone.
     *
     * @param ?array<string, mixed> $reader
     * @return array<string, mixed>
     */
    public function find(?array $reader, string $id, string $lock = ''): array
    {
        $sql = self::SELECT . " WHERE a.id = ? AND (a.status = 'published' OR a.author_id = ?) $lock";
        return query($this->db, $sql, [$id, $reader['id'] ?? null])->fetch() ?: throw Problem::notFound();
    }

    /** @return array<string, mixed> */
    private function insert(array $author, array $article): array
    {
        $row = insert(
            $this->db,
            'INSERT INTO articles (author_id, slug, title, text, tags, status) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
            [
                $author['id'], $article['slug'], $article['title'], $article['text'],
                encode($article['tags'] ?? []), $article['status'] ?? 'draft',
            ],
            'slug-taken',
        );
        return $this->find($author, $row['id']);
    }

    /** @return array<string, callable(mixed): ?string> */
    private static function fields(): array
    {
        return [
            'title' => Rules::title(...),
            'text' => Rules::articleText(...),
            'tags' => Rules::tags(...),
            'status' => Rules::status(...),
        ];
    }

    private static function tagged(int $status, array $row, array $headers = []): Response
    {
        return Response::json($status, self::present($row), ['ETag' => self::etag($row)] + $headers);
    }

    private static function etag(array $row): string
    {
        return '"' . substr(hash('sha256', encode(self::present($row))), 0, 24) . '"';
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
            'slug' => $row['slug'],
            'title' => $row['title'],
            'text' => $row['text'],
            'tags' => json_decode($row['tags']),
            'status' => $row['status'],
            'author' => ['id' => $row['author_id'], 'name' => $row['author_name']],
            'createdAt' => $row['created_at'],
            'updatedAt' => $row['updated_at'],
        ];
    }
}
