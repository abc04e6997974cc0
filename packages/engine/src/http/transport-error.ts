import { Fault, type TransportErrorKind } from '@assay/contract';
import { errors } from 'undici';
import { errorCode } from '../home/folder-fault.ts';

export interface TransportError {
  readonly kind: TransportErrorKind;
  readonly message: string;
}

/** How far an exchange had come when it failed. */
export interface Progress {
  /** The connection was open and the request was being written. */
  readonly sent: boolean;
  readonly status: number | null;
  readonly bodyBytes: number;
  /** What Content-Length said, or null. */
  readonly promisedBytes: string | null;
}

/** What our own machine refuses us says nothing about the backend. */
const ownTrouble = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EACCES', 'EPERM']);
const ownMistakes = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH']);

/** Says what an error of undici or of the operating system means. Throws `internal` for what is not the backend's doing. */
export function classify(error: Error, progress: Progress): TransportError {
  const code = errorCode(error) ?? '';
  if (ownMistakes.has(code))
    throw new Fault('internal', `A request cannot be sent: ${error.message}.`, undefined, { cause: error });
  if (!progress.sent) {
    if (ownTrouble.has(code))
      throw new Fault('internal', `No connection can be opened: ${error.message}.`, undefined, { cause: error });
    return { kind: 'refused', message: `Nothing takes the connection: ${error.message}.` };
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return { kind: 'protocol', message: 'The header of the response does not end within 64 KiB.' };
  // An end in the middle of a message is told by `reset`, below.
  if (error instanceof errors.HTTPParserError && !error.message.includes('Invalid EOF state')) {
    return { kind: 'protocol', message: `What came back is not HTTP: ${reasonOf(error.message)}.` };
  }
  // undici says so of any error in the header after a Content-Length, too.
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' && progress.status === null) {
    return {
      kind: 'protocol',
      message: 'What came back is not HTTP: its header is malformed at or after Content-Length.',
    };
  }
  if (error.message === 'bad upgrade')
    return { kind: 'protocol', message: 'The response switches protocols (101) without having been asked.' };
  if (error.message === 'bad response')
    return { kind: 'protocol', message: 'A response came that no request had asked for.' };
  return { kind: 'reset', message: closedMessage(progress) };
}

function reasonOf(message: string): string {
  return /\((.*)\)$/s.exec(message)?.[1] ?? message;
}

function closedMessage({ status, bodyBytes, promisedBytes }: Progress): string {
  if (status === null) return 'The connection was closed before a response came.';
  const of =
    promisedBytes === null
      ? `${bodyBytes} bytes of its body`
      : `${bodyBytes} of the ${promisedBytes} bytes of its body`;
  return `The connection was closed in the middle of the response (status ${status}), after ${of}.`;
}
