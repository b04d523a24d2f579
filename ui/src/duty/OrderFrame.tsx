import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import styles from './InboxPage.module.css';

const tabs = ['roster', 'periods', 'calendar', 'channels'] as const;

interface OrderFrameProps {
  tab: (typeof tabs)[number];
  actions?: ReactNode;
  children: ReactNode;
}

/** Around the pages on how duties are ordered. */
export function OrderFrame({ tab, actions, children }: OrderFrameProps) {
  const { t } = useTranslation('duty');
  const { roles } = useSession();
  const shown = tabs.filter((one) => one !== 'channels' || may(roles, 'setChannels'));
  return (
    <Page>
      <PageHead title={t(`${tab}.title`)} lead={t(`${tab}.lead`)} actions={actions} />
      <nav className={styles.tabs} aria-label={t('order.label')}>
        {shown.map((one) => (
          <NavLink key={one} to={one === 'roster' ? '/roster' : `/roster/${one}`} end className={styles.box}>
            {t(`order.tabs.${one}`)}
          </NavLink>
        ))}
      </nav>
      {children}
    </Page>
  );
}
