import { useTranslation } from 'react-i18next';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { PageTabs } from '@/kit/PageTabs';

const tabs = [
  { key: 'cases', path: '/sharing', does: 'seeSharing' },
  { key: 'claims', path: '/claims', does: 'seeClaims' },
] as const;

/** Leads between requests about a patient and tasks about many claims. */
export function SharingTabs() {
  const { t } = useTranslation('sharing');
  const { roles } = useSession();
  return <PageTabs label={t('title')} tabs={tabs.filter(({ does }) => may(roles, does)).map(({ key, path }) => ({ path, title: t(`tabs.${key}`) }))} />;
}
