import type { Pom } from './pom.ts';

/**
 * The name of the runnable jar without its ending, where a plugin packs it beside the plain one under another name; a pattern where that name
 * cannot be told.
 */
export function packedJarName({ source, jarName }: Pom): string {
  const name = jarName ?? '*';
  const assembly = pluginOf(source, 'maven-assembly-plugin');
  const shade = pluginOf(source, 'maven-shade-plugin');
  const boot = pluginOf(source, 'spring-boot-maven-plugin');
  if ([assembly, shade].some((plugin) => elementOf(plugin, 'finalName') !== null)) return '*';
  if (boot !== '') return withClassifier(name, elementOf(boot, 'classifier'));
  if (shade !== '')
    return elementOf(shade, 'shadedArtifactAttached') === 'true'
      ? withClassifier(name, elementOf(shade, 'shadedClassifierName') ?? 'shaded')
      : name;
  const appends = assembly !== '' && elementOf(assembly, 'appendAssemblyId') !== 'false';
  return appends ? withClassifier(name, elementOf(assembly, 'descriptorRef') ?? 'jar-with-dependencies') : name;
}

function withClassifier(name: string, classifier: string | null): string {
  if (classifier === null || name === '*') return name;
  return classifier.includes('$') ? '*' : `${name}-${classifier}`;
}

/** The settings of a plugin; empty when it is not there. */
function pluginOf(source: string, artifact: string): string {
  const plugins = source.match(/<plugin>[\s\S]*?<\/plugin>/g) ?? [];
  return plugins.find((plugin) => plugin.includes(`<artifactId>${artifact}</artifactId>`)) ?? '';
}

function elementOf(plugin: string, name: string): string | null {
  return new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(plugin)?.[1] ?? null;
}
