import { isJsonObject, type Json, type JsonObject } from '../../vocabulary/json.ts';
import type { ParsedSource } from '../source/parsed-source.ts';
import { bodyOf, type Parameter, plainParameter } from './parameters.ts';
import { upgradedSchema } from './schemas.ts';
import { securityScheme } from './security.ts';
import { Standing } from './standing.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/**
 * A Swagger 2.0 document as the OpenAPI 3.0 document that says the same, each part standing where the old one stood, so that problems keep their
 * lines. After the OpenAPI Initiative's list of what changed between 2.0 and 3.0.
 */
export function upgradeSwagger(source: ParsedSource): ParsedSource {
  if (!isJsonObject(source.root)) return source;
  const standing = new Standing(source.offsets);
  const root = new Upgrade(source.root, standing).document();
  return { ...source, root, offsets: standing.offsets, isSwagger: true };
}

/** Whether a document says that it is Swagger 2.0, the form before OpenAPI 3. */
export function isSwagger(root: Json): boolean {
  return isJsonObject(root) && root['openapi'] === undefined && /^2(?:\.0)?$/.test(String(root['swagger'] ?? ''));
}

class Upgrade {
  readonly #root: JsonObject;
  readonly #standing: Standing;

  constructor(root: JsonObject, standing: Standing) {
    this.#root = root;
    this.#standing = standing;
  }

  document(): JsonObject {
    const { basePath, definitions, parameters, responses, securityDefinitions, paths } = this.#root;
    const standing = this.#standing;
    const root: Record<string, Json> = {
      openapi: '3.0.3',
      servers: [{ url: typeof basePath === 'string' ? basePath : '/' }],
      components: {
        schemas: standing.each(definitions, (schema) => upgradedSchema(schema, standing)),
        parameters: standing.each(parameters, (parameter) =>
          isPlain(parameter) ? plainParameter(parameter, standing) : undefined,
        ),
        responses: standing.each(responses, (response) => this.#response(response, this.#root)),
        securitySchemes: standing.each(securityDefinitions, (scheme) => securityScheme(scheme, standing)),
      },
    };
    if (paths !== undefined) root.paths = standing.each(paths, (item) => this.#pathItem(item));
    for (const key of ['info', 'security', 'tags']) {
      const value = this.#root[key];
      if (value !== undefined) root[key] = value;
    }
    return standing.as(this.#root, root, { openapi: 'swagger', servers: 'basePath' });
  }

  #pathItem(item: Json): Json {
    if (!isJsonObject(item)) return item;
    const shared = this.#parameters(item['parameters']);
    const upgraded: Record<string, Json> = {};
    for (const [key, value] of Object.entries(item)) {
      if (key === 'parameters') upgraded[key] = this.#plainOnes(shared);
      else if (methods.includes(key)) upgraded[key] = this.#operation(value, shared);
      else upgraded[key] = value;
    }
    return this.#standing.as(item, upgraded);
  }

  #operation(operation: Json, shared: readonly Parameter[]): Json {
    if (!isJsonObject(operation)) return operation;
    const own = this.#parameters(operation['parameters']);
    const { consumes: _consumes, produces: _produces, parameters: _parameters, schemes: _schemes, ...rest } = operation;
    const upgraded: Record<string, Json> = { ...rest };
    const parameters = this.#plainOnes(own);
    if (parameters.length > 0) upgraded.parameters = parameters;
    const whole = [...shared, ...own].map((one) => this.#resolved(one));
    const body = bodyOf(whole, mediaTypes(operation, this.#root, 'consumes'), this.#standing);
    if (body !== null) upgraded.requestBody = body;
    if (operation['responses'] !== undefined)
      upgraded.responses = this.#standing.each(operation['responses'], (response) =>
        this.#response(response, operation),
      );
    return this.#standing.as(operation, upgraded, { requestBody: 'parameters' });
  }

  #parameters(list: Json | undefined): readonly Parameter[] {
    return Array.isArray(list) ? list.filter(isJsonObject) : [];
  }

  /** All but those that tell of a body, also behind a `$ref`. */
  #plainOnes(parameters: readonly Parameter[]): readonly Json[] {
    return parameters
      .filter((one) => isPlain(this.#resolved(one)))
      .map((one) =>
        typeof one['$ref'] === 'string' ? upgradedSchema(one, this.#standing) : plainParameter(one, this.#standing),
      );
  }

  /** What a `$ref` to a shared parameter means; bodies are told by parameters in 2.0, and no longer in 3.0. */
  #resolved(parameter: Parameter): Parameter {
    const name = /^#\/parameters\/(.+)$/.exec(String(parameter['$ref'] ?? ''))?.[1];
    const shared = isJsonObject(this.#root['parameters']) ? this.#root['parameters'] : {};
    const found = name === undefined ? undefined : shared[name.replaceAll('~1', '/').replaceAll('~0', '~')];
    return isJsonObject(found) ? found : parameter;
  }

  #response(response: Json, owner: JsonObject): Json {
    if (!isJsonObject(response)) return response;
    if (typeof response['$ref'] === 'string') return upgradedSchema(response, this.#standing);
    const { schema, headers, examples, ...rest } = response;
    const upgraded: Record<string, Json> = { ...rest };
    if (headers !== undefined)
      upgraded.headers = this.#standing.each(headers, (header) =>
        isJsonObject(header) ? plainParameter(header, this.#standing) : header,
      );
    if (schema !== undefined)
      upgraded.content = Object.fromEntries(
        mediaTypes(owner, this.#root, 'produces').map((mediaType) => {
          const example = isJsonObject(examples) ? examples[mediaType] : undefined;
          const content = { schema: upgradedSchema(schema, this.#standing) };
          return [mediaType, example === undefined ? content : { ...content, example }];
        }),
      );
    return this.#standing.as(response, upgraded, { content: 'schema' });
  }
}

function mediaTypes(operation: JsonObject, root: JsonObject, key: 'consumes' | 'produces'): readonly string[] {
  const own = operation[key];
  const all = Array.isArray(own) && own.length > 0 ? own : root[key];
  const named = Array.isArray(all) ? all.filter((one): one is string => typeof one === 'string') : [];
  return named.length > 0 ? named : ['application/json'];
}

function isPlain(parameter: Json): parameter is Parameter {
  return isJsonObject(parameter) && parameter['in'] !== 'body' && parameter['in'] !== 'formData';
}
