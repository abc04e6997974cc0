export * from './vocabulary/challenge.ts';
export * from './vocabulary/check.ts';
export * from './vocabulary/exchange.ts';
export * from './vocabulary/fault.ts';
export * from './vocabulary/finding.ts';
export * from './vocabulary/history.ts';
export * from './vocabulary/identity.ts';
export * from './vocabulary/json.ts';
export * from './vocabulary/operation.ts';
export * from './vocabulary/pointer.ts';
export * from './vocabulary/random.ts';
export * from './vocabulary/report.ts';
export * from './vocabulary/run-event.ts';
export * from './vocabulary/skills.ts';
export * from './vocabulary/soap.ts';
export * from './vocabulary/statement.ts';
export * from './vocabulary/undecided-cause.ts';
export {
  contractFromDocument,
  readContract,
  readContractFile,
  type ReadContractOptions,
} from './openapi/read-contract.ts';
export { joinContracts } from './openapi/join-contracts.ts';
export { describeProblem } from './openapi/source/problem-log.ts';
export { creationOrder, prerequisites } from './shape/creation-order.ts';
export { credentialFields } from './shape/credential-fields.ts';
export { isEntrance } from './shape/entrance.ts';
export { isLogin } from './shape/sign-in.ts';
export { inferShape } from './shape/infer-shape.ts';
export { propertiesOf, resolved } from './shape/schema-view.ts';
export { isSameNoun } from './shape/nouns.ts';
export { tokenPlaceOf, tokenRank } from './shape/token-place.ts';
export { arbitraryOf, type ArbitraryOptions } from './generate/arbitrary.ts';
export { boundaryCases, type BoundaryCases } from './generate/boundary-cases.ts';
export { UnsupportedSchema } from './generate/cannot-make.ts';
export { encodeJson } from './generate/encode-json.ts';
export { encodeRequest } from './generate/encode-request.ts';
export { invalidArbitraryOf, type InvalidArbitraryOptions, type InvalidValue } from './generate/invalid-arbitrary.ts';
export { isWrittenByHttp } from './generate/header-syntax.ts';
export { canBeViolated, invalidRequests, type InvalidRequestOptions } from './generate/invalid-requests.ts';
export { violationKinds, type ValueViolation, type ViolationKind } from './generate/mutation.ts';
export {
  type Bindings,
  type InvalidRequestCase,
  type RequestCase,
  type RequestViolation,
} from './generate/request-case.ts';
export { mayIgnoreBody } from './generate/ignored-body.ts';
export { isKnownFormat } from './generate/known-format.ts';
export { concreteMediaType } from './generate/operation-plan.ts';
export { type RequestOptions, validRequests } from './generate/requests.ts';
export { type Mode } from './generate/value-maker.ts';
export { type Direction } from './validate/directed.ts';
export { undescribedKeyword } from './validate/keywords.ts';
export { findContent, isJsonMediaType, mediaTypeName, mediaTypeParameters } from './validate/media-type.ts';
export { checkResponse, findResponse, type ResponseViolation } from './validate/response.ts';
export { createValidator, type Validator } from './validate/validator.ts';
export { type SchemaViolation } from './validate/violation.ts';
export { readEnvelope } from './soap/decode-envelope.ts';
export { envelopeOf, soapHeaders } from './soap/encode-envelope.ts';
export { type MessageValidator, type MessageViolation, openMessageValidator } from './soap/message-validator.ts';
export { withSoapValue } from './soap/with-value.ts';
export { xmlText } from './soap/xml-text.ts';
export { readServedWsdl } from './wsdl/served-wsdl.ts';
export { isWordPart, skipComment, skipQuoted } from './sql/lexer.ts';
