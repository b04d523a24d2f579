import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { PageHead } from '@/kit/PageHead';
import { PageTabs } from '@/kit/PageTabs';

const tabs = [
  ['mine', '/deadlines', 'seeDuties'],
  ['list', '/deadlines/list', 'seeDeadlines'],
  ['figures', '/deadlines/figures', 'seeDeadlines'],
  ['days', '/deadlines/days', 'seeCompleteness'],
  ['sets', '/deadlines/sets', 'seeDuties'],
] as const;

interface FrameProps {
  tab: (typeof tabs)[number][0];
  fixed?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}

/** Around the pages on writing limits. */
export function Frame({ tab, fixed, actions, children }: FrameProps) {
  const { t } = useTranslation('deadline');
  const { roles } = useSession();
  const shown = tabs.filter(([, , does]) => may(roles, does)).map(([key, path]) => ({ path, title: t(`tabs.${key}`) }));
  return (
    <Page {...(fixed && { fixed })}>
      <PageHead title={t(`${tab}.title`)} lead={t(`${tab}.lead`)} actions={actions} />
      <PageTabs label={t('tabs.label')} tabs={shown} />
      {children}
    </Page>
  );
}
