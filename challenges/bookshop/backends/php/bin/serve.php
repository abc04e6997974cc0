<?php

declare(strict_types=1);

/*
 * Runs PHP's own server with several workers, in a process group of its own. Told to stop (SIGTERM, SIGINT), it passes SIGINT to
 * all of them, upon which each finishes its request and ends; SIGTERM would break off the requests and leave workers behind.
 * A server that ends by itself (a Content-Length of terabytes is enough) is started again.
 */

$root = dirname(__DIR__);
$listen = (getenv('HOST') ?: '127.0.0.1') . ':' . (getenv('PORT') ?: '8000');
$arguments = ['-c', "$root/php.ini", '-S', $listen, '-t', "$root/public", "$root/public/index.php"];
$environment = ['PHP_CLI_SERVER_WORKERS' => getenv('WEB_CONCURRENCY') ?: '8'] + getenv();

$server = 0;
$stopping = false;
$stop = static function () use (&$server, &$stopping): void {
    $stopping = true;
    posix_kill(-$server, SIGINT);
};
pcntl_async_signals(true);
pcntl_signal(SIGTERM, $stop, restart_syscalls: false);
pcntl_signal(SIGINT, $stop, restart_syscalls: false);

for ($failures = 0; !$stopping && $failures < 10; $failures = time() - $startedAt < 2 ? $failures + 1 : 0) {
    $startedAt = time();
    $server = pcntl_fork();
    if ($server === 0) {
        posix_setpgid(0, 0);
        pcntl_exec(PHP_BINARY, $arguments, $environment);
        exit(127);
    }
    while (pcntl_waitpid($server, $status) === -1 && pcntl_get_last_error() === PCNTL_EINTR) {
        // A signal came; the server is still finishing.
    }
    if (!$stopping) {
        // Its workers live on and hold the port; it is free a moment after they are gone.
        posix_kill(-$server, SIGKILL);
        usleep(50_000);
    }
}

exit($stopping ? 0 : 1);
