/** A request that is well made and cannot be done as things are: one of the faults that the contract declares. */
export class Refusal extends Error {
  /** @param {'notFound' | 'outOfStock' | 'inUse' | 'notOpen'} kind */
  constructor(kind, details, message) {
    super(message);
    this.kind = kind;
    this.details = details;
  }
}

/** A message that is not as the contract has it. */
export class BadMessage extends Error {
  /** @param {'Client' | 'VersionMismatch' | 'MustUnderstand'} code */
  constructor(message, code = 'Client') {
    super(message);
    this.code = code;
  }
}
