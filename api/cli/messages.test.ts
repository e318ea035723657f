import { expect, test } from 'vitest';
import { typesOf } from './messages.ts';

/** As Paraglide writes it. */
const source = `
import { getLocale, experimentalStaticLocale } from '../runtime.js';

/** @typedef {import('../runtime.js').LocalizedString} LocalizedString */

/** @typedef {{ place: NonNullable<unknown> }} Access_ListInputs */

const en_access_list = /** @type {(inputs: Access_ListInputs) => LocalizedString} */ (i) => {
	return /** @type {LocalizedString} */ (\`Log of \${i?.place}\`)
};

/**
* | output |
* | --- |
* | "Log of {place}" |
*/
export const access_list = /** @type {((inputs: Access_ListInputs) => LocalizedString) & import('../runtime.js').MessageMetadata<Access_ListInputs, {}, {}>} */ ((inputs, options = {}) => {
	return en_access_list(inputs)
});`;

test('a message is declared with what it takes and the text that it shows', () => {
  const [, ...lines] = typesOf([source]).split('\n');
  expect(lines).toEqual([
    "export * as m from './messages.js';",
    'type Access_ListInputs = { place: NonNullable<unknown> };',
    '/**',
    '* | output |',
    '* | --- |',
    '* | "Log of {place}" |',
    '*/',
    "export const access_list: ((inputs: Access_ListInputs) => LocalizedString) & import('./runtime.js').MessageMetadata<Access_ListInputs, {}, {}>;",
    '',
  ]);
});

test('a message of a form that we do not know stops the build instead of going without a type', () => {
  expect(() => typesOf(['export const a = () => 1;'])).toThrow('another form');
});
