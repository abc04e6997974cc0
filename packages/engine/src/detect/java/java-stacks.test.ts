import { describe, expect, test } from 'vitest';
import { recognised, type RecognisedCase } from '../recognised.ts';

const boot =
  '<project><parent><version>3.4.0</version></parent><artifactId>shop</artifactId><version>1.2</version><dependencies><dependency><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies><build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>';
const plainPom =
  '<project><groupId>g</groupId><artifactId>shop</artifactId><version>1.2</version><dependencies><dependency><artifactId>gson</artifactId></dependency></dependencies></project>';
const shadePom =
  '<project><artifactId>shop</artifactId><version>${revision}</version><properties><revision>9</revision></properties><build><plugins><plugin><artifactId>maven-shade-plugin</artifactId></plugin></plugins></build></project>';

const cases: readonly RecognisedCase[] = [
  [
    'Spring Boot by Maven',
    { 'pom.xml': boot },
    {
      framework: 'Spring Boot',
      language: 'Java',
      compile: ['mvn -q -B -DskipTests package'],
      start: {
        command: expect.stringMatching(
          /^SERVER_PORT=\$PORT .*SPRING_DATASOURCE_URL=.* java -jar target\/shop-1\.2\.jar$/,
        ),
      },
    },
  ],
  [
    'Spring Boot with a database of its own in the active profile',
    {
      'pom.xml': boot.replace('data-jpa<', 'data-jpa</artifactId><artifactId>postgresql<'),
      'src/main/resources/application.properties': 'spring.profiles.active=h2,data\n',
      'src/main/resources/application-h2.properties': 'spring.datasource.url=jdbc:h2:mem:shop;MODE=PostgreSQL\n',
      'src/main/resources/application-postgres.properties': 'spring.datasource.url=jdbc:postgresql://localhost/shop\n',
    },
    {
      hasOwnDatabase: true,
      start: { command: 'SERVER_PORT=$PORT SERVER_ADDRESS=$HOST java -jar target/shop-1.2.jar' },
    },
  ],
  [
    'Spring Boot with a database embedded by its dependencies alone',
    { 'pom.xml': boot.replace('data-jpa<', 'data-jpa</artifactId><groupId>com.h2database</groupId><artifactId>h2<') },
    { hasOwnDatabase: true },
  ],
  [
    'Spring Boot with PostgreSQL by default, said in YAML',
    {
      'pom.xml': boot,
      'src/main/resources/application.yml':
        'spring:\n  datasource:\n    url: ${DB_URL:jdbc:postgresql://localhost/shop}\n',
    },
    { hasOwnDatabase: false, start: { command: expect.stringContaining('SPRING_DATASOURCE_URL') } },
  ],
  [
    'Spring Boot as a war by Maven',
    { 'pom.xml': boot.replace('<dependencies>', '<packaging>war</packaging><dependencies>') },
    { start: { command: expect.stringMatching(/ java -jar target\/shop-1\.2\.war$/) } },
  ],
  [
    'Maven with an assembly beside the plain jar',
    { 'pom.xml': shadePom.replace('shade', 'assembly') },
    { start: { command: 'java -jar target/shop-9-jar-with-dependencies.jar' } },
  ],
  [
    'Maven with an assembly in place of the plain jar',
    {
      'pom.xml': shadePom.replace(
        'maven-shade-plugin</artifactId>',
        'maven-assembly-plugin</artifactId><configuration><appendAssemblyId>false</appendAssemblyId></configuration>',
      ),
    },
    { start: { command: 'java -jar target/shop-9.jar' } },
  ],
  [
    'Spring Boot with a classifier for what runs',
    {
      'pom.xml': boot.replace(
        'maven-plugin</artifactId>',
        'maven-plugin</artifactId><configuration><classifier>exec</classifier></configuration>',
      ),
    },
    { start: { command: expect.stringMatching(/ java -jar target\/shop-1\.2-exec\.jar$/) } },
  ],
  [
    'Spring Boot by R2DBC, with migrations that need JDBC',
    { 'pom.xml': boot.replace('data-jpa<', 'data-r2dbc</artifactId><artifactId>flyway-database-postgresql<') },
    {
      hasOwnDatabase: false,
      // What somebody said in assay.yaml stands.
      start: {
        command: expect.stringContaining(
          ' SPRING_FLYWAY_URL=${SPRING_FLYWAY_URL:-$SPRING_DATASOURCE_URL} SPRING_FLYWAY_USER=${SPRING_FLYWAY_USER:-$PGUSER} ',
        ),
      },
    },
  ],
  [
    'Spring Boot by R2DBC with a database of its own',
    {
      'pom.xml': boot.replace('data-jpa<', 'data-r2dbc</artifactId><artifactId>r2dbc-postgresql<'),
      'src/main/resources/application.yml': 'spring:\n  r2dbc:\n    url: r2dbc:h2:mem:///shop\n',
    },
    { hasOwnDatabase: true },
  ],
  [
    'Spring Boot that a parent packs for its modules',
    {
      'pom.xml': boot
        .replace(
          '<dependencies>',
          '<packaging>pom</packaging><modules><module>core</module><module>api</module></modules><dependencies>',
        )
        .replace('</plugins>', '<plugin><artifactId>maven-compiler-plugin</artifactId></plugin></plugins>'),
      'core/pom.xml': plainPom,
      'api/pom.xml': plainPom.replace('>shop<', '>api<'),
      'api/src/main/java/App.java': 'class App { public static void main(String[] a) {} }',
    },
    {
      compile: ['mvn -q -B -DskipTests package'],
      start: { command: expect.stringMatching(/ java -jar api\/target\/api-1\.2\.jar$/) },
    },
  ],
  [
    'Micronaut with PostgreSQL',
    {
      'pom.xml': shadePom.replace(
        '<build>',
        '<!-- --><dependencies>io.micronaut.sql micronaut-jdbc-hikari org.postgresql</dependencies><build>',
      ),
    },
    {
      framework: 'Micronaut',
      start: {
        command: expect.stringContaining(' DATASOURCES_DEFAULT_URL=${DATASOURCES_DEFAULT_URL:-$JDBC_DATABASE_URL} '),
      },
    },
  ],
  [
    'Micronaut with PostgreSQL beside a database of its own',
    {
      'pom.xml': shadePom.replace(
        '<build>',
        '<dependencies>io.micronaut.sql micronaut-jdbc-hikari org.postgresql com.h2database</dependencies><build>',
      ),
    },
    { start: { command: 'MICRONAUT_SERVER_PORT=$PORT MICRONAUT_SERVER_HOST=$HOST java -jar target/shop-9.jar' } },
  ],
  [
    'Quarkus by Gradle',
    { 'build.gradle': "plugins { id 'java'\n id 'io.quarkus' }\n", gradlew: '' },
    {
      framework: 'Quarkus',
      compile: ['sh ./gradlew -q --no-daemon quarkusBuild'],
      start: { command: expect.stringMatching(/ java -jar build\/quarkus-app\/quarkus-run\.jar$/) },
    },
  ],
  [
    'a plain jar by Maven',
    {
      'pom.xml': plainPom,
      'src/main/java/shop/Main.java': 'package shop;\nclass Main { public static void main(String[] a) {} }',
    },
    {
      framework: null,
      compile: [
        'mvn -q -B -DskipTests package',
        'mvn -q -B -DskipTests dependency:copy-dependencies -DincludeScope=runtime',
      ],
      start: { command: "java -cp 'target/classes:target/dependency/*' shop.Main" },
      speaksPostgres: false,
    },
  ],
  [
    'a shaded jar by the Maven wrapper',
    { 'pom.xml': shadePom, mvnw: '', '.mvn/wrapper/maven-wrapper.properties': '' },
    { compile: ['sh ./mvnw -q -B -DskipTests package'], start: { command: 'java -jar target/shop-9.jar' } },
  ],
  [
    'Spring Boot by Gradle',
    { 'build.gradle': "plugins { id 'org.springframework.boot' version '3.4' }\n// spring-boot", gradlew: '' },
    {
      framework: 'Spring Boot',
      compile: ['sh ./gradlew -q --no-daemon bootJar'],
      start: { command: expect.stringMatching(/java -jar build\/libs\/\*\.jar$/) },
    },
  ],
  [
    'an application by Gradle',
    {
      'build.gradle.kts': 'plugins { application }\napplication { mainClass = "shop.Main" }',
      'settings.gradle.kts': '',
    },
    {
      compile: ['gradle -q --no-daemon installDist'],
      start: { command: 'java -cp "$(echo build/install/*/lib)/*" shop.Main' },
    },
  ],
  [
    'Spring Boot in a module of a module by Gradle',
    {
      'settings.gradle.kts': 'rootProject.name = "shop"\ninclude(":apps:api", ":libs:core")\n',
      'apps/api/build.gradle.kts': 'plugins { id("org.springframework.boot") }\n// spring-boot',
      'libs/core/build.gradle.kts': 'plugins { `java-library` }',
    },
    {
      framework: 'Spring Boot',
      compile: ['gradle -q --no-daemon :apps:api:bootJar'],
      start: { command: expect.stringMatching(/java -jar apps\/api\/build\/libs\/\*\.jar$/) },
    },
  ],
  [
    'Spring Boot by Gradle in a folder of another name, beside a library that uses it',
    {
      'settings.gradle': "include 'core', 'web'\nproject(':web').projectDir = file('services/web')\n",
      'core/build.gradle': "implementation 'org.springframework.boot:spring-boot-starter'",
      'services/web/build.gradle': "plugins { id 'org.springframework.boot' }",
      'services/web/src/main/java/Main.java': 'class Main { public static void main(String[] a) {} }',
    },
    { compile: ['gradle -q --no-daemon :web:bootJar'] },
  ],
  [
    'Go beside a generator that is no part of it',
    {
      'go.mod': 'module shop\n',
      'gen.go': '//go:build ignore\n\npackage main\n',
      'cmd/server/main.go': '//go:build linux\n\npackage main\n',
    },
    { compile: ['go build -buildvcs=false -o .assay/backend ./cmd/server'] },
  ],
  [
    "Go with Heroku's Procfile",
    {
      'go.mod': 'module example.com/shop/v2\n',
      'main.go': 'package main\n',
      'cmd/migrate/main.go': 'package main\n',
      Procfile: 'web: bin/shop -v\nrelease: bin/migrate\n',
    },
    {
      compile: ['go build -buildvcs=false -o bin/shop .', 'go build -buildvcs=false -o bin/migrate ./cmd/migrate'],
    },
  ],
  [
    'Go with a Procfile that names no program which serves',
    {
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n',
      'cmd/migrate/main.go': 'package main\n',
      'cmd/mail/main.go': 'package main\n',
      Procfile: 'release: bin/migrate\nworker: bin/mail\n',
    },
    {
      compile: [
        'go build -buildvcs=false -o .assay/backend .',
        'go build -buildvcs=false -o bin/migrate ./cmd/migrate',
      ],
      start: { command: './.assay/backend' },
    },
  ],
  [
    'Go',
    { 'go.mod': 'module shop\nrequire github.com/gin-gonic/gin v1\n', 'cmd/server/main.go': 'package main\n' },
    {
      framework: 'Gin',
      language: 'Go',
      compile: ['go build -buildvcs=false -o .assay/backend ./cmd/server'],
      start: { command: './.assay/backend' },
    },
  ],
];

describe('Java and Go stacks', () => {
  test.each(cases)('%s', (_, files, expected) => {
    const all = recognised(files);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject(expected);
  });
});
