import type { AnyCheck } from '../areas.ts';
import { check as contractAcceptsValid } from '../contract/accepts-valid.ts';
import { check as contractNoServerError } from '../contract/no-server-error.ts';
import { check as contractRejectsInvalid } from '../contract/rejects-invalid.ts';
import { check as contractRejectsUnknownMethod } from '../contract/rejects-unknown-method.ts';
import { check as contractRequiresParameters } from '../contract/requires-parameters.ts';
import { check as contractResponseHeaders } from '../contract/response-headers.ts';
import { check as contractResponseSchema } from '../contract/response-schema.ts';
import { check as contractResponseStatus } from '../contract/response-status.ts';
import { check as httpBodyLimit } from '../http/body-limit.ts';
import { check as httpCharset } from '../http/charset.ts';
import { check as httpConditionalRequests } from '../http/conditional-requests.ts';
import { check as httpHeadMatchesGet } from '../http/head-matches-get.ts';
import { check as httpIdempotencyKey } from '../http/idempotency-key.ts';
import { check as httpLocationOfCreated } from '../http/location-of-created.ts';
import { check as httpMalformedJsonIs400 } from '../http/malformed-json-is-400.ts';
import { check as httpPaginationComplete } from '../http/pagination-complete.ts';
import { check as httpProblemDetails } from '../http/problem-details.ts';
import { check as dataAtomicUnderFault } from '../data/atomic-under-fault.ts';
import { check as dataDeleteIsFinal } from '../data/delete-is-final.ts';
import { check as dataLinearizable } from '../data/linearizable.ts';
import { check as dataNoLostUpdate } from '../data/no-lost-update.ts';
import { check as dataRoundTrip } from '../data/round-trip.ts';
import { check as dataUniqueUnderRace } from '../data/unique-under-race.ts';
import { check as dataUpdateIsVisible } from '../data/update-is-visible.ts';
import { check as queriesBoundedResult } from '../queries/bounded-result.ts';
import { check as queriesConnectionsReleased } from '../queries/connections-released.ts';
import { check as queriesIndexed } from '../queries/indexed.ts';
import { check as queriesNoNPlusOne } from '../queries/no-n-plus-one.ts';
import { check as queriesOneTransaction } from '../queries/one-transaction.ts';
import { check as schemaForeignKeyIndexes } from '../schema/foreign-key-indexes.ts';
import { check as schemaForeignKeys } from '../schema/foreign-keys.ts';
import { check as schemaMoneyIsExact } from '../schema/money-is-exact.ts';
import { check as schemaPrimaryKeys } from '../schema/primary-keys.ts';
import { check as schemaRulesInConstraints } from '../schema/rules-in-constraints.ts';
import { check as schemaTimestampsHaveZone } from '../schema/timestamps-have-zone.ts';
import { check as securityAuthenticationRequired } from '../security/authentication-required.ts';
import { check as securityCommandInjection } from '../security/command-injection.ts';
import { check as securityCors } from '../security/cors.ts';
import { check as securityErrorDetail } from '../security/error-detail.ts';
import { check as securityFunctionAuthorization } from '../security/function-authorization.ts';
import { check as securityHeaderInjection } from '../security/header-injection.ts';
import { check as securityLoginRateLimit } from '../security/login-rate-limit.ts';
import { check as securityMassAssignment } from '../security/mass-assignment.ts';
import { check as securityObjectAuthorization } from '../security/object-authorization.ts';
import { check as securityOpenRedirect } from '../security/open-redirect.ts';
import { check as securityPasswordStorage } from '../security/password-storage.ts';
import { check as securityPathTraversal } from '../security/path-traversal.ts';
import { check as securityRegexDos } from '../security/regex-dos.ts';
import { check as securitySensitiveFields } from '../security/sensitive-fields.ts';
import { check as securitySqlInjection } from '../security/sql-injection.ts';
import { check as securitySsrf } from '../security/ssrf.ts';
import { check as securityTokenForgery } from '../security/token-forgery.ts';
import { check as securityUserEnumeration } from '../security/user-enumeration.ts';
import { check as securityXxe } from '../security/xxe.ts';
import { check as resilienceAcknowledgedWritesSurviveKill } from '../resilience/acknowledged-writes-survive-kill.ts';
import { check as resilienceGracefulShutdown } from '../resilience/graceful-shutdown.ts';
import { check as resilienceMalformedHttp } from '../resilience/malformed-http.ts';
import { check as resilienceRecoversFromDatabaseRestart } from '../resilience/recovers-from-database-restart.ts';
import { check as resilienceRestartIsIdempotent } from '../resilience/restart-is-idempotent.ts';
import { check as resilienceSlowClients } from '../resilience/slow-clients.ts';
import { check as resilienceSlowDatabase } from '../resilience/slow-database.ts';
import { check as performanceColdStart } from '../performance/cold-start.ts';
import { check as performanceCostGrowth } from '../performance/cost-growth.ts';
import { check as performanceLatency } from '../performance/latency.ts';
import { check as performanceMemoryGrowth } from '../performance/memory-growth.ts';
import { check as performanceThroughput } from '../performance/throughput.ts';
import { check as soapEnvelopeValid } from '../soap/envelope-valid.ts';
import { check as soapFaults } from '../soap/faults.ts';
import { check as soapMustUnderstand } from '../soap/must-understand.ts';
import { check as soapSoapAction } from '../soap/soap-action.ts';
import { check as soapVersionMismatch } from '../soap/version-mismatch.ts';
import { check as soapWsdlServed } from '../soap/wsdl-served.ts';

/** Every check of the catalogue. */
export const registry: readonly AnyCheck[] = [
  contractAcceptsValid,
  contractNoServerError,
  contractRejectsInvalid,
  contractRejectsUnknownMethod,
  contractRequiresParameters,
  contractResponseHeaders,
  contractResponseSchema,
  contractResponseStatus,
  httpBodyLimit,
  httpCharset,
  httpConditionalRequests,
  httpHeadMatchesGet,
  httpIdempotencyKey,
  httpLocationOfCreated,
  httpMalformedJsonIs400,
  httpPaginationComplete,
  httpProblemDetails,
  dataAtomicUnderFault,
  dataDeleteIsFinal,
  dataLinearizable,
  dataNoLostUpdate,
  dataRoundTrip,
  dataUniqueUnderRace,
  dataUpdateIsVisible,
  queriesBoundedResult,
  queriesConnectionsReleased,
  queriesIndexed,
  queriesNoNPlusOne,
  queriesOneTransaction,
  schemaForeignKeyIndexes,
  schemaForeignKeys,
  schemaMoneyIsExact,
  schemaPrimaryKeys,
  schemaRulesInConstraints,
  schemaTimestampsHaveZone,
  securityAuthenticationRequired,
  securityCommandInjection,
  securityCors,
  securityErrorDetail,
  securityFunctionAuthorization,
  securityHeaderInjection,
  securityLoginRateLimit,
  securityMassAssignment,
  securityObjectAuthorization,
  securityOpenRedirect,
  securityPasswordStorage,
  securityPathTraversal,
  securityRegexDos,
  securitySensitiveFields,
  securitySqlInjection,
  securitySsrf,
  securityTokenForgery,
  securityUserEnumeration,
  securityXxe,
  resilienceAcknowledgedWritesSurviveKill,
  resilienceGracefulShutdown,
  resilienceMalformedHttp,
  resilienceRecoversFromDatabaseRestart,
  resilienceRestartIsIdempotent,
  resilienceSlowClients,
  resilienceSlowDatabase,
  performanceColdStart,
  performanceCostGrowth,
  performanceLatency,
  performanceMemoryGrowth,
  performanceThroughput,
  soapEnvelopeValid,
  soapFaults,
  soapMustUnderstand,
  soapSoapAction,
  soapVersionMismatch,
  soapWsdlServed,
];
