import { type Located, placeOf } from './xml-source.ts';
import type { Place } from '../openapi/source/place.ts';

/** A part of a WSDL whose meaning cannot be told. What rests on it is left out; when nothing is left, it becomes the fault. */
export class Unreadable extends Error {
  readonly place: Place;

  constructor(at: Located, message: string) {
    super(message);
    this.name = 'Unreadable';
    this.place = placeOf(at);
  }
}
