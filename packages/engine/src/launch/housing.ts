import { mkdirSync } from 'node:fs';
import { connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { BuiltBackend } from '../backend.ts';
import {
  environmentScript,
  exposedMountPoints,
  innerArguments,
  innerCommand,
  sandboxHome,
  type InnerOptions,
} from '../sandbox/inner-arguments.ts';
import type { SandboxLimits } from '../sandbox/limits.ts';
import type { Command } from '../sandbox/protocol.ts';
import { seccompFilter } from '../sandbox/seccomp-filter.ts';
import { sharedFolders } from '../sandbox/shared-folders.ts';
import type { SupervisorProcess } from '../sandbox/supervisor-process.ts';
import { syntheticSettings } from '../sandbox/system-view.ts';
import { toolchainFolders } from '../sandbox/toolchain-view.ts';
import type { UnprivilegedUser } from '../sandbox/unprivileged-user.ts';
import { listenHere } from './door.ts';

/** What differs between a backend in a sandbox and one that is a plain process. */
export interface Housing {
  readonly home: string;
  readonly temporary: string;
  /** Null: a free one has to be found. */
  readonly port: number | null;
  /** 0: any. */
  readonly databasePort: number;
  prepare(supervisor: SupervisorProcess): Promise<void>;
  command(command: string, environment: Readonly<Record<string, string>>): Command;
  listen(supervisor: SupervisorProcess, port: number): Promise<Server>;
  connect(supervisor: SupervisorProcess, port: number): Promise<Socket>;
}

/** Ports in a namespace of our own. PORT is below those the kernel gives to connections, and no framework's default. */
const sandboxPort = 27_180;
const sandboxDatabasePort = 5_432;

export interface HousingOptions {
  readonly limits: SandboxLimits;
  readonly user: UnprivilegedUser | null;
  readonly readable: readonly string[];
}

export function sandboxHousing(built: BuiltBackend, bubblewrap: string, options: HousingOptions): Housing {
  const shared = sharedFolders(built.folder, dependenciesOf(built), built.dependencies);
  const inner: InnerOptions = {
    folder: built.folder,
    shared: shared.inside.map((path) => join(built.folder, path)),
    readable: [
      ...new Set([
        ...toolchainFolders(['node', 'python3', ...built.detected.toolchain]),
        ...shared.outside,
        ...options.readable,
      ]),
    ],
    user: options.user,
  };
  const filter = options.user === null ? null : seccompFilter();
  const ids = options.user ?? { uid: process.getuid?.() ?? 65_534, gid: process.getgid?.() ?? 65_534 };
  return {
    home: sandboxHome,
    temporary: '/tmp',
    port: built.detected.port ?? sandboxPort,
    databasePort: sandboxDatabasePort,
    prepare: (supervisor) =>
      supervisor.prepare({
        folder: built.folder,
        shared: shared.inside,
        share: 'mount',
        etc: syntheticSettings(ids.uid, ids.gid, sandboxHome),
      }),
    command: (command, environment) => ({
      file: bubblewrap,
      args: ['--args', '3', '--info-fd', '4', '--', ...innerCommand(command, options.user, options.limits)],
      hiddenArgs: [...(filter === null ? [] : ['--seccomp', '5']), ...innerArguments(inner)],
      systemCalls: filter?.toString('base64') ?? null,
      cwd: '/',
      environment: { PATH: '/usr/local/bin:/usr/bin:/bin' },
      environmentFile: environmentScript(environment),
      mountPoints: exposedMountPoints(inner),
    }),
    listen: (supervisor, port) => supervisor.listen(port),
    connect: (supervisor, port) => supervisor.connect(port),
  };
}

/** Where commands of the settings install, too: hundreds of megabytes that no instance needs a copy of. */
function dependenciesOf({ detected }: BuiltBackend): readonly string[] {
  return [...new Set([...detected.dependencyFolders, 'node_modules', '.venv'])];
}

/** @param scratch an empty folder, for what the backend writes */
export function plainHousing(built: BuiltBackend, scratch: string, limits: SandboxLimits): Housing {
  const { inside } = sharedFolders(built.folder, dependenciesOf(built), null);
  return {
    home: join(scratch, 'home'),
    temporary: join(scratch, 'tmp'),
    port: null,
    databasePort: 0,
    prepare: async (supervisor) => {
      mkdirSync(scratch, { recursive: true });
      await supervisor.prepare({ folder: built.folder, shared: inside, share: 'link', etc: {} });
    },
    command: (command, environment) => ({
      file: 'sh',
      args: [
        '-c',
        `ulimit -c 0; ulimit -n ${limits.openFiles} 2>/dev/null; exec nice -n ${limits.niceness} sh -c "$0"`,
        command,
      ],
      hiddenArgs: null,
      systemCalls: null,
      cwd: join(scratch, 'app'),
      environment,
      environmentFile: null,
      mountPoints: [],
    }),
    listen: (_supervisor, port) => listenHere(port),
    connect: (_supervisor, port) => connectHere(port),
  };
}

function connectHere(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
