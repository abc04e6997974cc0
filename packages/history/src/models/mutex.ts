import type { Model } from '../model.ts';

export interface MutexInput {
  readonly f: 'acquire' | 'release';
}

/** A lock that nobody owns in particular: it is taken when free and released when taken. */
export const mutex: Model<boolean, MutexInput, unknown> = {
  name: 'mutex',
  initial: () => false,
  step: (taken, input) => (taken === (input.f === 'release') ? [!taken] : []),
  key: Number,
  describe: (input, _, known) => (known ? input.f : `${input.f} ?`),
  describeState: (taken) => (taken ? 'taken' : 'free'),
};
