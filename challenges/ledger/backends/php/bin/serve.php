<?php

declare(strict_types=1);

/*
 * Runs PHP's own server with several workers, in a process group of its own. Told to stop (SIGTERM, SIGINT), it passes SIGINT to
 * all of them, upon which each finishes its request and ends; SIGTERM would break off the requests and leave workers behind.
 */

$root = dirname(__DIR__);
$listen = (getenv('HOST') ?: '127.0.0.1') . ':' . (getenv('PORT') ?: '8000');
$arguments = ['-c', "$root/php.ini", '-S', $listen, '-t', "$root/public", "$root/public/index.php"];
$environment = ['PHP_CLI_SERVER_WORKERS' => getenv('WEB_CONCURRENCY') ?: '8'] + getenv();

$server = pcntl_fork();
if ($server === 0) {
    posix_setpgid(0, 0);
    pcntl_exec(PHP_BINARY, $arguments, $environment);
    exit(127);
}

pcntl_async_signals(true);
$stop = static fn () => posix_kill(-$server, SIGINT);
pcntl_signal(SIGTERM, $stop, restart_syscalls: false);
pcntl_signal(SIGINT, $stop, restart_syscalls: false);
while (pcntl_waitpid($server, $status) === -1 && pcntl_get_last_error() === PCNTL_EINTR) {
    // A signal came; the server is still finishing.
}
exit(pcntl_wifexited($status) ? pcntl_wexitstatus($status) : 1);
