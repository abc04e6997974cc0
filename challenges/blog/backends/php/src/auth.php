<?php

declare(strict_types=1);

namespace Blog;

use PDO;

const TOKEN_LIFETIME = 3600;
const ATTEMPTS_ALLOWED = 10;

function hashPassword(string $password): string
{
    return password_hash($password, PASSWORD_ARGON2ID, ['memory_cost' => 19 * 1024, 'time_cost' => 3, 'threads' => 1]);
}

function createAdmin(PDO $db, string $email, string $password): void
{
    if ($email === '' || $password === '') {
        return;
    }
    $sql = "INSERT INTO users (email, password_hash, name, role) VALUES (?, ?, 'Admin', 'admin') ON CONFLICT DO NOTHING";
    query($db, $sql, [$email, hashPassword($password)]);
}

/** Who sends a request, and how they come to be known. */
final class Auth
{
    // Compared with when nobody has the address, so that it takes the same time. Of a random password, made by hashPassword().
    private const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=3,p=1$UkcwVTVNRHJoWDhXNGVNVA$bZYI9ELSJJ5bDo81Z2GGf+g6d2sgn4dAqqzmtCehg5k';

    public function __construct(private readonly PDO $db)
    {
    }

    /** @return array{token: string, expiresAt: string} for whoever has this address and password */
    public function logIn(string $email, string $password): array
    {
        $address = strtolower($email);
        $this->countAttempt($address);
        $user = query($this->db, 'SELECT id, password_hash FROM users WHERE lower(email) = ?', [$address])->fetch();
        $matches = password_verify($password, $user ? $user['password_hash'] : self::NOBODYS_HASH);
        if (!$user || !$matches) {
            throw Problem::refusal('wrong-credentials', ['WWW-Authenticate' => 'Bearer']);
        }
        query($this->db, 'DELETE FROM login_attempts WHERE email = ?', [$address]);
        $now = time();
        $token = makeToken(['sub' => $user['id'], 'iat' => $now, 'exp' => $now + TOKEN_LIFETIME]);
        return ['token' => $token, 'expiresAt' => gmdate('Y-m-d\TH:i:s\Z', $now + TOKEN_LIFETIME)];
    }

    /** Before the password is looked at: many guesses at once are not more than as many one by one. */
    private function countAttempt(string $address): void
    {
        $counted = query(
            $this->db,
            "INSERT INTO login_attempts AS a (email, attempts, first_at) VALUES (?, 1, now())
             ON CONFLICT (email) DO UPDATE SET
               attempts = CASE WHEN a.first_at < now() - interval '15 minutes' THEN 1 ELSE a.attempts + 1 END,
               first_at = CASE WHEN a.first_at < now() - interval '15 minutes' THEN now() ELSE a.first_at END
             RETURNING attempts, ceil(extract(epoch FROM first_at + interval '15 minutes' - now()))::int AS seconds",
            [$address],
        )->fetch();
        if ($counted['attempts'] > ATTEMPTS_ALLOWED) {
            throw Problem::refusal('too-many-attempts', ['Retry-After' => (string) max($counted['seconds'], 1)]);
        }
    }

    /** @return array<string, mixed> the user whose token the request carries */
    public function user(Request $request): array
    {
        return $this->reader($request) ?? throw Problem::unauthorized();
    }

    /** @return ?array<string, mixed> the same; null when it carries no token */
    public function reader(Request $request): ?array
    {
        $header = $request->header('Authorization');
        if ($header === null) {
            return null;
        }
        $token = preg_match('/^Bearer +(\S+)$/iD', $header, $match) ? $match[1] : '';
        $claims = readToken($token);
        $id = $claims['sub'] ?? null;
        $user = Rules::uuid($id) === null
            ? query($this->db, 'SELECT ' . Users::COLUMNS . ' FROM users WHERE id = ?', [$id])->fetch()
            : false;
        return $user ?: throw Problem::unauthorized();
    }
}

/** @param array<string, mixed> $claims */
function makeToken(array $claims): string
{
    $signed = toBase64Url(encode(['alg' => 'HS256', 'typ' => 'JWT'])) . '.' . toBase64Url(encode($claims));
    return $signed . '.' . toBase64Url(signature($signed));
}

/** @return ?array<string, mixed> the claims of a token that is ours and has not expired */
function readToken(string $token): ?array
{
    $parts = explode('.', $token);
    if (count($parts) !== 3) {
        return null;
    }
    [$header, $claims, $signature] = array_map(fromBase64Url(...), $parts);
    // One algorithm, whatever the token says; what it says must agree.
    if (!hash_equals(signature("$parts[0].$parts[1]"), $signature) || (json_decode($header, true)['alg'] ?? null) !== 'HS256') {
        return null;
    }
    $claims = json_decode($claims, true);
    return is_int($claims['exp'] ?? null) && $claims['exp'] > time() ? $claims : null;
}

function signature(string $signed): string
{
    return hash_hmac('sha256', $signed, getenv('SECRET') ?: throw new \LogicException('SECRET is not set'), true);
}

function toBase64Url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function fromBase64Url(string $text): string
{
    return base64_decode(strtr($text, '-_', '+/'), true) ?: '';
}
