import { isJsonObject } from '@assay/contract';

/** A text, number or boolean, where it stands (JSON Pointer), and the name of the member that it is or that the list with it has. */
export interface Scalar {
  readonly place: string;
  readonly name: string;
  readonly value: string | number | boolean;
}

/** Every text, number and boolean in a value, at any depth. */
export function scalarsIn(value: unknown, place = '', name = ''): readonly Scalar[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [{ place, name, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => scalarsIn(item, `${place}/${index}`, name));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    scalarsIn(item, `${place}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, key),
  );
}
