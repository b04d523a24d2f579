import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { PageHead } from '@/kit/PageHead';
import { PageTabs } from '@/kit/PageTabs';

const tabs = [
  { key: 'conflicts', path: '/orders', does: 'seeOrders' },
  { key: 'patient', path: '/orders/patient', does: 'seeOrders' },
  { key: 'stock', path: '/orders/stock', does: 'seeStock' },
  { key: 'rules', path: '/orders/rules', does: 'seeOrderRules' },
] as const;

interface OrderFrameProps {
  tab: (typeof tabs)[number]['key'];
  fixed?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}

/** Around the pages on orders under way. */
export function OrderFrame({ tab, fixed, actions, children }: OrderFrameProps) {
  const { t } = useTranslation('order');
  const { roles } = useSession();
  return (
    <Page {...(fixed && { fixed })}>
      <PageHead title={t(`${tab}.title`)} lead={t(`${tab}.lead`)} actions={actions} />
      <PageTabs label={t('tabs')} tabs={tabs.filter(({ does }) => may(roles, does)).map(({ key, path }) => ({ path, title: t(`${key}.tab`) }))} />
      {children}
    </Page>
  );
}
