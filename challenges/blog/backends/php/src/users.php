<?php

declare(strict_types=1);

namespace Blog;

use PDO;

/** Requests for /users, /sessions and /me. */
final class Users
{
    public const COLUMNS = <<<'SQL'
        id, position, email, role, name, bio, avatar_url, website,
        to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
        SQL;

    public function __construct(private readonly PDO $db, private readonly Auth $auth)
    {
    }

    public function signUp(Request $request): Response
    {
        $fields = ['email' => Rules::email(...), 'password' => Rules::password(...), 'name' => Rules::name(...)];
        $body = checkBody($request->json(), $fields, array_keys($fields));
        $sql = 'INSERT INTO users (email, password_hash, name) VALUES (?, ?, ?) RETURNING ' . self::COLUMNS;
        $row = insert($this->db, $sql, [$body['email'], hashPassword($body['password']), $body['name']], 'email-taken');
        return Response::json(201, self::present($row));
    }

    public function logIn(Request $request): Response
    {
        $fields = ['email' => Rules::email(...), 'password' => Rules::password(...)];
        $body = checkBody($request->json(), $fields, array_keys($fields));
        $session = $this->auth->logIn($body['email'], $body['password']);
        return Response::json(200, $session, ['Cache-Control' => 'no-store']);
    }

    public function list(Request $request): Response
    {
        if ($this->auth->user($request)['role'] !== 'admin') {
            throw Problem::refusal('forbidden');
        }
        ['limit' => $limit, 'cursor' => $cursor] = checkQuery($request, Rules::paging());
        $query = new ListQuery('SELECT ' . self::COLUMNS . ' FROM users', 'position', $cursor);
        return Response::json(200, $query->page($this->db, $limit, self::present(...)));
    }

    public function getMe(Request $request): Response
    {
        return Response::json(200, self::present($this->auth->user($request)));
    }

    public function updateMe(Request $request): Response
    {
        $user = $this->auth->user($request);
        $fields = ['name' => Rules::name(...), 'bio' => Rules::bio(...), 'avatarUrl' => Rules::avatarUrl(...)];
        return $this->change($user, checkBody($request->json('application/merge-patch+json'), $fields));
    }

    public function setWebsite(Request $request): Response
    {
        $user = $this->auth->user($request);
        ['url' => $url] = checkBody($request->json(), ['url' => Rules::websiteUrl(...)], ['url']);
        if (!isReachable($url)) {
            throw Problem::refusal('website-unreachable');
        }
        return $this->change($user, ['website' => $url]);
    }

    public function continueTo(Request $request): Response
    {
        ['to' => $to] = checkQuery($request, ['to' => Rules::sitePath(...)], ['to']);
        return new Response(303, headers: ['Location' => $to]);
    }

    /**
     * @param array<string, mixed> $user
     * @param array<string, ?string> $changes
     */
    private function change(array $user, array $changes): Response
    {
        $columns = ['name' => 'name', 'bio' => 'bio', 'avatarUrl' => 'avatar_url', 'website' => 'website'];
        if ($changes !== []) {
            $assignments = array_map(static fn (string $name) => "$columns[$name] = ?", array_keys($changes));
            $sql = 'UPDATE users SET ' . implode(', ', $assignments) . ' WHERE id = ? RETURNING ' . self::COLUMNS;
            $user = query($this->db, $sql, [...array_values($changes), $user['id']])->fetch();
        }
        return Response::json(200, self::present($user));
    }

    /** The user as they themselves and an admin see them. */
    private static function present(array $row): array
    {
        return [
            'id' => $row['id'],
            'email' => $row['email'],
            'name' => $row['name'],
            'role' => $row['role'],
            'bio' => $row['bio'],
            'avatarUrl' => $row['avatar_url'],
            'website' => $row['website'],
            'createdAt' => $row['created_at'],
        ];
    }
}
