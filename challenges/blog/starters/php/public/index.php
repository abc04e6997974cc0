<?php

declare(strict_types=1);

// Begin here. What must hold is in brief.md, every path and field in openapi.yaml; `assay check` tells what holds already.
// Tables belong in a file migrate.php beside the folder public: Assay runs it once before the server starts.
// A connection: new PDO('pgsql:', getenv('PGUSER'), getenv('PGPASSWORD')) takes host, port and database from the PG* variables.

function sendProblem(int $status, string $title, string $detail): void
{
    http_response_code($status);
    header('Content-Type: application/problem+json');
    echo json_encode(['type' => 'about:blank', 'title' => $title, 'status' => $status, 'detail' => $detail]);
}

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

if ($_SERVER['REQUEST_METHOD'] === 'POST' && $path === '/users') {
    // The first operation to write: insert the user with a hash of the password, then answer 201 with the profile.
    sendProblem(501, 'Not Implemented', 'Signing up is not written yet.');
} else {
    sendProblem(404, 'Not Found', 'There is nothing here yet.');
}
