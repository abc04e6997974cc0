import type { Backend } from '../../client/generated/api.ts';

/** What a person wrote into the form; an empty text leaves it as it was detected. */
export interface Wishes {
  readonly build: string;
  readonly start: string;
  readonly release: string;
  readonly database: 'detected' | 'postgres' | 'none';
  /** Lines of `NAME=value`. */
  readonly env: string;
  /** `detected`, `challenge:<slug>` or `file`. */
  readonly against: string;
  readonly contract: string;
}

export function wishesOf(saved: Pick<Backend, 'challenge' | 'contract' | 'overrides'> | null): Wishes {
  const { build = '', start = '', release = '', database = 'detected', env = {} } = saved?.overrides ?? {};
  return {
    build,
    start,
    release,
    database,
    env: Object.entries(env)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
    against: saved?.challenge != null ? `challenge:${saved.challenge}` : saved?.contract != null ? 'file' : 'detected',
    contract: saved?.contract ?? '',
  };
}

/** As the server wants it. */
export function settingsOf(wishes: Wishes): Pick<Backend, 'challenge' | 'contract' | 'overrides'> {
  const { build, start, release, database, against, contract } = wishes;
  const env = Object.fromEntries(
    envLines(wishes.env).flatMap((line) => (line.name === null ? [] : [[line.name, line.value]])),
  );
  return {
    challenge: against.startsWith('challenge:') ? against.slice('challenge:'.length) : null,
    contract: against === 'file' && contract.trim() !== '' ? contract.trim() : null,
    overrides: {
      ...(build.trim() === '' ? {} : { build: build.trim() }),
      ...(start.trim() === '' ? {} : { start: start.trim() }),
      ...(release.trim() === '' ? {} : { release: release.trim() }),
      ...(database === 'detected' ? {} : { database }),
      ...(Object.keys(env).length === 0 ? {} : { env }),
    },
  };
}

/** Checks and areas as they are typed: parted by blanks or commas. */
export function checksIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/** The first line that is no `NAME=value`, from 1; null when all are. */
export function wrongEnvLine(text: string): number | null {
  const wrong = envLines(text).find(({ name }) => name === null);
  return wrong?.line ?? null;
}

function envLines(
  text: string,
): readonly { readonly line: number; readonly name: string | null; readonly value: string }[] {
  return text.split('\n').flatMap((written, index) => {
    if (written.trim() === '') return [];
    const [, name = null, value = ''] = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(written) ?? [];
    return [{ line: index + 1, name, value }];
  });
}
