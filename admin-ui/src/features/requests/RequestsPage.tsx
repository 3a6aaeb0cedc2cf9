import '../../locales/en/requests';
import { Page } from '../../components/Page';
import { t } from '../../lib/i18n';

export default function RequestsPage() {
  return <Page title={t('requests.title')}>…</Page>;
}
