import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { PageHead } from '@/kit/PageHead';
import { PageTabs } from '@/kit/PageTabs';

const tabs = [
  { key: 'accounts', path: '/accounts', does: 'keepStaff' },
  { key: 'findings', path: '/accounts/findings', does: 'seeFindings' },
  { key: 'rules', path: '/accounts/rules', does: 'seeDuties' },
  { key: 'asked', path: '/accounts/asked', does: 'seeSignInRequests' },
  { key: 'faces', path: '/accounts/faces', does: 'seeFaces' },
  { key: 'ways', path: '/accounts/ways', does: 'setSignInRules' },
] as const;

interface AccountsFrameProps {
  tab: (typeof tabs)[number]['key'];
  actions?: ReactNode;
  /** Grows with what is in it, instead of scrolling inside. */
  grows?: boolean;
  children: ReactNode;
}

/** Around the pages on accounts. */
export function AccountsFrame({ tab, actions, grows, children }: AccountsFrameProps) {
  const { t } = useTranslation('identity');
  const { roles } = useSession();
  return (
    <Page fixed={!grows}>
      <PageHead title={t(`${tab}.title`)} lead={t(`${tab}.lead`)} actions={actions} />
      <PageTabs label={t('tabs.label')} tabs={tabs.filter(({ does }) => may(roles, does)).map(({ key, path }) => ({ path, title: t(`tabs.${key}`) }))} />
      {children}
    </Page>
  );
}
