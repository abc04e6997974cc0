/** What a stream says when whoever read it has gone: the pipe's reader (`| head -1`), or the terminal. */
const gone = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * Lets the reader of our output go before its end: that is no error, and there is nobody to tell. Output that cannot be written for
 * another reason (a full disk) is one: the exit status is then `status`.
 */
export function tolerateClosedOutput(status: number): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (gone.has(error.code ?? '')) return;
      if (stream === process.stdout) process.stderr.write(`assay: the output could not be written: ${error.message}\n`);
      process.once('exit', () => (process.exitCode = status));
    });
  }
}
