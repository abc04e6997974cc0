import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { isWithin } from './paths.ts';

/** What of /etc programs need to run; nothing in it tells about persons or secrets. `passwd`, `group` and `hosts` are made up. */
const settings = [
  'alternatives',
  'ca-certificates',
  'ca-certificates.conf',
  'crypto-policies',
  'fonts',
  'gai.conf',
  'java',
  'java-11-openjdk',
  'java-17-openjdk',
  'java-21-openjdk',
  'java-25-openjdk',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'locale.alias',
  'localtime',
  'magic',
  'mime.types',
  'php',
  'php.d',
  'php.ini',
  'pki/ca-trust',
  'pki/java',
  'pki/tls/certs',
  'protocols',
  'python3',
  'python3.11',
  'python3.12',
  'services',
  'ssl/certs',
  'ssl/openssl.cnf',
  'timezone',
];

const programs = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/** Folders that `systemView` shows. */
export const systemFolders = ['/usr', ...programs, '/nix/store'];

export function isSystemPath(path: string): boolean {
  return systemFolders.some((folder) => isWithin(path, folder));
}

/** bubblewrap's arguments for a system that can be read and not written: programs, libraries, and the settings they need. */
export function systemView(): readonly string[] {
  return [
    ['--ro-bind', '/usr', '/usr'],
    programs.flatMap((path) => {
      if (!existsSync(path)) return [];
      return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
    }),
    existsSync('/nix/store') ? ['--ro-bind', '/nix/store', '/nix/store'] : [],
    ['/etc', '/etc/pki', '/etc/pki/tls', '/etc/ssl'].flatMap((path) => ['--perms', '0755', '--dir', path]),
    settings.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
  ].flat();
}

/** The files of /etc that are made up for a sandbox, by name. */
export function syntheticSettings(uid: number, gid: number, home: string): Readonly<Record<string, string>> {
  return {
    passwd: `root:x:0:0:root:/nonexistent:/bin/false\nbackend:x:${uid}:${gid}:backend:${home}:/bin/sh\n`,
    group: `root:x:0:\nbackend:x:${gid}:\n`,
    hosts: '127.0.0.1 localhost backend\n::1 localhost ip6-localhost ip6-loopback\n',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n',
  };
}
