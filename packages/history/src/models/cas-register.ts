import type { Model } from '../model.ts';
import { refuteCell } from '../patterns/cell.ts';
import { separateValues } from '../patterns/separate.ts';
import { decideByZones } from '../patterns/zones.ts';
import { keyOf, sameValue, showValue, type Value } from '../value.ts';
import {
  type CasRegisterInput,
  cellView,
  describeRegister,
  mayLeave,
  registerEffect,
  type RegisterOutput,
  specializeRegister,
  stepRegister,
} from './register-input.ts';

/** A register with compare-and-set. A refused one is an observation: the value was another. */
export function casRegister(initial: Value = null): Model<Value, CasRegisterInput, RegisterOutput> {
  return {
    name: 'cas-register',
    initial: () => initial,
    step: stepRegister,
    key: keyOf,
    effect: registerEffect,
    refute: (entries) => refuteCell(entries.map(cellView), keyOf(initial)),
    decide: (entries, tick) =>
      decideByZones(separateValues(entries.map(cellView), keyOf(initial), tick), keyOf(initial)),
    specialize: (entries, tick) => specializeRegister(entries, initial, casRegister, tick),
    hopeless: (state, { input, output }, candidates) =>
      input.f === 'read' &&
      !sameValue(state, output) &&
      !candidates.some((entry) => mayLeave(entry.input, output ?? null)),
    describe: describeRegister,
    describeState: (state) => showValue(state),
  };
}
