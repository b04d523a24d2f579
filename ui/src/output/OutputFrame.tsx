import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Page } from '@/app/Page';
import { may, type Doing } from '@/app/roles';
import { useSession } from '@/app/session';
import { PageHead } from '@/kit/PageHead';
import styles from './Output.module.css';

const tabs = ['mine', 'approvals', 'rules'] as const;
type Tab = (typeof tabs)[number];

const paths: Record<Tab, string> = { mine: '/outputs', approvals: '/outputs/approvals', rules: '/outputs/rules' };
/** Any one of these opens a tab. */
const doings: Record<Tab, Doing[]> = { mine: ['seeOutputs'], approvals: ['approveOutputs', 'disposeOutputs'], rules: ['setOutputProfiles', 'setRoutes'] };

interface OutputFrameProps {
  tab: Tab;
  /** Fills the window and scrolls inside. */
  fixed?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}

/** Around the pages on what leaves. */
export function OutputFrame({ tab, fixed, actions, children }: OutputFrameProps) {
  const { t } = useTranslation('output');
  const { roles } = useSession();
  const shown = tabs.filter((one) => doings[one].some((doing) => may(roles, doing)));
  return (
    <Page {...(fixed && { fixed })}>
      <PageHead title={t(`${tab}.title`)} lead={t(`${tab}.lead`)} actions={actions} />
      {shown.length > 1 && (
        <nav className={styles.tabs} aria-label={t('frame')}>
          {shown.map((one) => (
            <NavLink key={one} to={paths[one]} end className={styles.tab}>
              {t(`${one}.tab`)}
            </NavLink>
          ))}
        </nav>
      )}
      {children}
    </Page>
  );
}
