import { gradleModules } from '../java/gradle-modules.ts';
import { javaFramework, javaProposal, mainClass, startAssignments } from '../java/java-project.ts';
import { hasOwnSpringDatabase } from '../java/spring-database.ts';
import type { Proposal, StackRule } from '../stack-rule.ts';

export const gradle: StackRule = {
  name: 'gradle',
  ecosystem: 'java',
  recognise(view) {
    const modules = gradleModules(view);
    const packing = modules.filter(({ source }) => /springframework\.boot|shadow|application|io\.quarkus/.test(source));
    const app =
      packing.find(({ folder, source }) => mainClass(view, folder, source) !== null) ?? packing[0] ?? modules[0];
    if (app === undefined) return null;
    const build = app.source;
    const catalogue = view.text('gradle/libs.versions.toml') ?? '';
    const whole = `${modules.map(({ source }) => source).join('\n')}\n${catalogue}`;
    const wrapper = view.hasFile('gradlew');
    const program = `${wrapper ? 'sh ./gradlew' : 'gradle'} -q --no-daemon`;
    const framework = javaFramework(whole);
    const hasOwnDatabase = framework === 'Spring Boot' && hasOwnSpringDatabase(view, app.folder, whole);
    const prefix = startAssignments(framework, whole, hasOwnDatabase);
    const { task, start } = packaging(build, app.folder, prefix, mainClass(view, app.folder, build), framework);
    return javaProposal(view, whole, {
      evidence: `build.gradle${framework === null ? '' : ` (${framework})`}`,
      compile: [`${program} ${app.path}${task}`],
      start,
      hasOwnDatabase,
      tools: [
        { program: 'java', purpose: 'to run it' },
        { program: 'javac', purpose: 'to compile it' },
        ...(wrapper ? [] : [{ program: 'gradle', purpose: 'to build it' }]),
      ],
    });
  },
};

/** The task that packs the backend and the command that starts what it packed. The name of the jar is found after the build. */
function packaging(
  build: string,
  folder: string,
  prefix: string,
  main: string | null,
  framework: string | null,
): { task: string; start: Proposal['start'] } {
  const output = folder === '' ? 'build' : `${folder}/build`;
  if (framework === 'Spring Boot')
    return { task: 'bootJar', start: { command: `${prefix}java -jar ${output}/libs/*.jar` } };
  if (framework === 'Quarkus')
    return { task: 'quarkusBuild', start: { command: `${prefix}java -jar ${output}/quarkus-app/quarkus-run.jar` } };
  if (/shadow/.test(build)) return { task: 'shadowJar', start: { command: `${prefix}java -jar ${output}/libs/*.jar` } };
  if (/application/.test(build) && main !== null) {
    return { task: 'installDist', start: { command: `${prefix}java -cp "$(echo ${output}/install/*/lib)/*" ${main}` } };
  }
  if (/Main-Class/.test(build)) return { task: 'jar', start: { command: `${prefix}java -jar ${output}/libs/*.jar` } };
  return {
    task: 'assemble',
    start: { missing: 'build.gradle has neither the `application` plugin nor a plugin that packs a runnable jar' },
  };
}
