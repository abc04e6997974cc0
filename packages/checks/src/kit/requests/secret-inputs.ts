import { type Contract, isJsonObject, propertiesOf } from '@assay/contract';
import { type TextInput, textInputs } from './text-inputs.ts';

const secretName =
  /^(new|old|current|user|login|account|repeat|confirm)?[-_]?(pass(word|phrase|wd|code)?|pwd|secret|pin|cvv|cvc|ssn)([-_]?(confirm(ation)?|repeat|again))?$/i;

/** Whether what stands there is a secret by its name or its format. */
export function isSecret({ name, schema }: Pick<TextInput, 'name' | 'schema'>): boolean {
  return schema['format'] === 'password' || secretName.test(name);
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
