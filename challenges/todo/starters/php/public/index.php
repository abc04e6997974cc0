<?php

declare(strict_types=1);

// $database = new PDO(…) from getenv('DATABASE_URL'); create the tables in bin/migrate.php.

$path = strtok($_SERVER['REQUEST_URI'], '?');
if ($_SERVER['REQUEST_METHOD'] === 'POST' && $path === '/todos') {
    // Begin here: keep the todo and answer 201 with Location and ETag. Then run `assay check` and read the first finding.
    sendProblem(501, 'Not Implemented', 'Todos cannot be created yet.');
} else {
    sendProblem(404, 'Not Found', 'There is nothing at this path yet.');
}

function sendProblem(int $status, string $title, string $detail): void
{
    http_response_code($status);
    header('Content-Type: application/problem+json');
    echo json_encode(['type' => 'about:blank', 'title' => $title, 'status' => $status, 'detail' => $detail]);
}
