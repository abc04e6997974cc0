import path from 'node:path';
import { Fault } from '../vocabulary/fault.ts';
import { readWsdl } from '../wsdl/read-wsdl.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Contract } from '../vocabulary/operation.ts';
import { type ResolveOperation } from './links.ts';
import { readOperation } from './operations.ts';
import { findOperations } from './paths.ts';
import { withFileFields } from './file-fields.ts';
import type { Reading } from './reading.ts';
import { recogniseOpenApi } from './recognise.ts';
import { isSwagger, upgradeSwagger } from './swagger/upgrade.ts';
import { distantBasePath } from './servers.ts';
import { withSpreadParameters } from './spread-parameters.ts';
import { SchemaReader } from './schema/schema-reader.ts';
import { readSecuritySchemes } from './security.ts';
import { ContractFiles, readContractText } from './source/files.ts';
import { withTokenParameters } from './token-parameters.ts';
import { parseSource } from './source/parse-source.ts';
import type { ParsedSource } from './source/parsed-source.ts';
import { child, members, text } from './source/place.ts';
import { faultAt, ProblemLog } from './source/problem-log.ts';
import { identity, References } from './source/references.ts';

export interface ReadContractOptions {
  /** The folder that the document's relative references may reach into; its own folder when left out, nothing for a URL. */
  readonly folder?: string;
  /** Throw at the first place whose meaning is lost, in place of leaving it out. */
  readonly strict?: boolean;
}

/**
 * Reads a contract from its text. Libraries that validate OpenAPI refuse a document as a whole for one fault in it; here each part is
 * read by itself and what is wrong becomes a problem with its line, so that the rest can still be judged.
 * @param source.path a file's path, or the URL that served the text. It is named in every message.
 * @throws Fault `bad-contract`, with `file:line:column`, when nothing can be judged by it
 */
export function readContract(
  source: { readonly path: string; readonly text: string },
  options: ReadContractOptions = {},
): Contract {
  const isUrl = /^https?:\/\//i.test(source.path);
  const file = isUrl ? null : path.resolve(source.path);
  const folder = options.folder ?? (file === null ? null : path.dirname(file));
  if (looksLikeXml(source.text) && !isPage(source.text))
    return readWsdl(source.path, file, source.text, folder, options.strict === true);
  if (looksLikeXml(source.text)) throw aPage(source.path);
  return readOpenApi(parseSource(source.path, file, source.text), folder, options.strict === true);
}

/** Reads a contract from a file. */
export function readContractFile(file: string, options: ReadContractOptions = {}): Contract {
  return readContract({ path: file, text: readContractText(file) }, options);
}

/** Reads a contract that is at hand as a value, such as one a framework has made. Its problems have pointers but no lines. */
export function contractFromDocument(
  document: Json,
  source: string,
  options: Pick<ReadContractOptions, 'strict'> = {},
): Contract {
  return readOpenApi(
    { text: null, name: source, file: null, referenced: false, root: document, offsets: new Map() },
    null,
    options.strict === true,
  );
}

function looksLikeXml(content: string): boolean {
  return /^\uFEFF?\s*</.test(content);
}

function isPage(content: string): boolean {
  return /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!doctype\s+html|html)\b/i.test(content);
}

function aPage(name: string): Fault {
  return new Fault(
    'bad-contract',
    `${name}:1:1: this is neither an OpenAPI 3 document nor a WSDL 1.1: it is a web page`,
    'Give an OpenAPI 3 document in YAML or JSON, or a WSDL.',
  );
}

function readOpenApi(source: ParsedSource, folder: string | null, strict: boolean): Contract {
  if (isSwagger(source.root)) return { ...readOpenApi(upgradeSwagger(source), folder, strict), version: '2.0' };
  const { root, version, is30 } = recogniseOpenApi(source);
  const log = new ProblemLog();
  const references = new References(new ContractFiles(source, folder, parseSource));
  const schemas = new SchemaReader(log, references, is30);
  const reading: Reading = { log, references, schemas, is30, version };
  for (const [, place] of members(child(child(root, 'components'), 'schemas'))) schemas.define(place);
  const schemes = readSecuritySchemes(root, reading);
  const found = findOperations(root, reading);
  const resolveOperation = operationResolver(found);
  const read = found.map((place) => readOperation(root, place, schemes, resolveOperation, reading));
  const operations = read.flatMap(({ operation }) => (operation === null ? [] : [operation]));
  const definitions = schemas.definitions();
  const broken = log.firstBroken();
  if (
    broken !== null &&
    (strict || operations.length === 0 || (log.hasDangling && read.every(({ touched }) => touched)))
  )
    throw broken;
  if (operations.length === 0)
    throw faultAt(child(root, 'paths'), 'the document has no operation under `paths`, so there is nothing to judge');
  const kept = new Set(operations.map(({ id }) => id));
  const distantBase = distantBasePath(root);
  return withTokenParameters({
    source: source.name,
    format: 'openapi',
    version,
    title: text(child(child(root, 'info'), 'title')),
    operations: operations.map((operation) => ({
      ...withSpreadParameters(withFileFields(operation, definitions), definitions),
      responses: operation.responses.map((response) => ({
        ...response,
        links: response.links.filter((link) => kept.has(link.operation)),
      })),
    })),
    definitions,
    securitySchemes: schemes,
    ...(distantBase === null ? {} : { distantBase }),
    problems: log.problems(),
  });
}

function operationResolver(found: ReturnType<typeof findOperations>): ResolveOperation {
  const byId = new Map<string, string>();
  const byPlace = new Map<string, string>();
  for (const { id, operationId, place } of found) {
    if (operationId !== null && !byId.has(operationId)) byId.set(operationId, id);
    byPlace.set(identity(place), id);
  }
  return { byId: (id) => byId.get(id) ?? null, byPlace: (place) => byPlace.get(identity(place)) ?? null };
}
