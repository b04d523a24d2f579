import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Page } from '@/app/Page';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { PageHead } from '@/kit/PageHead';
import styles from './AccountsFrame.module.css';

const tabs = [
  { key: 'accounts', path: '/accounts', does: 'keepStaff' },
  { key: 'findings', path: '/accounts/findings', does: 'seeFindings' },
  { key: 'rules', path: '/accounts/rules', does: 'seeDuties' },
  { key: 'asked', path: '/accounts/asked', does: 'seeSignInRequests' },
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
      <nav className={styles.tabs} aria-label={t('tabs.label')}>
        {tabs
          .filter(({ does }) => may(roles, does))
          .map(({ key, path }) => (
            <NavLink key={key} to={path} end className={styles.tab}>
              {t(`tabs.${key}`)}
            </NavLink>
          ))}
      </nav>
      {children}
    </Page>
  );
}
