import '../../locales/en/overview';
import { Page } from '../../components/Page';
import { t } from '../../lib/i18n';

export default function OverviewPage() {
  return <Page title={t('overview.title')}>…</Page>;
}
