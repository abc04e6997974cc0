<?php

declare(strict_types=1);

require __DIR__ . '/../src/database.php';
require __DIR__ . '/../src/auth.php';

// Creates what is missing, and the admin. The lock lets several start at once.
Blog\transaction(Blog\connect(), static function (PDO $db): void {
    $db->exec('SELECT pg_advisory_xact_lock(20250301)');
    $db->exec(file_get_contents(__DIR__ . '/../schema.sql'));
    Blog\createAdmin($db, getenv('ADMIN_EMAIL') ?: '', getenv('ADMIN_PASSWORD') ?: '');
});
