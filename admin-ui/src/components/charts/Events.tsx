import { useNavigate } from '@tanstack/react-router';
import { t } from '../../lib/i18n';
import { time } from '../../lib/time';
import { Button } from '../Button';
import { Menu } from '../Menu';
import type { Band } from './data';

/** Of more only the latest are listed. */
const MOST = 20;

/** What happened in the range of a chart, each with the way to what tells more of it. */
export default function Events({ bands }: { bands: readonly Band[] }) {
  const navigate = useNavigate();
  return (
    <Menu
      trigger={
        <Button small look="quiet">
          {t('shell.chart.happened', { count: bands.length })}
        </Button>
      }
      groups={[
        {
          items: bands
            .slice(-MOST)
            .reverse()
            .map(({ from, label, to }) => ({
              id: to ?? `${from} ${label}`,
              text: label,
              hint: time(from, 'dayMinute'),
              disabled: to === undefined,
              run: () => void navigate({ href: `/console${to}` }),
            })),
        },
      ]}
    />
  );
}
