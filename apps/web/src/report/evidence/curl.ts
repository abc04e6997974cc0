import type { Exchange } from '@assay/contract';
import { bodyText } from '../text/body-text.ts';

/** The request as a command line for a POSIX shell; `$BACKEND` is where the backend listens. */
export function curlOf({ request }: Exchange): string {
  const words = ['curl', '-i'];
  if (request.method !== 'GET') words.push('-X', quoted(request.method));
  words.push(`"$BACKEND"${quoted(request.target)}`);
  for (const [name, value] of request.headers) words.push('-H', quoted(`${name}: ${value}`));
  const body = bodyText(request.body);
  if (body !== '') words.push('--data-raw', quoted(body));
  return words.join(' ');
}

function quoted(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
