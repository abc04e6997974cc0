import { createHash, createHmac } from 'node:crypto';
import type { Home } from '../home/home.ts';
import { isOwnerAlive, ownerToken } from '../home/owner.ts';

/** Six hexadecimal digits for this data folder: several may use one server of somebody's own. */
export function homeId(home: Home): string {
  return createHash('sha256').update(`name ${home.secret}`).digest('hex').slice(0, 6);
}

let count = 0;

/** A new name that carries this process, so that the database can be dropped when the process is dead. */
export function newDatabaseName(home: Home): string {
  count += 1;
  return `assay_${homeId(home)}_${ownerToken().replaceAll('-', '_')}_${count}`;
}

/** The role that asks a database on Assay's behalf. */
export function inspectorName(database: string): string {
  return `${database}_inspector`;
}

/** True for a database (or role) of this data folder whose Assay has ended. */
export function isAbandonedName(home: Home, name: string): boolean {
  const match = /^assay_([0-9a-f]{6})_(\d+)_(\d+)_([0-9a-f]{8})_\d+(?:_inspector)?$/.exec(name);
  if (match === null || match[1] !== homeId(home)) return false;
  return !isOwnerAlive(`${match[2]}-${match[3]}-${match[4]}`);
}

/** The database that holds what a release step with this key leaves. */
export function templateName(home: Home, key: string): string {
  return `${templatePrefix(home)}${createHash('sha256').update(key).digest('hex').slice(0, 20)}`;
}

export function templatePrefix(home: Home): string {
  return `assay_${homeId(home)}_t_`;
}

/** Every Assay on this data folder finds the same password for a role, and nobody else can. */
export function passwordOf(home: Home, role: string): string {
  return createHmac('sha256', home.secret).update(`role ${role}`).digest('hex').slice(0, 32);
}
