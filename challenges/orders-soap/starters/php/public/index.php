<?php

declare(strict_types=1);

// Begin here. What must hold is in brief.md, every message in service.wsdl and orders.xsd, every path and field of the REST face in
// openapi.yaml; `assay check` tells what holds already.
// Tables belong in a file migrate.php beside the folder public: Assay runs it once before the server starts.
// A connection: new PDO('pgsql:', getenv('PGUSER'), getenv('PGPASSWORD')) takes host, port and database from the PG* variables.

function sendFault(string $code, string $message): void
{
    http_response_code(500);
    header('Content-Type: text/xml; charset=utf-8');
    $fault = "<soap:Fault><faultcode>soap:$code</faultcode><faultstring>$message</faultstring></soap:Fault>";
    echo "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>$fault</soap:Body></soap:Envelope>";
}

function sendProblem(int $status, string $title, string $detail): void
{
    http_response_code($status);
    header('Content-Type: application/problem+json');
    echo json_encode(['type' => 'about:blank', 'title' => $title, 'status' => $status, 'detail' => $detail]);
}

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

if ($_SERVER['REQUEST_METHOD'] === 'POST' && $path === '/soap/orders') {
    // The first operation to write: load the message into a DOMDocument, hold it against orders.xsd with schemaValidate, insert the
    // product, and answer createProductResponse.
    sendFault('Server', 'No operation is written yet.');
} elseif ($_SERVER['REQUEST_METHOD'] === 'POST' && $path === '/api/products') {
    sendProblem(501, 'Not Implemented', 'This is not written yet.');
} else {
    sendProblem(404, 'Not Found', 'There is nothing here yet.');
}
