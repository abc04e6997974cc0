import { type Contract, isJsonObject, propertiesOf } from '@assay/contract';
import { type TextInput, textInputs } from './text-inputs.ts';

const before = '^(?:new|old|current|user|login|account|repeat|confirm)?[-_]?';
const after = '(?:[-_]?(?:confirm(?:ation)?|repeat|again))?$';
const passwordName = new RegExp(`${before}(?:pass(?:word|phrase|wd|code)?|pwd)${after}`, 'i');
/** What somebody else may be meant to see: a social security number in a personnel file, a PIN that is a postal code. */
const otherName = new RegExp(`${before}(?:secret|pin|cvv|cvc|ssn)${after}`, 'i');

/** Whether what stands there is a secret by its name or its format. */
export function isSecret({ name, schema }: Pick<TextInput, 'name' | 'schema'>): boolean {
  return isPassword({ name, schema }) || otherName.test(name);
}

/** Whether it is a password, which nobody is meant to see. */
export function isPassword({ name, schema }: Pick<TextInput, 'name' | 'schema'>): boolean {
  return schema['format'] === 'password' || passwordName.test(name);
}

/** The texts of bodies that are never to come back: secrets, and what the contract marks as writeOnly. */
export function secretInputs(contract: Contract): readonly TextInput[] {
  return textInputs(contract).filter(
    // Not those in lists of objects, which may be empty.
    (input) => /^body:(?!.*\/0\/)/.test(input.place) && (isSecret(input) || isWriteOnly(contract, input)),
  );
}

function isWriteOnly(contract: Contract, { operation, place, schema }: TextInput): boolean {
  if (schema['writeOnly'] === true) return true;
  // Beside a reference it stands in the object that holds the member.
  return (operation.requestBody?.content ?? []).some((content) => {
    let at = content.schema;
    for (const key of place.slice('body:/'.length).split('/')) {
      const member = propertiesOf(at, contract.definitions).get(key.replaceAll('~1', '/').replaceAll('~0', '~'));
      if (member === undefined) return false;
      if (isJsonObject(member) && member['writeOnly'] === true) return true;
      at = member;
    }
    return false;
  });
}
