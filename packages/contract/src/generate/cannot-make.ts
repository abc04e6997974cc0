/** Thrown inside the generators when a value did not come about in a bounded number of tries; the outermost maker tries again. */
export class CannotMake extends Error {}

/** What is asked for is larger than what is made at all: trying again is of no use. */
export class TooLarge extends CannotMake {}

/** No value that fits the schema could be found, so nothing can be sent where it is required. The contract's trouble or this project's, not the backend's. */
export class UnsupportedSchema extends Error {
  /** Where the schema is used: `the body of createTodo`, `the query parameter limit of listTodos`. */
  readonly place: string;

  constructor(place: string, reason: string) {
    super(`no valid value could be made for ${place}: ${reason}`);
    this.name = 'UnsupportedSchema';
    this.place = place;
  }
}
