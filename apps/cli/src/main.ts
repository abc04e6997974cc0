import { enableCompileCache } from 'node:module';
import path from 'node:path';

// Compiled once, and kept for the next start. Everything else is imported after this, so that it is read from there.
enableCompileCache(path.resolve(import.meta.dirname, '../../../node_modules/.cache/assay'));
const [{ exitStatus, runProgram }, { createProgram }, { tolerateClosedOutput }] = await Promise.all([
  import('./exit.ts'),
  import('./program.ts'),
  import('./terminal/closed-output.ts'),
]);

tolerateClosedOutput(exitStatus.undecided);
process.exitCode = await runProgram(await createProgram(process.argv[2]), process.argv);
