/** What build tools print when the machine lacks what the backend asks for, or has it in another version. */
const signs = [
  // PHP
  /requires? (PHP extension )?ext-\w+ .*(missing|not present)|ext-\w+ .*is missing from your system|PDOException.*could not find driver|could not find driver \(Connection|your php version \([^)]*\) does not satisfy/i,
  // Java: the compiler, Maven's enforcer and toolchains, Gradle's toolchains, the tools' own needs
  /release version \d+ not supported|invalid (target|source) release|class file (has wrong )?version|Unsupported class file major version/i,
  /Detected (JDK|Java|Maven)\b.* not in the allowed range|Cannot find matching toolchain definitions|No toolchain found for type jdk/i,
  /Cannot find a Java installation on (your|this) machine|No (matching|compatible) toolchains? (was |were )?found|No locally installed toolchains match/i,
  /requires? at least JVM runtime version \d+|Gradle requires JVM \d+|JAVA_HOME (environment variable )?is (not defined correctly|set to an invalid directory)/i,
  // JavaScript: as errors only; a mere warning of the same stops nothing
  /npm (ERR!|error) (code (EBADENGINE|EBADPLATFORM)|notsup Unsupported engine)|ERR_PNPM_UNSUPPORTED_ENGINE/,
  /^error .*The engine "\w+" is incompatible with this module/,
  /gyp ERR! find Python|not found: make\b/,
  // Yarn 1, where the project is one of a later Yarn
  /^error This project's package\.json defines "packageManager": "\S+"\. However the current global version/,
  // A registry's credentials, which stand in a variable that a build in a sandbox is not given
  /Failed to replace env in config: \$\{|Environment variable not found \(/,
  // A program of a version manager that is not there, or has not the version
  /\/shims\/\S+: line \d+: .*: No such file or directory|(pyenv|rbenv|nodenv|goenv): version `\S+' is not installed|No version is set for command/,
  // Go
  /go\.mod requires go >=|invalid go version '\d+\.\d+(\.\d+)?'|module requires Go \d|download go[\d.]+ for \S+ toolchain not available/i,
  /cgo: C compiler "[^"]+" not found|exec: "(gcc|cc|clang|g\+\+)": executable file not found/,
  // Python and other compilers
  /pg_config executable not found|requires a different Python|newer than PyO3's maximum supported version/i,
  /fatal error: '?(Python|libpq-fe)\.h\b/,
  /command '\S*(gcc|cc|g\+\+|clang)(-\d+)?' failed: No such file|unable to execute '\S*(gcc|cc|g\+\+|clang)(-\d+)?'|linker `\w+` not found/i,
  /can't find Rust compiler|Cargo, the Rust package manager, is not installed/i,
];

/** The line that says what the machine lacks, if any does. */
export function lackingTool(log: readonly string[]): string | null {
  return log.find((line) => signs.some((sign) => sign.test(line))) ?? null;
}
