import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@assay/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorInWords } from './folder-fault.ts';
import { lostExposedFolders, openHome } from './home.ts';
import { isCheckoutReachable, isRoot, nobody, startChild, temporaryHome } from './test-child.ts';

let temporary: ReturnType<typeof temporaryHome>;
let path: string;
beforeEach(() => {
  temporary = temporaryHome();
  path = temporary.path;
});
afterEach(() => temporary.remove());

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const permissions = (folder: string) => statSync(folder).mode & 0o777;

it('creates its folders, closed to others, and finds them again', () => {
  const home = openHome({ ASSAY_HOME: path });
  const open = isRoot ? 0o711 : 0o700;
  expect([home.root, home.cache, home.postgres, home.instances].map(permissions)).toEqual([open, open, open, open]);
  expect(permissions(home.runs)).toBe(0o700);
  expect(permissions(join(path, 'secret'))).toBe(0o600);
  expect(openHome({ ASSAY_HOME: path })).toEqual(home);
  expect(readdirSync(path).sort()).toEqual(['cache', 'instances', 'locks', 'owners', 'postgres', 'runs', 'secret']);
});

it('takes ~/.assay when ASSAY_HOME is not set', () => {
  expect(openHome({ HOME: join(path, '..') }).root).toBe(join(path, '..', '.assay'));
});

it('takes back what somebody opened to everybody', () => {
  openHome({ ASSAY_HOME: path });
  chmodSync(path, 0o777);
  openHome({ ASSAY_HOME: path });
  expect(permissions(path) & 0o022).toBe(0);
});

it.runIf(isRoot)('as root keeps what PostgreSQL and backends need outside a folder that only root can enter', () => {
  chmodSync(join(path, '..'), 0o700);
  const home = openHome({ ASSAY_HOME: path });
  try {
    expect(home.exposed).toMatch(/^\/var\/(lib|tmp)\/assay-[0-9a-f]{12}$/);
    expect([home.cache, home.postgres, home.instances].every((folder) => folder.startsWith(home.exposed))).toBe(true);
    expect(home.runs.startsWith(path)).toBe(true);
    expect(openHome({ ASSAY_HOME: path })).toEqual(home);
    expect(lostExposedFolders()).not.toContain(home.exposed);
    const owner = join(home.exposed, 'belongs-to');
    const written = statSync(owner, { bigint: true }).mtimeNs;
    openHome({ ASSAY_HOME: path });
    expect(statSync(owner, { bigint: true }).mtimeNs).toBe(written);
    // As a full disk would leave it.
    writeFileSync(owner, '');
    expect(lostExposedFolders()).not.toContain(home.exposed);
    openHome({ ASSAY_HOME: path });
    rmSync(path, { recursive: true });
    expect(lostExposedFolders()).toContain(home.exposed);
  } finally {
    rmSync(home.exposed, { recursive: true });
  }
});

describe('data-folder-unusable', () => {
  it('a file is in the way', () => {
    writeFileSync(path, '');
    expect(faultOf(() => openHome({ ASSAY_HOME: path }))).toMatchObject({ code: 'data-folder-unusable' });
    const below = faultOf(() => openHome({ ASSAY_HOME: join(path, 'deeper') }));
    expect(below.message).toContain(path);
    expect(below.message).toContain('a file is in the way of a folder');
  });

  it('a sub-folder is a file, or a link to nowhere', () => {
    openHome({ ASSAY_HOME: path });
    rmSync(join(path, 'runs'), { recursive: true });
    writeFileSync(join(path, 'runs'), '');
    expect(faultOf(() => openHome({ ASSAY_HOME: path })).message).toContain(join(path, 'runs'));
    rmSync(join(path, 'runs'));
    symlinkSync('/nowhere/at/all', join(path, 'runs'));
    expect(faultOf(() => openHome({ ASSAY_HOME: path })).code).toBe('data-folder-unusable');
  });

  it('it holds other things', () => {
    mkdirSync(path, { mode: 0o755 });
    writeFileSync(join(path, 'letter.txt'), '');
    expect(faultOf(() => openHome({ ASSAY_HOME: path })).message).toContain('letter.txt');
    expect(permissions(path)).toBe(0o755);
  });

  it.runIf(isRoot)('it belongs to another user', () => {
    mkdirSync(path);
    chownSync(path, 1, 1);
    expect(faultOf(() => openHome({ ASSAY_HOME: path })).message).toContain('belongs to user 1');
  });

  it.runIf(isRoot && isCheckoutReachable())('it cannot be written to', async () => {
    const child = startChild(
      `const { openHome } = await load('home/home.ts');
       try { openHome(process.env) } catch (error) { say(error.code + ' ' + error.message) }`,
      path,
      nobody,
    );
    const line = await child.line();
    expect(line).toMatch(/^data-folder-unusable .*permission denied \(EACCES\)/);
    expect(line).toContain(path);
  });

  it('says what the system says in words', () => {
    expect(errorInWords(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBe('the disk is full (ENOSPC)');
  });
});
