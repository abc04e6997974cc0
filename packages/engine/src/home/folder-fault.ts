import { Fault } from '@assay/contract';

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a file is in the way of a folder',
  EEXIST: 'a file is in the way of a folder',
  ENOENT: 'it does not exist',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'this process has too many open files',
  ENFILE: 'the machine has too many open files',
  EIO: 'the disk reports an error',
};

/** The `code` of an error that the operating system reported, or undefined. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What the operating system said, in words: `permission denied (EACCES)`. */
export function errorInWords(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined && words[code] !== undefined) return `${words[code]} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** Runs what touches the data folder; what the operating system refuses becomes a fault that names the path. */
export function touching<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw folderFault(path, error);
  }
}

export function folderFault(path: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const where = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : path;
  return new Fault(
    'data-folder-unusable',
    `Assay's data folder cannot be used: ${where}: ${errorInWords(error)}.`,
    undefined,
    {
      cause: error,
    },
  );
}
