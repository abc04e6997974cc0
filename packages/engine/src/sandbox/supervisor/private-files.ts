import { chmodSync, lchownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyTree } from '../../build/copy-tree.ts';
import type { Request, SupervisorSettings } from '../protocol.ts';

/** Folders that the backend may write to; each start finds in them what the one before left. */
const writable = ['app', 'home', 'tmp', 'shm'] as const;

/** Makes the backend's private copy of its folder, and what else it may write to. */
export function preparePrivateFiles(request: Extract<Request, { ask: 'prepare' }>, settings: SupervisorSettings): void {
  const inside = (name: string): string => join(settings.privateFolder, name);
  for (const name of writable) mkdirSync(inside(name), { recursive: true });
  mkdirSync(inside('etc'), { recursive: true });
  for (const [name, content] of Object.entries(request.etc))
    writeFileSync(join(inside('etc'), name), content, { mode: 0o644 });

  const shared = new Set(request.shared);
  copyTree(request.folder, inside('app'), 'copy', (path) => shared.has(path));
  for (const path of shared) {
    const target = join(inside('app'), path);
    mkdirSync(dirname(target), { recursive: true });
    if (request.share === 'link') symlinkSync(join(request.folder, path), target);
    else mkdirSync(target, { recursive: true });
  }
  const { owner } = settings;
  for (const name of writable) {
    chmodSync(inside(name), 0o755);
    if (owner !== null) giveAway(inside(name), owner);
  }
}

/** Links are given away themselves, never what they point to. */
function giveAway(path: string, owner: { readonly uid: number; readonly gid: number }): void {
  lchownSync(path, owner.uid, owner.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) giveAway(child, owner);
    else lchownSync(child, owner.uid, owner.gid);
  }
}
