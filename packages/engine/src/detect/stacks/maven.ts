import type { FolderView } from '../folder-view.ts';
import { javaFramework, javaProposal, mainClass, startAssignments } from '../java/java-project.ts';
import { hasOwnSpringDatabase } from '../java/spring-database.ts';
import { packedJarName } from '../java/packed-jar.ts';
import { readPom, type Pom } from '../java/pom.ts';
import type { Proposal, StackRule } from '../stack-rule.ts';

/** Plugins whose jar holds everything it needs. */
const fatJar = /spring-boot-maven-plugin|maven-shade-plugin|maven-assembly-plugin|quarkus-maven-plugin/;
/** A jar whose manifest names the main class and the jars beside it runs by itself, too. */
const manifestJar = /<addClasspath>\s*true/;

export const maven: StackRule = {
  name: 'maven',
  ecosystem: 'java',
  recognise(view) {
    const root = readPom(view);
    if (root === null) return null;
    const modules = root.modules.flatMap((folder) => readPom(view, folder) ?? []);
    // A parent packs nothing: what it says holds for its modules.
    const packing = [...modules, root].filter((pom) => pom.packaging !== 'pom');
    const app =
      packing.find((pom) => fatJar.test(pom.source)) ??
      packing.find((pom) => mainClass(view, pom.folder, pom.source) !== null) ??
      root;
    const inherits = app !== root && root.packaging === 'pom' && fatJar.test(withoutManagement(root.source));
    const whole = [root, ...modules].map((pom) => pom.source).join('\n');
    const wrapper = view.hasFile('mvnw') && view.hasFile('.mvn/wrapper/maven-wrapper.properties');
    const framework = javaFramework(whole);
    const hasOwnDatabase = framework === 'Spring Boot' && hasOwnSpringDatabase(view, app.folder, whole);
    const runsAlone = fatJar.test(app.source) || inherits || manifestJar.test(app.source);
    const program = `${wrapper ? 'sh ./mvnw' : 'mvn'} -q -B -DskipTests`;
    const copy = `${program} dependency:copy-dependencies -DincludeScope=runtime`;
    return javaProposal(view, whole, {
      evidence: framework === null ? 'pom.xml' : `pom.xml (${framework})`,
      compile: [`${program} package`, ...(runsAlone ? [] : [copy])],
      start: startOf(view, app, startAssignments(framework, whole, hasOwnDatabase), framework, runsAlone),
      hasOwnDatabase,
      tools: [
        { program: 'java', purpose: 'to run it' },
        { program: 'javac', purpose: 'to compile it' },
        ...(wrapper ? [] : [{ program: 'mvn', purpose: 'to build it' }]),
      ],
    });
  },
};

/** What stands under `pluginManagement` is used only where it is named again. */
function withoutManagement(source: string): string {
  return source.replace(/<pluginManagement>[\s\S]*?<\/pluginManagement>/g, '');
}

function startOf(
  view: FolderView,
  app: Pom,
  assignments: string,
  framework: string | null,
  runsAlone: boolean,
): Proposal['start'] {
  const target = app.folder === '' ? 'target' : `${app.folder}/target`;
  if (framework === 'Quarkus') return { command: `${assignments}java -jar ${target}/quarkus-app/quarkus-run.jar` };
  // A war of Spring Boot's runs by itself as well, and then there is no jar beside it.
  const ending = app.packaging === 'war' && framework === 'Spring Boot' ? 'war' : 'jar';
  if (runsAlone) return { command: `${assignments}java -jar ${target}/${packedJarName(app)}.${ending}` };
  const main = mainClass(view, app.folder, app.source);
  if (main === null)
    return { missing: 'pom.xml packs no runnable jar, and no class with a `main` method stands below src/main' };
  return { command: `${assignments}java -cp '${target}/classes:${target}/dependency/*' ${main}` };
}
