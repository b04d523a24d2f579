import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { PageTabs } from '@/kit/PageTabs';

const tabs = [
  { key: 'register', path: '/debarments' },
  { key: 'hits', path: '/debarments/hits' },
] as const;

interface DebarmentFrameProps {
  tab: (typeof tabs)[number]['key'];
  actions?: ReactNode;
  children: ReactNode;
}

/** Around the register of who is barred and what it held back. */
export function DebarmentFrame({ tab, actions, children }: DebarmentFrameProps) {
  const { t } = useTranslation('debarment');
  return (
    <Page fixed>
      <PageHead title={t(`${tab}.title`)} lead={t(`${tab}.lead`)} actions={actions} />
      <PageTabs label={t('tabs')} tabs={tabs.map(({ key, path }) => ({ path, title: t(`${key}.tab`) }))} />
      {children}
    </Page>
  );
}
