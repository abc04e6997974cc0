import { createHash } from 'node:crypto';
import type { Service } from '../question/service.ts';
import type { Incoming, Reply } from './reply.ts';

type File = Service['files'][string];

/** A file with its validators, whole or the range that is asked for. */
export function fileReply(file: File, incoming: Incoming): Reply {
  if (!['GET', 'HEAD'].includes(incoming.method)) return { status: 405, headers: { allow: 'GET, HEAD' } };
  const tag = `"${createHash('sha256').update(file.content).digest('hex').slice(0, 8)}"`;
  const headers = {
    'content-type': file.type,
    'accept-ranges': 'bytes',
    etag: tag,
    ...(file.modified === null ? {} : { 'last-modified': file.modified }),
    ...(file.cacheControl === null ? {} : { 'cache-control': file.cacheControl }),
  };
  if (isUnchanged(file, tag, incoming)) return { status: 304, headers };
  const bytes = Buffer.from(file.content);
  const range = rangeOf(incoming, tag, bytes.length);
  if (range === null) return { status: 200, headers, text: file.content };
  if (range === 'outside') return { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes.length}` } };
  const [from, to] = range;
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${to}/${bytes.length}` },
    text: bytes.subarray(from, to + 1).toString('utf8'),
  };
}

function isUnchanged(file: File, tag: string, incoming: Incoming): boolean {
  const none = incoming.header('if-none-match');
  // If-None-Match wins: RFC 9110, 13.2.2.
  if (none !== undefined)
    return none.trim() === '*' || none.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
  const since = Date.parse(incoming.header('if-modified-since') ?? '');
  return !Number.isNaN(since) && file.modified !== null && Date.parse(file.modified) <= since;
}

/** Null: the whole file. */
function rangeOf(incoming: Incoming, tag: string, length: number): readonly [number, number] | 'outside' | null {
  const condition = incoming.header('if-range');
  if (incoming.method !== 'GET' || (condition !== undefined && condition !== tag)) return null;
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(incoming.header('range') ?? '') ?? [];
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  return from >= length || to < from ? 'outside' : [from, to];
}
