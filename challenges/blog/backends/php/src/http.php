<?php

declare(strict_types=1);

namespace Blog;

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

    /** The body, as text in UTF-8. */
    public function text(string $mediaType): string
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
        return mb_check_encoding($text, 'UTF-8') ? $text : throw new Problem(400, 'The body is not in UTF-8.');
    }

    /** The body, parsed as JSON: objects as `stdClass`. */
    public function json(string $mediaType = 'application/json'): mixed
    {
        $text = $this->text($mediaType);
        try {
            return json_decode($text, flags: JSON_THROW_ON_ERROR);
        } catch (\JsonException) {
            throw new Problem(400, 'The body is not JSON.');
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
        private readonly ?string $type = null,
    ) {
    }

    /** @param array<string, string> $headers */
    public static function json(int $status, mixed $body, array $headers = []): self
    {
        return new self($status, encode($body), $headers);
    }

    /** @param array<string, string> $headers */
    public function send(bool $withBody, array $headers): void
    {
        http_response_code($this->status);
        foreach ($this->headers + $headers as $name => $value) {
            header("$name: $value");
        }
        if ($this->text === '' && $this->type === null) {
            return;
        }
        header('Content-Type: ' . ($this->type ?? ($this->status < 400 ? 'application/json' : 'application/problem+json')));
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
        400 => 'Bad Request', 401 => 'Unauthorized', 404 => 'Not Found', 405 => 'Method Not Allowed', 412 => 'Precondition Failed',
        413 => 'Content Too Large', 415 => 'Unsupported Media Type', 500 => 'Internal Server Error', 503 => 'Service Unavailable',
    ];

    private const REFUSALS = [
        'forbidden' => [403, 'You may not do this.'],
        'email-taken' => [409, 'Somebody has signed up with this address.'],
        'slug-taken' => [409, 'There is an article with this slug.'],
        'name-taken' => [409, 'There is a file of this name.'],
        'website-unreachable' => [409, 'There is no public website at this URL.'],
        'wrong-credentials' => [401, 'Address and password do not belong together.'],
        'too-many-attempts' => [429, 'There were too many failed attempts for this address.'],
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
        $type = 'urn:blog:invalid-request';
        return new self(400, 'The request is not as documented.', type: $type, title: 'Invalid request', errors: $errors);
    }

    public static function unauthorized(): self
    {
        return new self(401, 'This needs a valid token: sign in.', ['WWW-Authenticate' => 'Bearer']);
    }

    /** @param array<string, string> $headers */
    public static function refusal(string $name, array $headers = []): self
    {
        [$status, $detail] = self::REFUSALS[$name];
        return new self($status, $detail, $headers, type: "urn:blog:$name", title: ucfirst(strtr($name, '-', ' ')));
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
