import { itemsOf, propertiesOf, resolved, type Definitions } from '../shape/schema-view.ts';
import { isJsonMediaType } from '../validate/media-type.ts';
import type { MediaContent, Operation, Schema } from '../vocabulary/operation.ts';

/** The operation, with the fields named that its forms take as files. Frameworks write the schema of a form elsewhere and refer to it. */
export function withFileFields(operation: Operation, definitions: Definitions): Operation {
  if (operation.requestBody === null) return operation;
  const content = operation.requestBody.content.map((each) => marked(each, definitions));
  return { ...operation, requestBody: { ...operation.requestBody, content } };
}

function marked(content: MediaContent, definitions: Definitions): MediaContent {
  if (content.mediaType !== 'multipart/form-data') return content;
  const files = [...propertiesOf(content.schema, definitions)]
    .filter(
      ([name, schema]) =>
        isFile(itemsOf(schema, definitions) ?? schema, definitions) || isOfFiles(content.partTypes?.[name]),
    )
    .map(([name]) => name);
  return files.length === 0 ? content : { ...content, files };
}

/** What forms send without a file name is text or JSON. */
function isOfFiles(mediaType: string | undefined): boolean {
  return mediaType !== undefined && mediaType !== 'text/plain' && !isJsonMediaType(mediaType);
}

/** `format: binary` in OpenAPI 3.0; in 3.1 a media type without an encoding into text. */
function isFile(schema: Schema, definitions: Definitions): boolean {
  const object = resolved(schema, definitions);
  return object !== null && (object.format === 'binary' || object.contentMediaType !== undefined);
}
