import type { access } from './en/access';
import type { audit } from './en/audit';
import type { keys } from './en/keys';
import type { limits } from './en/limits';
import type { me } from './en/me';
import type { models } from './en/models';
import type { nodes } from './en/nodes';
import type { overview } from './en/overview';
import type { playground } from './en/playground';
import type { requests } from './en/requests';
import type { shell } from './en/shell';
import type { tenants } from './en/tenants';
import type { usage } from './en/usage';
import type { users } from './en/users';

// One line for each file of locales/en.
type Words = typeof shell &
  typeof overview &
  typeof requests &
  typeof keys &
  typeof limits &
  typeof users &
  typeof tenants &
  typeof access &
  typeof me &
  typeof usage &
  typeof playground &
  typeof models &
  typeof nodes &
  typeof audit;

type Plain<Id> = Id extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Id;

/** Every phrase's id; those with plural forms without their endings. */
export type WordId = Plain<keyof Words>;
