import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findListeners, parseLsof, parseTcpTable } from './listeners.ts';

describe('parseTcpTable', () => {
  it('reads listening sockets and leaves the others', () => {
    const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0000000000000000 100 0 0 10 0
   1: 0100007F:C000 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 4243 1 0000000000000000 20 4 30 10 -1`;
    expect(parseTcpTable(table, 'ipv4')).toEqual([{ family: 'ipv4', host: '127.0.0.1', port: 8080, inode: '4242' }]);
  });

  it('reads IPv6 addresses', () => {
    const row = (address: string): string =>
      `   0: ${address}:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 7 1 0`;
    const hosts = [
      '00000000000000000000000000000000',
      '00000000000000000000000001000000',
      'B80D0120000000000000000001000000',
    ].map((address) => parseTcpTable(row(address), 'ipv6')[0]?.host);
    expect(hosts).toEqual(['::', '::1', '2001:db8:0:0:0:0:0:1']);
  });
});

describe('parseLsof', () => {
  it('reads what macOS lists', () => {
    expect(parseLsof('p12\nf3\ntIPv4\nn127.0.0.1:80\nf4\ntIPv6\nn*:81\nf5\ntIPv6\nn[::1]:82\n')).toEqual([
      { family: 'ipv4', host: '127.0.0.1', port: 80 },
      { family: 'ipv6', host: '::', port: 81 },
      { family: 'ipv6', host: '::1', port: 82 },
    ]);
  });
});

describe('findListeners', () => {
  it('finds what this process listens on, and nothing for another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    expect(findListeners([process.pid]).map((listener) => listener.port)).toContain(port);
    expect(findListeners([process.ppid]).map((listener) => listener.port)).not.toContain(port);
    server.close();
  });
});
