import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Home, openHome } from './home.ts';
import { findProcess } from './process-identity.ts';
import { commandLine, listProcesses } from './process-list.ts';
import { sweep } from './sweep.ts';
import { startChild, temporaryHome } from './test-child.ts';

let temporary: ReturnType<typeof temporaryHome>;
let home: Home;
beforeEach(() => {
  temporary = temporaryHome();
  home = openHome({ ASSAY_HOME: temporary.path });
});
afterEach(async () => {
  await sweep(home);
  temporary.remove();
});

/** Starts what an Assay starts: folders, a process, a daemon, a process without the marker, a database. Prints their pids. */
const assay = `
  const { spawn, execFileSync } = await import('node:child_process');
  const { mkdirSync, writeFileSync } = await import('node:fs');
  const home = (await load('home/home.ts')).openHome(process.env);
  const { createOwnedFolder } = await load('home/owned-folder.ts');
  const { ownerMarker } = await load('home/owner.ts');
  const { recordProcessGroup } = await load('home/process-record.ts');
  const { openDatabaseServer } = await load('database/open.ts');
  const folder = createOwnedFolder(home.instances);
  mkdirSync(folder + '/read-only/deep', { recursive: true });
  writeFileSync(folder + '/read-only/deep/file', '');
  execFileSync('chmod', ['-R', 'a-w', folder + '/read-only']);
  createOwnedFolder(home.cache);
  const env = { PATH: process.env.PATH, ...ownerMarker() };
  const plain = spawn('sleep', ['600'], { env, stdio: 'ignore' });
  const daemon = execFileSync('sh', ['-c', 'setsid sleep 600 </dev/null >/dev/null 2>&1 & echo $!'], { env }).toString().trim();
  const cleared = spawn('sh', ['-c', 'sleep 600 & wait'], { env: { PATH: process.env.PATH }, stdio: 'ignore', detached: true });
  recordProcessGroup(home, cleared.pid);
  const server = await openDatabaseServer(home);
  const database = await server.createDatabase();
  say([plain.pid, daemon, cleared.pid].join(' '));
  setInterval(() => {}, 1000);`;

function serverProcesses(): readonly number[] {
  return listProcesses().filter((pid) => commandLine(pid).includes(home.postgres) && findProcess(pid) !== null);
}

it('removes everything that a killed Assay left', async () => {
  const child = startChild(assay, home.root);
  const pids = (await child.line()).split(' ').map(Number);
  await child.kill();
  expect(pids.every((pid) => findProcess(pid) !== null)).toBe(true);
  expect(serverProcesses()).not.toEqual([]);

  const swept = await sweep(home);
  expect(swept).toMatchObject({ folders: 2, stoppedServer: true, problems: [] });
  expect(swept.processes).toBeGreaterThanOrEqual(3);
  expect(pids.map(findProcess)).toEqual([null, null, null]);
  expect(serverProcesses()).toEqual([]);
  expect(
    [home.instances, home.cache, `${home.root}/owners`, `${home.postgres}/users`].map((folder) => readdirSync(folder)),
  ).toEqual([[], [], [], []]);
  expect(existsSync(`${home.postgres}/data`)).toBe(false);
  expect(await sweep(home)).toEqual({ processes: 0, folders: 0, databases: 0, stoppedServer: false, problems: [] });
});

it('leaves a living Assay alone, and takes a dead one from beside it', async () => {
  const living = startChild(assay, home.root);
  const dead = startChild(assay, home.root);
  const livingPids = (await living.line()).split(' ').map(Number);
  const deadPids = (await dead.line()).split(' ').map(Number);
  await dead.kill();
  const swept = await sweep(home);
  // One in use, and up to two that were being made ready.
  expect(swept.databases).toBeGreaterThanOrEqual(1);
  expect(swept).toMatchObject({ folders: 2, stoppedServer: false, problems: [] });
  expect(deadPids.map(findProcess)).toEqual([null, null, null]);
  expect(livingPids.every((pid) => findProcess(pid) !== null)).toBe(true);
  expect(readdirSync(home.instances)).toHaveLength(1);
  await living.kill();
});

it('is right after kills at any moment, of Assays and of sweeps', async () => {
  const program = `const home = (await load('home/home.ts')).openHome(process.env);
    await (await load('home/sweep.ts')).sweep(home); say('swept');${assay.replaceAll(/^ {2}const home = .*$/gm, '')}`;
  for (let round = 0; round < 12; round += 1) {
    const children = [startChild(program, home.root), startChild(program, home.root)];
    // Kills it at a moment that differs from round to round: some while sweeping, some while PostgreSQL starts.
    if (round % 3 === 0) await Promise.race(children.map((child) => child.line()));
    await new Promise((resolve) => setTimeout(resolve, 120 + round * 60));
    for (const child of children) await child.kill();
  }
  const swept = await sweep(home);
  expect(swept.problems).toEqual([]);
  expect(serverProcesses()).toEqual([]);
  expect([home.instances, home.cache, `${home.root}/owners`].map((folder) => readdirSync(folder))).toEqual([
    [],
    [],
    [],
  ]);
  expect(readdirSync(home.postgres).filter((name) => name.startsWith('own-') || name === 'data')).toEqual([]);
});
