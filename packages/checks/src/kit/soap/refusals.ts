import type { Exchange, Operation, SoapFault } from '@assay/contract';
import type { Probe } from '../exploration/explore.ts';
import { isAnswer } from './messages.ts';

/**
 * The codes with which a service asks for something in the header, or refuses what stands there: WS-Security (SOAP Message Security 1.1, section 12) and
 * WS-Addressing (SOAP binding, section 6) lay them down, in SOAP 1.1 in place of `soap:Client`.
 */
const headerCodes: ReadonlySet<string> = new Set([
  'FailedAuthentication',
  'FailedCheck',
  'InvalidSecurity',
  'InvalidSecurityToken',
  'MessageExpired',
  'SecurityTokenUnavailable',
  'UnsupportedAlgorithm',
  'UnsupportedSecurityToken',
  'InvalidAddressingHeader',
  'MessageAddressingHeaderRequired',
]);

/** Whether a fault is about the header of the message, not about its body. SOAP 1.1 itself has `Client.Authentication` for an example. */
export function isAboutHeaders({ code }: SoapFault): boolean {
  const local = code.slice(code.lastIndexOf(':') + 1);
  return headerCodes.has(local) || local.startsWith('Client.Auth');
}

/** Whether an operation wants a header that is not sent, and refuses every valid message: for the sake of the header, as likely as not. */
export function lacksHeaders({ id, soap }: Operation, probes: readonly Probe[]): boolean {
  const asks = (soap?.headers ?? []).length > 0;
  return asks && !validOf(probes.filter(({ operation }) => operation === id)).some(isAnswer);
}

/** Why the refusals of an operation say nothing of the messages that it refuses; null when they do. */
export function saysNothing(operation: Operation, probes: readonly Probe[]): string | null {
  const { id, path, soap } = operation;
  const answers = probes.flatMap(({ exchange }) => exchange.response ?? []);
  if (answers.length > 0 && answers.every(({ status, fault }) => status === 404 && fault === undefined))
    return `nothing is served at ${path}`;
  if (lacksHeaders(operation, probes))
    return `${id} refused every message: it asks for the header ${soap?.headers?.join(' and ') ?? ''}, which was not sent`;
  const valid = validOf(probes);
  const codes = new Set(valid.map(({ response }) => response?.fault?.code));
  const refuses = codes.size === 1 && !codes.has(undefined);
  const isSame = probes.every(({ exchange }) => codes.has(exchange.response?.fault?.code));
  return refuses && isSame ? `${id} refused every message in the same way, the valid ones too` : null;
}

function validOf(probes: readonly Probe[]): readonly Exchange[] {
  return probes.filter(({ intent }) => intent.kind === 'valid').map(({ exchange }) => exchange);
}
