import type { ShellCommand } from '../backend.ts';

/** Programs of languages that often stand in a person's home, where a sandbox shows nothing that is not asked for. */
const languages =
  /(?<![\w./=-])(node|npm|npx|pnpm|yarn|bun|deno|python3?|pip3?|uv|poetry|php|composer|java|javac|mvn|gradle|kotlinc|sbt|scala|lein|go|cargo|rustc|dotnet|ruby|bundle|rake|mix|elixir|erl|swift|zig|crystal|ghc|cabal|dart)(?![\w./=-])/g;

/** The programs by which commands that somebody wrote build and start a backend: `cargo` of `cargo build --release`. */
export function namedPrograms(commands: readonly (ShellCommand | null)[]): readonly string[] {
  return [...new Set(commands.flatMap((command) => (command ?? '').match(languages) ?? []))];
}
