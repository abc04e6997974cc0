import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { NotMeasured } from './promises.ts';

/** The program of Schemathesis: the given one, or that which pip installs into a folder, once. */
export function schemathesisProgram(given: string | undefined, folder: string): string {
  if (given !== undefined && given !== '') {
    if (!existsSync(given)) throw new NotMeasured(`there is no Schemathesis at ${given}`);
    return given;
  }
  const venv = path.join(folder, 'venv');
  const program = path.join(venv, 'bin/schemathesis');
  if (existsSync(program)) return program;
  try {
    execFileSync('python3', ['-m', 'venv', venv], { stdio: ['ignore', process.stderr, 'inherit'] });
    execFileSync(path.join(venv, 'bin/pip'), ['install', '--quiet', 'schemathesis'], {
      stdio: ['ignore', process.stderr, 'inherit'],
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NotMeasured(
      `there is no Schemathesis, and pip does not install it (${why.split('\n')[0]}); --schemathesis PATH names one`,
    );
  }
  return program;
}
