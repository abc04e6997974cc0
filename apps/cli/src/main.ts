import { exitStatus, runProgram } from './exit.ts';
import { createProgram } from './program.ts';
import { tolerateClosedOutput } from './terminal/closed-output.ts';

tolerateClosedOutput(exitStatus.undecided);
process.exitCode = await runProgram(await createProgram(process.argv[2]), process.argv);
