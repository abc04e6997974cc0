import { createProgram } from './program.ts';
import { runProgram } from './exit.ts';

process.exitCode = await runProgram(createProgram(), process.argv);
