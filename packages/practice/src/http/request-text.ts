/** A request as a person writes it. */
export interface WrittenRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** The longest answer: all of its requests together. */
const longest = 20_000;

/** Reads one request or several, parted by lines `###`; what is wrong is told with its line. */
export function readRequests(text: string): readonly WrittenRequest[] | { readonly said: string } {
  if (text.trim() === '') return { said: 'The answer is empty.' };
  if (text.length > longest)
    return {
      said: `An answer may have at most ${longest.toLocaleString('en')} characters; this one has ${text.length.toLocaleString('en')}.`,
    };
  const requests: WrittenRequest[] = [];
  let line = 1;
  for (const part of text.replaceAll('\r\n', '\n').split(/^###.*$/m)) {
    const leading = /^\s*\n/.exec(part)?.[0] ?? '';
    const read = readOne(part.slice(leading.length), line + leading.split('\n').length - 1);
    if ('said' in read) return read;
    requests.push(read);
    line += part.split('\n').length - 1;
  }
  return requests;
}

function readOne(text: string, firstLine: number): WrittenRequest | { readonly said: string } {
  const blank = /\n[ \t]*\n/.exec(text);
  const head = (blank === null ? text : text.slice(0, blank.index)).trimEnd().split('\n');
  const body = blank === null ? '' : text.slice(blank.index + blank[0].length).trimEnd();
  const [method, target] = (head[0] ?? '')
    .trim()
    .replace(/\s+HTTP\/[\d.]+$/i, '')
    .split(/\s+/);
  if (method === undefined || !/^[!#$%&'*+.^_`|~\w-]+$/.test(method) || target === undefined)
    return { said: `Line ${firstLine} must be a request line, such as GET /books/7.` };
  const absolute = target.replace(/^https?:\/\/[^/]+/, '');
  if (!/^\/[\x21-\x7e]*$/.test(absolute))
    return { said: `Line ${firstLine}: the target must begin with / and hold no spaces; encode what is not ASCII.` };
  const headers: [string, string][] = [];
  for (const [index, field] of head.slice(1).entries()) {
    const parts = /^\s*([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(field);
    if (parts === null || !/^[\t\x20-\x7e\x80-\xff]*$/.test(parts[2] ?? ''))
      return { said: `Line ${firstLine + index + 1} must be a header field, such as Accept: application/json.` };
    headers.push([parts[1] ?? '', (parts[2] ?? '').trimEnd()]);
  }
  return { method, target: absolute, headers, body };
}
