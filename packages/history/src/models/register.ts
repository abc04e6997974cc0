import type { Model } from '../model.ts';
import type { Value } from '../value.ts';
import { casRegister } from './cas-register.ts';
import type { RegisterInput, RegisterOutput } from './register-input.ts';

/** A register that is read and written. */
export function register(initial: Value = null): Model<Value, RegisterInput, RegisterOutput> {
  return { ...casRegister(initial), name: 'register' };
}
