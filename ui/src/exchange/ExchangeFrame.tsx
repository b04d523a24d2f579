import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { PageHead } from '@/kit/PageHead';
import { PageTabs } from '@/kit/PageTabs';

const tabs = [
  { key: 'partners', path: '/exchange', does: 'seeExchange' },
  { key: 'packages', path: '/exchange/packages', does: 'traceExchange' },
  { key: 'arrivals', path: '/exchange/arrivals', does: 'traceExchange' },
] as const;

interface ExchangeFrameProps {
  tab: (typeof tabs)[number]['key'];
  actions?: ReactNode;
  children: ReactNode;
}

/** Around the pages on packages between houses. */
export function ExchangeFrame({ tab, actions, children }: ExchangeFrameProps) {
  const { t } = useTranslation('exchange');
  const { roles } = useSession();
  return (
    <Page fixed>
      <PageHead title={t(`${tab}.title`)} lead={t(`${tab}.lead`)} actions={actions} />
      <PageTabs label={t('tabs')} tabs={tabs.filter(({ does }) => may(roles, does)).map(({ key, path }) => ({ path, title: t(`${key}.tab`) }))} />
      {children}
    </Page>
  );
}
