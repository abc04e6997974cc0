<?php

declare(strict_types=1);

// Runs once before the server starts. Create the tables here, with CREATE TABLE IF NOT EXISTS.
