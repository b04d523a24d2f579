import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { PageTabs } from '@/kit/PageTabs';

const tabs = [
  { key: 'due', path: '/retention' },
  { key: 'destructions', path: '/retention/destructions' },
  { key: 'holds', path: '/retention/holds' },
] as const;

interface RetentionFrameProps {
  tab: (typeof tabs)[number]['key'];
  actions?: ReactNode;
  children: ReactNode;
}

/** Around the pages on how long records are kept. */
export function RetentionFrame({ tab, actions, children }: RetentionFrameProps) {
  const { t } = useTranslation('retention');
  return (
    <Page fixed>
      <PageHead title={t(`${tab}.title`)} lead={t(`${tab}.lead`)} actions={actions} />
      <PageTabs label={t('tabs')} tabs={tabs.map(({ key, path }) => ({ path, title: t(`${key}.tab`) }))} />
      {children}
    </Page>
  );
}
