<?php

declare(strict_types=1);

namespace Ledger;

/** The request as the handlers see it. */
final class Request
{
    public readonly string $method;
    public readonly string $path;
    public readonly string $query;

    public function __construct()
    {
        $this->method = $_SERVER['REQUEST_METHOD'];
        // A client may send the whole URL as the request target.
        $target = preg_replace('#^https?://[^/?]*#i', '', $_SERVER['REQUEST_URI']);
        [$this->path, $this->query] = explode('?', $target, 2) + [1 => ''];
    }

    public function header(string $name): ?string
    {
        return $_SERVER['HTTP_' . strtoupper(strtr($name, '-', '_'))] ?? null;
    }

    /** The body, parsed as JSON: objects as `stdClass`. */
    public function json(string $mediaType): mixed
    {
        $parameters = array_map('trim', explode(';', strtolower($this->header('Content-Type') ?? '')));
        $type = array_shift($parameters);
        $charsets = array_filter($parameters, static fn ($parameter) => str_starts_with($parameter, 'charset='));
        if ($type !== $mediaType || array_diff($charsets, ['charset=utf-8', 'charset="utf-8"']) !== []) {
            throw new Problem(415, "The body must be $mediaType in UTF-8.");
        }
        if (!in_array(strtolower($this->header('Content-Encoding') ?? ''), ['', 'identity'], true)) {
            throw new Problem(415, 'The body must not be encoded.');
        }
        $limit = 256 * 1024;
        $text = file_get_contents('php://input', length: $limit + 1);
        if (strlen($text) > $limit) {
            throw new Problem(413, 'The body is over 256 KiB.');
        }
        try {
            return json_decode($text, flags: JSON_THROW_ON_ERROR);
        } catch (\JsonException) {
            throw new Problem(400, 'The body is not JSON in UTF-8.');
        }
    }
}

final class Response
{
    /** @param array<string, string> $headers */
    public function __construct(
        public readonly int $status,
        public readonly string $text = '',
        public readonly array $headers = [],
    ) {
    }

    /** @param array<string, string> $headers */
    public static function json(int $status, mixed $body, array $headers = []): self
    {
        return new self($status, encode($body), $headers);
    }

    public function send(bool $withBody): void
    {
        http_response_code($this->status);
        foreach ($this->headers as $name => $value) {
            header("$name: $value");
        }
        if ($this->text === '') {
            return;
        }
        header('Content-Type: ' . ($this->status < 400 ? 'application/json' : 'application/problem+json'));
        header('Content-Length: ' . strlen($this->text));
        if ($withBody) {
            echo $this->text;
        }
    }
}

function encode(mixed $value): string
{
    return json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
}

/** An error that is told to the client, as problem details (RFC 9457). */
final class Problem extends \Exception
{
    private const TITLES = [
        400 => 'Bad Request', 404 => 'Not Found', 405 => 'Method Not Allowed', 412 => 'Precondition Failed',
        413 => 'Content Too Large', 415 => 'Unsupported Media Type', 500 => 'Internal Server Error', 503 => 'Service Unavailable',
    ];

    private const REFUSALS = [
        'unknown-account' => [404, 'There is no such account.'],
        'account-in-use' => [409, 'The account has entries, so it cannot be deleted.'],
        'overdraft-in-use' => [409, 'The account is overdrawn by more than the new limit.'],
        'currency-mismatch' => [409, 'The accounts are in different currencies.'],
        'insufficient-funds' => [409, 'The paying account has too little money.'],
        'balance-limit' => [409, 'The receiving balance would be too large.'],
        'same-account' => [422, 'Both accounts are the same.'],
        'key-reused' => [422, 'This Idempotency-Key was used with another request.'],
    ];

    /**
     * @param array<string, string> $headers
     * @param list<array<string, string>> $errors
     */
    public function __construct(
        private readonly int $status,
        private readonly string $detail,
        private readonly array $headers = [],
        private readonly string $type = 'about:blank',
        private readonly ?string $title = null,
        private readonly array $errors = [],
    ) {
        parent::__construct($detail);
    }

    public static function notFound(): self
    {
        return new self(404, 'There is nothing here by that id or path.');
    }

    /** @param list<array<string, string>> $errors */
    public static function invalid(array $errors): self
    {
        $type = 'urn:ledger:invalid-request';
        return new self(400, 'The request is not as documented.', type: $type, title: 'Invalid request', errors: $errors);
    }

    public static function refusal(string $name): self
    {
        [$status, $detail] = self::REFUSALS[$name];
        return new self($status, $detail, type: "urn:ledger:$name", title: ucfirst(strtr($name, '-', ' ')));
    }

    public function response(): Response
    {
        $body = [
            'type' => $this->type,
            'title' => $this->title ?? self::TITLES[$this->status],
            'status' => $this->status,
            'detail' => $this->detail,
        ];
        return Response::json($this->status, $this->errors === [] ? $body : $body + ['errors' => $this->errors], $this->headers);
    }
}
