import {
  bodyJson,
  bodyText,
  type Check,
  encodeRequest,
  type Exchange,
  type Identity,
  isJsonObject,
  isLogin,
  type Json,
  type ProbeContext,
} from '@assay/contract';
import { advice } from '../kit/answers/turned-away.ts';
import { isSameValue, rowsWith } from '../kit/database/stored-rows.ts';
import { keptColumn, shownHashes } from '../kit/identity/shown-hashes.ts';
import { signUpOf } from '../kit/identity/sign-up-again.ts';
import { formsOf } from '../kit/identity/stored-passwords.ts';
import { applies, distinct, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { Planter } from '../kit/payloads/plant.ts';
import { sentWith } from '../kit/payloads/sent-with.ts';
import { isOfAccount, showsOnPurpose } from '../kit/payloads/shown-on-purpose.ts';
import { pinned } from '../kit/requests/pin.ts';
import { isPassword, isSecret, secretInputs } from '../kit/requests/secret-inputs.ts';
import { idOf } from '../kit/setup/id-of.ts';
import { Setup } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome, requestLine } from '../kit/words.ts';

interface Secret {
  /** `sent`: a password, or another secret by its name. `stored`: what the database keeps of one. `write-only`: what the contract says is never shown. */
  readonly kind: 'sent' | 'stored' | 'write-only';
  /** Of the property, or of the column. */
  readonly name: string;
  readonly value: string;
  /** It may be meant for others, such as the passcode of a meeting or a number in a file: where the contract shows it, it is shown on purpose. */
  readonly shared?: boolean;
}

interface Suspect {
  readonly secret: Secret;
  readonly exchange: Exchange;
}

interface Evidence {
  /** How many there were, without those that no request was accepted with: they are kept nowhere. */
  readonly secrets: number;
  /** How many answers were read. */
  readonly looked: number;
  readonly suspects: readonly Suspect[];
  /** The last answer to each secret that no request was accepted with. Older recordings lack it. */
  readonly refused?: readonly Exchange[];
}

const mostInputs = 12;
/** What a password is kept as, by its form. */
const keptForm = /^(\$(2[abxy]?|argon2\w*|scrypt|pbkdf2[\w-]*|[156y])\$|pbkdf2_|bcrypt|argon2|scrypt:|\{\w+\}\$)/;

/**
 * What is to be kept never comes back: a password that was sent, what the database holds of it, and whatever the contract marks as writeOnly. The
 * proof is the very value in an answer; names alone prove nothing.
 */
export const check: Check<Evidence> = {
  id: 'security/sensitive-fields',
  claim: 'No answer holds a secret that was sent or stored',
  skill: 'apis',
  severity: 'high',
  names: { cwe: 'CWE-201', owasp: 'API3:2023' },
  needs: [],
  instance: 'shared',
  applies: (contract, shape) =>
    shape.signIn !== null || secretInputs(contract).length > 0 ? applies : doesNotApply('no operation takes a secret'),
  probe: async (context) => {
    const secrets: Secret[] = [];
    const exchanges: Exchange[] = [];
    const person = await someone(context, secrets, exchanges);
    const refused = await plant(context, secrets, exchanges);
    const counted = secrets.length - refused.length;
    await readEverything(context, person, exchanges);
    const known = [...secrets, ...fastHashes(secrets)];
    const suspects = exchanges.flatMap((exchange) =>
      known
        .filter((secret) => shows(exchange, secret))
        .filter(({ shared, name }) => shared !== true || !showsOnPurpose(context.contract, exchange, name))
        .map((secret) => ({ secret, exchange })),
    );
    // Where the database is not seen, and of other people: the form is the proof.
    const hashes = exchanges
      .filter(({ operation }) =>
        suspects.every(({ secret, exchange }) => secret.kind !== 'stored' || exchange.operation !== operation),
      )
      .flatMap((exchange) =>
        shownHashes(context.contract, exchange).map(({ name, value }) => ({
          secret: { kind: 'stored' as const, name, value },
          exchange,
        })),
      );
    return {
      secrets: counted,
      refused: refused.slice(0, 3),
      looked: exchanges.filter(({ response }) => response !== undefined).length,
      suspects: [...suspects.slice(0, 30), ...hashes.slice(0, 10)],
    };
  },
  judge: ({ secrets, looked, suspects, refused = [] }) => {
    const [refusal] = refused;
    // What has the form of a stored password needs no secret that was planted.
    if (secrets === 0 && suspects.length === 0)
      return undecided(
        refusal === undefined
          ? 'no secret could be planted'
          : `no request with a secret was accepted: ${outcome(refusal)}${advice(refusal)}`,
      );
    if (looked === 0) return undecided('no request was answered');
    return judged(
      distinct(
        suspects
          .filter(({ secret, exchange }) => shows(exchange, secret))
          .map(({ secret, exchange }) => ({
            key: `${exchange.operation ?? exchange.request.method} ${secret.kind} ${secret.name}`,
            title: `${requestLine(exchange)} answered with ${told(secret)} in it`,
            detail: `${whyNot(secret)} The value stands in the answer as it is: ${secret.value.slice(0, 12)}…`,
            fix: 'Write answers from a list of what is meant to be shown (a response schema, a serializer with its fields named, a DTO), never from the whole row. In error messages about an input, name the field and leave the value out.',
            ...(exchange.operation === undefined ? {} : { operation: exchange.operation }),
            evidence: [{ kind: 'exchange' as const, exchange }],
          })),
      ),
      `${count(secrets, 'secret')} looked for in ${count(looked, 'answer')}`,
    );
  },
};

function told({ kind, name }: Secret): string {
  if (kind === 'sent') return `the ${name} that was sent`;
  return `${kind === 'stored' ? 'what is stored of a password' : 'a value that the contract says is never shown'} (${name})`;
}

function whyNot({ kind, shared = false }: Secret): string {
  switch (kind) {
    case 'sent':
      return `${shared ? 'What was sent as a secret belongs in no answer that is not said to show it' : 'The secret of an account belongs in no answer, not even where the contract shows it'}: answers are logged, cached and shown, and people use one password in many places.`;
    case 'stored':
      return 'What is stored of a password (its hash, its salt) lets whoever reads it try passwords at home, billions in a second.';
    case 'write-only':
      return 'The contract marks the property as writeOnly: it is taken, and never comes back.';
    default:
      return kind satisfies never;
  }
}

/** Somebody new, whose password and what is stored of it are known. */
async function someone(context: ProbeContext, secrets: Secret[], exchanges: Exchange[]): Promise<Identity | null> {
  const mark = context.backend.wire?.mark() ?? 0;
  const person = await context.identities.another(context.backend);
  if ('unavailable' in person) return null;
  // A password that somebody chose for a demonstration may be a word of any answer.
  if (signUpOf(context, person) !== null || isTelling(person.password))
    secrets.push({ kind: 'sent', name: 'password', value: person.password });
  exchanges.push(...person.exchanges);
  await keepStored(context, mark, person.login, secrets);
  return person;
}

/** What a careless backend keeps of the passwords that were sent: hashes that anybody can make again. */
function fastHashes(secrets: readonly Secret[]): readonly Secret[] {
  return secrets
    .filter(({ kind, shared }) => kind === 'sent' && shared !== true)
    .flatMap(({ value: password }) => formsOf(password))
    .filter(({ form, text }) => form !== 'plain' && secrets.every(({ value }) => value !== text))
    .map(({ form, text }) => ({ kind: 'stored', name: `its ${form.toUpperCase()}`, value: text }));
}

/** Whether a text stands in no answer by chance. */
function isTelling(text: string): boolean {
  return text.length >= 12 && [/[a-z]/i, /\d/, /[^a-z\d\s]/i].every((signs) => signs.test(text));
}

/** Looks up what the database keeps for somebody. */
async function keepStored(context: ProbeContext, mark: number, login: string, secrets: Secret[]): Promise<void> {
  const { wire } = context.backend;
  if (wire === null || login.length < 6) return;
  await wire.idle(5, context.signal);
  for (const { row } of await rowsWith(context, wire.since(mark), login)) {
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== 'string' || value.length < 12 || value === login) continue;
      if (!keptColumn.test(name) && !keptForm.test(value)) continue;
      // A bytea as PostgreSQL writes it; answers have it in hexadecimal or base64.
      const bytes = /^\\x((?:[0-9a-f]{2})+)$/.exec(value)?.[1];
      const shown = bytes === undefined ? [value] : [bytes, Buffer.from(bytes, 'hex').toString('base64')];
      secrets.push(...shown.map((text) => ({ kind: 'stored' as const, name, value: text })));
    }
  }
}

/** Sends a secret of ours wherever one is taken, and reads what it made. The last answer to each with which no request was accepted. */
async function plant(context: ProbeContext, secrets: Secret[], exchanges: Exchange[]): Promise<readonly Exchange[]> {
  const setup = new Setup(context);
  const planter = new Planter(context, setup);
  const refused: Exchange[] = [];
  for (const input of secretInputs(context.contract).slice(0, mostInputs)) {
    if (context.signal.aborted || (context.focus !== null && context.focus !== input.operation.id)) continue;
    const kind = isSecret(input) ? 'sent' : 'write-only';
    const value = `Aa1${kind === 'sent' ? '!' : ''}${context.random.unique('kept')}`;
    const mark = context.backend.wire?.mark() ?? 0;
    const tries = await sentWith(context, planter, input.operation, (request) => pinned(request, input.place, value));
    const last = tries.at(-1);
    if (last === undefined) continue;
    const isOwn = isPassword(input) && isOfAccount(input.operation, context.contract, context.shape.signIn);
    const shared = kind === 'sent' && !isOwn;
    secrets.push({ kind, name: input.name, value, ...(shared ? { shared } : {}) });
    exchanges.push(...tries.map(({ exchange }) => exchange));
    const { exchange, request } = last;
    if (!isSuccess(exchange)) {
      // Whom a login does not know it refuses, whatever it would do with the password.
      if (!isLogin(input.operation, context.contract)) refused.push(exchange);
      continue;
    }
    if (kind === 'sent') {
      for (const text of otherTexts(request.body?.value as Json | undefined))
        await keepStored(context, mark, text, secrets);
    }
    const resource = context.shape.resources.find(({ create }) => create === input.operation.id);
    const id =
      resource === undefined
        ? undefined
        : idOf(resource, exchange, bodyJson(exchange.response?.body) as Json | undefined);
    if (resource?.read == null || id === undefined) continue;
    const own = { [`path:${resource.idParameter ?? 'id'}`]: id };
    exchanges.push(await context.backend.send(await setup.request(resource.read, own)));
  }
  return refused;
}

/** Texts that are long enough to be found again, and occur nowhere else. */
function otherTexts(body: Json | undefined): readonly string[] {
  return isJsonObject(body)
    ? Object.values(body).flatMap((value) => (typeof value === 'string' && value.includes('@') ? [value] : []))
    : [];
}

/** An ordinary request to each operation but those that delete, by the usual caller and by somebody whose secrets are known. */
async function readEverything(context: ProbeContext, person: Identity | null, exchanges: Exchange[]): Promise<void> {
  const planter = new Planter(context);
  for (const operation of context.contract.operations) {
    if (operation.method === 'DELETE' || (context.focus !== null && context.focus !== operation.id)) continue;
    for (const as of person === null ? [undefined] : operation.method === 'GET' ? [undefined, person] : [person]) {
      if (context.signal.aborted) return;
      const request = await planter.ordinary(operation);
      if (request === null) continue;
      const spec = encodeRequest(operation, request);
      exchanges.push(
        await context.backend.send(as === undefined || operation.security.length === 0 ? spec : { ...spec, as }),
      );
    }
  }
}

function shows({ response }: Exchange, { kind, name, value }: Secret): boolean {
  if (response === undefined) return false;
  if (kind === 'write-only') return holds(bodyJson(response.body) as Json | undefined, name, value);
  const text = bodyText(response.body);
  const escaped = JSON.stringify(value).slice(1, -1);
  return [text, ...response.headers.map(([, field]) => field)].some(
    (one) => one.includes(value) || one.includes(escaped),
  );
}

/** Whether a property of that name has that value, however deep. */
function holds(node: Json | undefined, name: string, value: string): boolean {
  if (Array.isArray(node)) return node.some((item: Json) => holds(item, name, value));
  if (!isJsonObject(node)) return false;
  return Object.entries(node).some(
    ([key, member]) => (key === name && isSameValue(value, member)) || holds(member, name, value),
  );
}
