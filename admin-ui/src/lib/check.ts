import * as z from 'zod/mini';

// Compiled checks would ask for `Function`, which the content-security policy refuses.
z.config({ jitless: true });

export { z };

/** A member of the address that keeps its text, or is absent when it makes no sense. */
export const word = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined);

/** A whole number of the address, not negative. */
export const amount = z.catch(
  z.optional(z.pipe(z.string(), z.pipe(z.transform(Number), z.number().check(z.int(), z.gte(0))))),
  undefined,
);

/** A moment of the address. */
export const moment = z.catch(
  z.optional(z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))))),
  undefined,
);

export const flag = z.catch(z.optional(z.literal('1')), undefined);

export function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.catch(z.optional(z.enum(values)), undefined);
}
