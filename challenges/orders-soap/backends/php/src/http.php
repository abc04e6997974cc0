<?php

declare(strict_types=1);

namespace Orders;

const BODY_LIMIT = 256 * 1024;

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

    /** The body; null when it is too large. */
    public function body(): ?string
    {
        $text = file_get_contents('php://input', length: BODY_LIMIT + 1);
        return strlen($text) > BODY_LIMIT ? null : $text;
    }

    /** The body, parsed as JSON: objects as `stdClass`. */
    public function json(): mixed
    {
        $parameters = array_map('trim', explode(';', strtolower($this->header('Content-Type') ?? '')));
        $type = array_shift($parameters);
        $charsets = array_filter($parameters, static fn ($parameter) => str_starts_with($parameter, 'charset='));
        if ($type !== 'application/json' || array_diff($charsets, ['charset=utf-8', 'charset="utf-8"']) !== []) {
            throw new Problem(415, 'The body must be application/json in UTF-8.');
        }
        if (!in_array(strtolower($this->header('Content-Encoding') ?? ''), ['', 'identity'], true)) {
            throw new Problem(415, 'The body must not be encoded.');
        }
        $text = $this->body() ?? throw new Problem(413, 'The body is over 256 KiB.');
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
        $text = json_encode($body, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
        $type = $status < 400 ? 'application/json' : 'application/problem+json';
        return new self($status, $text, ['Content-Type' => $type] + $headers);
    }

    public static function xml(int $status, string $text): self
    {
        return new self($status, $text, ['Content-Type' => 'text/xml; charset=utf-8']);
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
        header('Content-Length: ' . strlen($this->text));
        if ($withBody) {
            echo $this->text;
        }
    }
}

/** An error of the REST face, told as problem details (RFC 9457). */
final class Problem extends \Exception
{
    private const TITLES = [
        400 => 'Bad Request', 404 => 'Not Found', 405 => 'Method Not Allowed', 409 => 'Conflict',
        413 => 'Content Too Large', 415 => 'Unsupported Media Type', 500 => 'Internal Server Error', 503 => 'Service Unavailable',
    ];

    /**
     * @param array<string, string> $headers
     * @param array<string, mixed> $more
     */
    public function __construct(
        private readonly int $status,
        private readonly string $detail,
        private readonly array $headers = [],
        private readonly string $type = 'about:blank',
        private readonly ?string $title = null,
        private readonly array $more = [],
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
        $type = 'urn:orders:invalid-request';
        return new self(400, 'The request is not as documented.', type: $type, title: 'Invalid request', more: ['errors' => $errors]);
    }

    /** What is a declared fault over SOAP is a type of problem here, with the same values. */
    public static function refused(Refusal $refusal): self
    {
        $words = strtolower(preg_replace('/[A-Z]/', '-$0', $refusal->kind));
        return new self(
            $refusal->kind === 'notFound' ? 404 : 409,
            $refusal->getMessage(),
            type: "urn:orders:$words",
            title: ucfirst(strtr($words, '-', ' ')),
            more: $refusal->details,
        );
    }

    public function response(): Response
    {
        $body = [
            'type' => $this->type,
            'title' => $this->title ?? self::TITLES[$this->status],
            'status' => $this->status,
            'detail' => $this->detail,
        ];
        return Response::json($this->status, $body + $this->more, $this->headers);
    }
}

/** A request that is well made and cannot be done as things are: one of the faults that the WSDL declares. */
final class Refusal extends \Exception
{
    /**
     * @param 'notFound'|'outOfStock'|'inUse'|'notOpen' $kind
     * @param array<string, int> $details
     */
    public function __construct(public readonly string $kind, public readonly array $details, string $message)
    {
        parent::__construct($message);
    }
}
