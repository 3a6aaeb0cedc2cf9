import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../../lib/session';
import { type ActView, placeOf } from './acts';

/** What an act was done on: a link to its page, for who may see that. */
export function Target({ act, text }: { act: ActView; text: ReactNode }) {
  const { can } = useSession();
  const place = placeOf(act);
  return place === undefined || !can(place.scope) ? (
    text
  ) : (
    <Link to={place.to as never} search={(place.search ?? {}) as never} onClick={(event) => event.stopPropagation()}>
      {text}
    </Link>
  );
}
