import { isJsonMediaType } from '../validate/media-type.ts';
import { readingsOf } from '../validate/readings.ts';
import { pointerSteps } from '../validate/violation.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import type { ParameterPlace } from '../vocabulary/operation.ts';
import { applyEdit } from './edit.ts';
import type { Edit } from './edit.ts';
import { isWrittenAsJson } from './encode-parameter.ts';
import type { ViolationKind } from './mutation.ts';
import { provenMutations } from './mutations.ts';
import type { ProvenMutation } from './mutations.ts';
import { formMediaTypes, valueOf } from './operation-plan.ts';
import type { BodyPlan, OperationPlan, ParameterPlan } from './operation-plan.ts';
import { canCarry, carriedReadings } from './parameter-place.ts';
import { withParameter, withoutParameter } from './request-case.ts';
import type { InvalidRequestCase, RequestCase, RequestViolation } from './request-case.ts';
import type { Source } from './source.ts';
import type { Mode } from './value-maker.ts';

/** A valid request prepared for one violation, and the violation itself; `apply` also works on simpler versions of the request. */
export interface Breach {
  readonly base: RequestCase;
  /** Null when the request no longer has what is to be violated. */
  readonly apply: (request: RequestCase) => InvalidRequestCase | null;
}

/** One way to violate an operation's contract. */
export interface Violation {
  readonly kind: ViolationKind;
  /** What is the same for all of its requests: the place and the keyword. */
  readonly key: string;
  /** For the schema of a body: its media type. */
  readonly mediaType: string | null;
  /** @param request a valid request, without bindings. */
  readonly prepare: (request: RequestCase, source: Source, mode: Mode) => Breach;
}

const known = new WeakMap<OperationPlan, readonly Violation[]>();

/** Every way to violate an operation's contract that could be proven. Worked out once. */
export function violationsOf(plan: OperationPlan): readonly Violation[] {
  let found = known.get(plan);
  if (found === undefined) {
    found = [...plan.parameters.flatMap(parameterViolations), ...bodyViolations(plan)];
    known.set(plan, found);
  }
  return found;
}

function parameterViolations(parameterPlan: ParameterPlan): readonly Violation[] {
  const { parameter, maker, isPicked } = parameterPlan;
  const { name, in: where } = parameter;
  const found: Violation[] = [];
  const spread = parameter.style === 'form' && parameter.explode;
  // Of an empty object these styles write nothing at all.
  const isNothing = (spread || parameter.style === 'deepObject') && !isWrittenAsJson(parameter) && maker.fits({});
  if (parameter.required && where !== 'path' && !isNothing) {
    const violation: RequestViolation = {
      kind: 'missing',
      where,
      parameter: name,
      pointer: '',
      keyword: 'required',
      description: `the ${where} parameter ${name} is missing`,
    };
    found.push({
      kind: 'missing',
      key: `${where} ${name} required`,
      mediaType: null,
      prepare: (base) => ({ base, apply: (request) => ({ ...withoutParameter(request, where, name), violation }) }),
    });
  }
  if (isPicked) return found;
  // In a text everything is a string: a value is invalid only when none of its readings is valid, and it must reach the server at all.
  // How a list is written in the style deepObject, OpenAPI leaves open: what a server reads there is not known.
  const isOpen = (value: Json) => parameter.style === 'deepObject' && Array.isArray(value);
  const isInvalid = (value: Json) =>
    value !== '' &&
    !isOpen(value) &&
    canCarry(parameter, value) &&
    carriedReadings(value, parameter).every((reading) => !maker.fits(reading));
  for (const mutation of provenMutations(maker, name, isInvalid)) {
    if (!makesSenseInText(mutation) || (spread && mutation.mutation.kind === 'additional')) continue;
    found.push(
      fromMutation(
        mutation,
        where,
        name,
        (request, base, edit, violation) => {
          const current = valueOf(request, parameter) ?? base;
          const value = applyEdit(current, edit);
          return value === undefined || !isInvalid(value)
            ? null
            : { ...withParameter(request, where, name, value), violation };
        },
        (request, base) => withParameter(request, where, name, base),
      ),
    );
  }
  return found;
}

function bodyViolations(plan: OperationPlan): readonly Violation[] {
  const found: Violation[] = [];
  const [first] = plan.bodies;
  if (first === undefined || plan.bodyIgnored) return found;
  if (plan.bodyRequired) {
    const violation: RequestViolation = {
      kind: 'body',
      where: 'body',
      parameter: null,
      pointer: '',
      keyword: 'required',
      description: 'the body is missing',
    };
    found.push({
      kind: 'body',
      key: 'body required',
      mediaType: null,
      prepare: (base) => ({ base, apply: ({ body, ...rest }) => (body === undefined ? null : { ...rest, violation }) }),
    });
  }
  found.push(...contentTypeViolation(plan));
  for (const body of plan.bodies) found.push(...schemaViolations(body));
  return found;
}

function contentTypeViolation(plan: OperationPlan): readonly Violation[] {
  const accepted = plan.bodies.map(({ mediaType }) => mediaType);
  const documented = plan.operation.requestBody?.content.map(({ mediaType }) => mediaType) ?? [];
  const other = ['text/plain', 'application/xml'].find(
    (mediaType) =>
      !accepted.includes(mediaType) &&
      !documented.some((each) => each === '*/*' || each === `${mediaType.split('/')[0] ?? ''}/*`),
  );
  if (other === undefined || !accepted.some(isJsonMediaType)) return [];
  const violation: RequestViolation = {
    kind: 'content-type',
    where: 'body',
    parameter: null,
    pointer: '',
    keyword: 'content-type',
    description: `the body is sent as ${other}, must be ${documented.join(' or ')}`,
  };
  return [
    {
      kind: 'content-type',
      key: 'body content-type',
      mediaType: null,
      prepare: (base, source, mode) => ({
        base: base.body === undefined ? withBody(base, plan.bodies[0], source, mode) : base,
        apply: (request) =>
          request.body === undefined
            ? null
            : { ...request, body: { mediaType: other, value: JSON.stringify(request.body.value) }, violation },
      }),
    },
  ];
}

function withBody(request: RequestCase, body: BodyPlan | undefined, source: Source, mode: Mode): RequestCase {
  return body === undefined
    ? request
    : { ...request, body: { mediaType: body.mediaType, value: body.maker.make(source, mode) } };
}

function schemaViolations({ mediaType, textual: isText, maker }: BodyPlan): readonly Violation[] {
  const isForm = formMediaTypes.includes(mediaType);
  const isInvalid = (value: Json, pointer: string): boolean => {
    if (!maker.isInvalid(value)) return false;
    if (isText)
      return typeof value === 'string' && value !== '' && readingsOf(value).every((reading) => !maker.fits(reading));
    if (!isForm) return true;
    const readings = formReadings(value, pointer);
    return readings.length > 0 && readings.every((reading) => !maker.fits(reading));
  };
  const mutations = provenMutations(maker, 'the body', (value, { violation }) => isInvalid(value, violation.pointer));
  return (isForm || isText ? mutations.filter(makesSenseInText) : mutations).map((mutation) =>
    fromMutation(
      mutation,
      'body',
      null,
      (request, _base, edit, violation) => {
        if (request.body?.mediaType !== mediaType) return null;
        const value = applyEdit(request.body.value, edit);
        return value === undefined || !isInvalid(value, edit.pointer)
          ? null
          : { ...request, body: { mediaType, value }, violation };
      },
      (request, base) => ({ ...request, body: { mediaType, value: base } }),
      mediaType,
    ),
  );
}

/** Where everything is text there is no wrong type for a string, and only text that is no number or boolean for those. */
function makesSenseInText({ mutation, sample }: ProvenMutation): boolean {
  if (mutation.keyword !== 'type') return true;
  const replaced = sample.change.edit.op === 'set' ? sample.change.edit.value : null;
  const scalar = mutation.place.node.alternatives.every(
    ({ type }) => type === 'number' || type === 'boolean' || type === 'null',
  );
  return scalar && (typeof replaced === 'string' || replaced === 1.5);
}

/** What the fields of a form can be taken for: the changed field is text like all others. Nothing but an object can be sent at all. */
function formReadings(value: Json, pointer: string): readonly Json[] {
  if (
    !isJsonObject(value) ||
    Object.values(value).some((field) => field === null || (Array.isArray(field) && field.length === 0))
  )
    return [];
  const [name] = pointerSteps(pointer);
  const field = name !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;
  if (name === undefined || field === undefined) return [value];
  return carriedReadings(field).map((reading) => ({ ...value, [name]: reading }));
}

function fromMutation(
  { mutation, make }: ProvenMutation,
  where: ParameterPlace | 'body',
  parameter: string | null,
  apply: (request: RequestCase, base: Json, edit: Edit, violation: RequestViolation) => InvalidRequestCase | null,
  prepare: (request: RequestCase, base: Json) => RequestCase,
  mediaType: string | null = null,
): Violation {
  const pointer = mutation.place.steps.map(({ key }) => `/${key}`).join('');
  return {
    kind: mutation.kind,
    key: `${where} ${parameter ?? mediaType ?? ''} ${pointer} ${mutation.keyword}`,
    mediaType,
    prepare(request, source, mode) {
      const { base, change } = make(source, mode);
      const violation: RequestViolation = { ...change.violation, where, parameter };
      return { base: prepare(request, base), apply: (simpler) => apply(simpler, base, change.edit, violation) };
    },
  };
}
