<?php

declare(strict_types=1);

require __DIR__ . '/../src/database.php';

// Creates what is missing. The lock lets several start at once.
Bookshop\transaction(Bookshop\connect(), static function (PDO $db): void {
    $db->exec('SELECT pg_advisory_xact_lock(20240229)');
    $db->exec(file_get_contents(__DIR__ . '/../schema.sql'));
});
