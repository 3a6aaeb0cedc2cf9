import { Button } from '../../components/Button';
import { SecretOnce } from '../../components/Copy';
import { t } from '../../lib/i18n';
import { time } from '../../lib/time';
import { linkOf } from './prepare';

export interface LinkOnceProps {
  name: string;
  link: string;
  expires: string;
  onDone: () => void;
}

/** A link that signs a user in once; it too is shown once. */
export function LinkOnce({ name, link, expires, onDone }: LinkOnceProps) {
  return (
    <SecretOnce
      secret={linkOf(link)}
      about={t('users.link.about', { name, time: time(expires, 'full') })}
      copy={t('users.link.copy')}
      done={<Button onClick={onDone}>{t('users.link.done')}</Button>}
    />
  );
}
