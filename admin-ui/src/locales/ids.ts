import type { overview } from './en/overview';
import type { requests } from './en/requests';
import type { shell } from './en/shell';

// One line for each file of locales/en.
type Words = typeof shell & typeof overview & typeof requests;

type Plain<Id> = Id extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Id;

/** Every phrase's id; those with plural forms without their endings. */
export type WordId = Plain<keyof Words>;
