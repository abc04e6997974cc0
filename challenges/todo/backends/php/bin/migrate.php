<?php

declare(strict_types=1);

// Creates the tables. Safe to run again, and several times at once: the script takes a lock.
require __DIR__ . '/../src/database.php';

connect()->exec(file_get_contents(__DIR__ . '/../schema.sql'));
