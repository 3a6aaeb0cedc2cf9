import type { components } from '../../lib/api';

export type UserView = components['schemas']['UserView'];
export type Role = UserView['role'];

export const ROLES: readonly Role[] = ['owner', 'admin', 'auditor', 'billing', 'developer'];

const NAME = /^[a-z0-9][a-z0-9._@+-]{0,99}$/;

/** Whether a user may be called that. */
export function isName(name: string): boolean {
  return NAME.test(name);
}

export function stateOf({ hasPassword }: UserView): 'active' | 'invited' {
  return hasPassword ? 'active' : 'invited';
}

export interface Narrowing {
  name?: string | undefined;
  role?: string | undefined;
  state?: string | undefined;
}

export function passes(user: UserView, { name, role, state }: Narrowing): boolean {
  return (
    (name === undefined || user.name.includes(name.toLowerCase())) &&
    (role === undefined || user.role === role) &&
    (state === undefined || stateOf(user) === state)
  );
}

/** The address at which a one-time link's token signs in; in the fragment, so that no log has it. */
export function linkOf(token: string, origin = location.origin): string {
  return `${origin}/console/#link=${token}`;
}
