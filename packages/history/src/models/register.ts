import type { Model } from '../model.ts';
import type { Value } from '../value.ts';
import { casRegister } from './cas-register.ts';
import type { CasRegisterInput, RegisterOutput } from './register-input.ts';

/** A register that is read and written: the compare-and-set register, used without its third operation. */
export function register(initial: Value = null): Model<Value, CasRegisterInput, RegisterOutput> {
  return { ...casRegister(initial), name: 'register' };
}
