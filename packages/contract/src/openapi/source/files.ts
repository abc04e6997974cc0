import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../../vocabulary/fault.ts';
import { declaredIn, utf16Of } from '../../xml/encoding.ts';
import type { ParsedSource } from './parsed-source.ts';

const maximumBytes = 64 * 1024 * 1024;

/** `unread`: there is a file, and what stands in it is wrong. */
export type Loaded<S extends ParsedSource = ParsedSource> =
  | { readonly source: S }
  | { readonly problem: string; readonly unread?: true };

/** Reads one file; throws a Fault `bad-contract` for what it cannot read. */
export type ParseFile<S extends ParsedSource> = (
  name: string,
  file: string | null,
  content: string,
  referenced: boolean,
) => S;

/**
 * The files a contract may refer to: those below one folder, links followed first. A contract comes from someone else as often as not,
 * and must not read the machine's other files or the network.
 */
export class ContractFiles<S extends ParsedSource = ParsedSource> {
  readonly #root: S;
  readonly #folder: string | null;
  readonly #parse: ParseFile<S>;
  readonly #loaded = new Map<string, Loaded<S>>();

  constructor(root: S, folder: string | null, parse: ParseFile<S>) {
    this.#root = root;
    this.#parse = parse;
    this.#folder = folder === null ? null : (realPath(folder) ?? path.resolve(folder));
    const file = root.file === null ? null : realPath(root.file);
    if (file !== null) this.#loaded.set(file, { source: root });
  }

  /** @param reference a relative path as it stands in a `$ref`. */
  load(reference: string, from: S): Loaded<S> {
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(reference))
      return { problem: 'it is not a local file, and nothing is fetched from the network' };
    if (this.#folder === null || from.file === null)
      return { problem: 'the contract was not read from a file, so it has no files around it' };
    const folder = path.dirname(from.file);
    const file = path.resolve(folder, reference);
    const real = realPath(file) ?? realPath(path.resolve(folder, asPath(reference)));
    if (real === null) return isInside(this.#folder, file) ? { problem: 'there is no such file' } : this.#outside();
    if (!isInside(this.#folder, real)) return this.#outside();
    const known = this.#loaded.get(real) ?? this.#read(real);
    this.#loaded.set(real, known);
    return known;
  }

  #outside(): Loaded<S> {
    return { problem: `it lies outside the folder ${this.#folder ?? ''}` };
  }

  #read(file: string): Loaded<S> {
    try {
      const status = statSync(file);
      if (!status.isFile()) return { problem: 'it is not a file' };
      if (status.size > maximumBytes) return { problem: `it is larger than ${maximumBytes / 1024 / 1024} MB` };
      const name = path.relative(
        this.#root.file === null ? process.cwd() : path.dirname(realPath(this.#root.file) ?? this.#root.file),
        file,
      );
      return { source: this.#parse(name, file, readContractText(file), true) };
    } catch (error) {
      return { problem: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error), unread: true };
    }
  }
}

/**
 * The text of a file: UTF-8, UTF-16 with a byte-order mark, as some Windows tools write it, or what an XML declaration says it is.
 * @throws Fault `bad-contract` when the bytes are neither
 */
export function readContractText(file: string): string {
  const bytes = readBytes(file);
  const utf16 = utf16Of(bytes);
  try {
    return new TextDecoder(utf16 ?? declaredEncoding(bytes) ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const line = lineOfFirstInvalid(bytes);
    throw new Fault('bad-contract', `${file}:${line}:1: this line is not valid UTF-8`, 'Save the document as UTF-8.', {
      cause: error,
    });
  }
}

/** The encoding that an XML declaration names, where it is known; null without one. */
function declaredEncoding(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(declaredIn(bytes) ?? '').encoding;
  } catch {
    return null;
  }
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const reason =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'this is a folder'
          : code === 'EACCES'
            ? 'the file may not be read'
            : String(error);
    throw new Fault('bad-contract', `${file}: ${reason}`, 'Give the path of an OpenAPI document.', { cause: error });
  }
}

function lineOfFirstInvalid(bytes: Uint8Array): number {
  const lines = new TextDecoder('utf-8').decode(bytes).split('\n');
  return lines.findIndex((line) => line.includes('\uFFFD')) + 1 || 1;
}

/** A reference is a URI, in which a blank is `%20`; tools of Windows write it with `\`. */
function asPath(reference: string): string {
  try {
    return decodeURIComponent(reference).replaceAll('\\', '/');
  } catch {
    return reference;
  }
}

function realPath(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
