import type { Body, Exchange } from '@assay/contract';
import { bodyText } from '../text/body-text.ts';

/**
 * The request as a command line for a POSIX shell, in which curl adds and mends nothing; `$BACKEND` is where the backend listens. Of a body that
 * was not recorded as a whole it has the beginning, and says so.
 */
export function curlOf({ request }: Exchange): string {
  const words = ['curl', '-i'];
  const { body } = request;
  const hasBody = bodyText(body) !== '';
  // With `-X HEAD` curl waits for a body, but `--head` lets it send none; and what it sends one with is a POST where nothing else is said.
  if (request.method === 'HEAD' && !hasBody) words.push('--head');
  else if (request.method !== 'GET' || hasBody) words.push('-X', quoted(request.method));
  // Otherwise `/a/../b` becomes `/b`, and `[1-3]` three requests.
  if (/\/\.|%2e/i.test(request.target)) words.push('--path-as-is');
  if (/[[\]{}]/.test(request.target)) words.push('--globoff');
  words.push(`"$BACKEND"${quoted(request.target)}`);
  for (const [name, value] of request.headers)
    if (!hasBody || !/^content-length$/i.test(name))
      words.push('-H', quoted(value === '' ? `${name};` : `${name}: ${value}`));
  if (!hasBody || body === undefined) return words.join(' ');
  // curl would say that it is a form.
  if (!request.headers.some(([name]) => /^content-type$/i.test(name))) words.push('-H', 'content-type:');
  const whole = body.truncatedFrom === undefined ? '' : `  # the beginning of a body of ${body.truncatedFrom} bytes`;
  const bytes = bytesBeyondText(body);
  if (bytes === null) return `${[...words, '--data-raw', quoted(bodyText(body))].join(' ')}${whole}`;
  return `printf %s ${quoted(bytes)} | base64 -d | ${[...words, '--data-binary', '@-'].join(' ')}${whole}`;
}

/** The body in Base64 where no word of a command line can hold it; null where one can. */
function bytesBeyondText(body: Body): string | null {
  if ('base64' in body) return body.base64;
  return body.text.includes('\0')
    ? btoa(Array.from(new TextEncoder().encode(body.text), (byte) => String.fromCharCode(byte)).join(''))
    : null;
}

function quoted(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
