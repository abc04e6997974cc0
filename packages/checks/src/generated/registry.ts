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
import { check as dataDeleteIsFinal } from '../data/delete-is-final.ts';
import { check as dataRoundTrip } from '../data/round-trip.ts';
import { check as dataUpdateIsVisible } from '../data/update-is-visible.ts';
import { check as queriesBoundedResult } from '../queries/bounded-result.ts';
import { check as queriesNoNPlusOne } from '../queries/no-n-plus-one.ts';
import { check as securityErrorDetail } from '../security/error-detail.ts';
import { check as securitySqlInjection } from '../security/sql-injection.ts';
import { check as resilienceAcknowledgedWritesSurviveKill } from '../resilience/acknowledged-writes-survive-kill.ts';
import { check as resilienceMalformedHttp } from '../resilience/malformed-http.ts';

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
  dataDeleteIsFinal,
  dataRoundTrip,
  dataUpdateIsVisible,
  queriesBoundedResult,
  queriesNoNPlusOne,
  securityErrorDetail,
  securitySqlInjection,
  resilienceAcknowledgedWritesSurviveKill,
  resilienceMalformedHttp,
];
