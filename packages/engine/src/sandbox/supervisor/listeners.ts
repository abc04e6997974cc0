import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Listener } from '../protocol.ts';

interface ListeningSocket extends Listener {
  readonly inode: string;
}

/** Every TCP port that somebody listens on: in this network namespace, or only what the given processes hold. */
export function findListeners(pids: readonly number[] | null): readonly Listener[] {
  if (process.platform !== 'linux') return pids === null ? [] : parseLsof(askLsof(pids));
  const sockets = [...readTable('/proc/net/tcp', 'ipv4'), ...readTable('/proc/net/tcp6', 'ipv6')];
  if (pids === null) return sockets;
  const held = new Set(pids.flatMap(socketsOf));
  return sockets.filter((socket) => held.has(socket.inode));
}

function readTable(path: string, family: Listener['family']): readonly ListeningSocket[] {
  try {
    return parseTcpTable(readFileSync(path, 'latin1'), family);
  } catch {
    // A kernel without IPv6 has no table for it.
    return [];
  }
}

const listenState = '0A';

/** The listening rows of /proc/net/tcp or tcp6. Addresses are hexadecimal, in words of the machine's byte order. */
export function parseTcpTable(table: string, family: Listener['family']): readonly ListeningSocket[] {
  return table.split('\n').flatMap((line) => {
    const match = /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ ([0-9A-F]{2})(?: +\S+){5} +(\d+)/.exec(line);
    if (match === null || match[3] !== listenState) return [];
    const address = match[1] ?? '';
    return [
      {
        family,
        host: family === 'ipv4' ? ipv4(address) : ipv6(address),
        port: Number.parseInt(match[2] ?? '0', 16),
        inode: match[4] ?? '',
      },
    ];
  });
}

function ipv4(word: string): string {
  return (word.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}

function ipv6(words: string): string {
  const bytes = (words.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.every((byte) => byte === '00')) return '::';
  if (bytes.slice(0, 15).every((byte) => byte === '00') && bytes[15] === '01') return '::1';
  const groups = (bytes.join('').match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16));
  return groups.join(':');
}

function socketsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
        return inode === undefined ? [] : [inode];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function askLsof(pids: readonly number[]): string {
  if (pids.length === 0) return '';
  try {
    return execFileSync('lsof', ['-nP', '-iTCP', '-sTCP:LISTEN', '-a', '-p', pids.join(','), '-Ftn'], {
      encoding: 'utf8',
    });
  } catch {
    // It ends with status 1 when there is nothing to list.
    return '';
  }
}

/** `lsof -Ftn`: a line `tIPv4` or `tIPv6`, then `n127.0.0.1:80`, `n*:80` or `n[::1]:80`. */
export function parseLsof(output: string): readonly Listener[] {
  let family: Listener['family'] = 'ipv4';
  return output.split('\n').flatMap((line) => {
    if (line.startsWith('t')) family = line === 'tIPv6' ? 'ipv6' : 'ipv4';
    const match = /^n(.*):(\d+)$/.exec(line);
    if (match === null) return [];
    const host = match[1] === '*' ? (family === 'ipv6' ? '::' : '0.0.0.0') : (match[1] ?? '').replace(/^\[|\]$/g, '');
    return [{ family, host, port: Number(match[2]) }];
  });
}
