import type { Contract, Operation } from '../vocabulary/operation.ts';
import type { SchemaFiles, SoapBinding } from '../vocabulary/soap.ts';
import { lessMistaken } from './mistaken-violations.ts';

/** One thing in a message that its schema does not allow, as the validator puts it. */
export interface MessageViolation {
  readonly message: string;
  /** Of the element, as far as the validator tells; empty otherwise. */
  readonly path: string;
}

/** Holds SOAP messages against the XML Schemas of a contract. Must be disposed of: the schemas live outside of JavaScript's memory. */
export interface MessageValidator {
  /** Why messages of the operation cannot be judged; null when they can. */
  trouble(operation: Operation): string | null;
  /** What is wrong with the element in an envelope's body by the schemas; empty when nothing is. The envelope itself is not judged. */
  violations(operation: Operation, envelope: string): readonly MessageViolation[];
  /** What is wrong with the first element in the detail of a fault, which the schemas have to declare. */
  faultViolations(operation: Operation, envelope: string): readonly MessageViolation[];
  [Symbol.dispose](): void;
}

type Library = typeof import('libxml2-wasm');
type Compiled =
  | { readonly ok: true; readonly validator: InstanceType<Library['XsdValidator']> }
  | { readonly ok: false; readonly reason: string };

/** Opens a validator for the SOAP operations of a contract. The library is loaded when it is first needed: most contracts have no use for it. */
export async function openMessageValidator(contract: Contract): Promise<MessageValidator> {
  const library = await import('libxml2-wasm');
  const compiled = new Map<SchemaFiles, Compiled>();
  for (const { soap } of contract.operations)
    if (soap !== null && !compiled.has(soap.schemas)) compiled.set(soap.schemas, compile(library, soap.schemas));
  const of = (soap: SoapBinding | null): Compiled | undefined =>
    soap === null ? undefined : compiled.get(soap.schemas);
  return {
    trouble: ({ soap }) => {
      const schemas = of(soap);
      return schemas === undefined ? 'it is not spoken over SOAP' : schemas.ok ? null : schemas.reason;
    },
    violations: ({ soap }, envelope) => {
      const schemas = of(soap);
      if (schemas?.ok !== true) return [];
      return validate(library, schemas.validator, envelope, inBody) ?? (soap?.input === null ? [] : [empty]);
    },
    faultViolations: ({ soap }, envelope) => {
      const schemas = of(soap);
      return schemas?.ok === true ? (validate(library, schemas.validator, envelope, inDetail) ?? []) : [];
    },
    [Symbol.dispose]: () => {
      for (const each of compiled.values()) if (each.ok) each.validator.dispose();
    },
  };
}

function compile(library: Library, { entry, files }: SchemaFiles): Compiled {
  const provider = new library.XmlBufferInputProvider(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])),
  );
  library.xmlRegisterInputProvider(provider);
  const options = { url: entry, option: library.ParseOption.XML_PARSE_NONET | library.ParseOption.XML_PARSE_NO_XXE };
  const document = library.XmlDocument.fromString(files[entry] ?? '', options);
  try {
    return { ok: true, validator: library.XsdValidator.fromDoc(document) };
  } catch (error) {
    return { ok: false, reason: `its XML Schema cannot be compiled: ${reasonOf(error)}` };
  } finally {
    document.dispose();
    library.xmlCleanupInputProvider();
  }
}

const inBody = "/*[local-name()='Envelope']/*[local-name()='Body']/*[1]";
const inDetail = `${inBody}[local-name()='Fault']/*[local-name()='detail' or local-name()='Detail']/*[1]`;
const empty: MessageViolation = { message: 'the body is empty', path: '' };

/** Null: there is no element at the place. */
function validate(
  library: Library,
  validator: InstanceType<Library['XsdValidator']>,
  envelope: string,
  place: string,
): readonly MessageViolation[] | null {
  const options = { option: library.ParseOption.XML_PARSE_NONET | library.ParseOption.XML_PARSE_NO_XXE };
  let document;
  try {
    // A text has no encoding any more, whatever its declaration says.
    document = library.XmlDocument.fromString(envelope.replace(/^\uFEFF?<\?xml\s[^>]*\?>/, ''), options);
  } catch (error) {
    return [{ message: reasonOf(error), path: '' }];
  }
  try {
    const element = document.get(place);
    if (!(element instanceof library.XmlElement)) return null;
    validator.validate(element);
    return [];
  } catch (error) {
    if (!(error instanceof library.XmlLibError)) throw error;
    return lessMistaken(error.details.map(({ message, xpath }) => ({ message: worded(message), path: xpath ?? '' })));
  } finally {
    document.dispose();
  }
}

/** libxml2 writes names as `{namespace}local`, which nobody reads, and ends with a full stop. `{8}` in a pattern is no namespace. */
function worded(message: string): string {
  return message
    .trim()
    .replaceAll(/\{(?!\d+(?:,\d*)?\})[^{}]*\}(?=[\p{L}_*])/gu, '')
    .replace(/\.$/, '');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
