import { Button, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Tone } from '@/kit/tone';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { standing, wherePatientLies, type Authority, type Charge } from './authority';
import styles from './GrantsPage.module.css';

export const authorityTabs = ['authorities', 'requests', 'frames', 'exceptions'] as const;
export type AuthorityTab = (typeof authorityTabs)[number];

export interface AuthoritiesPageProps {
  tab: AuthorityTab;
  onTab: (tab: AuthorityTab) => void;
  charges: Charge[] | undefined;
  departments: Departments;
  me: string;
  error?: string | undefined;
  actions: ReactNode;
  /** Absent for whoever only reads them. */
  onPropose?: ((charge: Charge) => void) | undefined;
  onSettle?: ((ids: string[], agree: boolean) => void) | undefined;
  busy: boolean;
  requests: ReactNode;
  frames: ReactNode;
  exceptions: ReactNode;
}

const tones: Record<ReturnType<typeof standing>, Tone> = { missing: 'error', waiting: 'warning', recorded: 'success' };

/** Which department authorises what, and which carries it out; and the requests for roles that follow from it. */
export function AuthoritiesPage({ tab, onTab, charges, departments, me, error, actions, onPropose, onSettle, busy, requests, frames, exceptions }: AuthoritiesPageProps) {
  const { t } = useTranslation('access');
  const mine = (charges ?? []).filter(({ waiting }) => waiting && waiting.proposedBy !== me).map(({ waiting }) => waiting?.id ?? '');
  const missing = (charges ?? []).filter((charge) => standing(charge) === 'missing').length;
  return (
    <Page>
      <PageHead title={t('authorities.title')} lead={t('authorities.lead')} actions={actions} />
      {error && <Notice tone="error">{error}</Notice>}
      <Tabs
        activeKey={tab}
        onChange={(key) => onTab(key as AuthorityTab)}
        items={[
          {
            key: 'authorities',
            label: t('authorities.tab'),
            children: (
              <div className={styles.parts}>
                {missing > 0 && <Notice tone="warning">{t('authorities.missing', { count: missing })}</Notice>}
                <Panel
                  flush
                  title={t('authorities.list')}
                  extra={
                    onSettle &&
                    mine.length > 1 && (
                      <Button type="primary" loading={busy} onClick={() => onSettle(mine, true)}>
                        {t('authorities.agreeAll', { count: mine.length })}
                      </Button>
                    )
                  }
                >
                  <Charges charges={charges} departments={departments} me={me} onPropose={onPropose} onSettle={onSettle} busy={busy} />
                </Panel>
              </div>
            ),
          },
          { key: 'requests', label: t('authorities.requests'), children: requests },
          { key: 'frames', label: t('frames.tab'), children: frames },
          { key: 'exceptions', label: t('frames.exceptions'), children: exceptions },
        ]}
      />
    </Page>
  );
}

type ChargesProps = Pick<AuthoritiesPageProps, 'charges' | 'departments' | 'me' | 'onPropose' | 'onSettle' | 'busy'>;

function Charges({ charges, departments, me, onPropose, onSettle, busy }: ChargesProps) {
  const { t } = useTranslation('access');
  const text = useText();
  const called = (id: string) => (id === wherePatientLies ? t('authorities.wherePatientLies') : text(departments[id]) || id);
  const both = (of: (authority: Authority) => ReactNode, { inForce, waiting }: Charge) => (
    <>
      {inForce ? of(inForce) : '–'}
      {waiting && <div className={styles.proposed}>→ {of(waiting)}</div>}
    </>
  );
  const rules = ({ apart, direct }: Authority) => [apart ? t('authorities.apart') : t('authorities.notApart'), direct && t('authorities.direct')].filter(Boolean).join(' · ');
  return (
    <PlainTable
      label={t('authorities.list')}
      rows={charges}
      rowKey={({ permission }) => permission}
      empty={t('authorities.none')}
      columns={[
        { key: 'name', title: t('authorities.permission'), width: '210px', render: ({ name }) => text(name) },
        { key: 'authorises', title: t('authorities.authorises'), width: '170px', render: (charge) => both(({ authorises }) => called(authorises), charge) },
        { key: 'implements', title: t('authorities.implements'), width: '170px', render: (charge) => both((authority) => called(authority.implements), charge) },
        { key: 'rules', title: t('authorities.rules'), render: (charge) => both(rules, charge) },
        { key: 'state', title: t('authorities.state'), width: '110px', render: (charge) => <Pill tone={tones[standing(charge)]}>{t(`authorities.standing.${standing(charge)}`)}</Pill> },
        {
          key: 'do',
          title: '',
          width: '190px',
          align: 'end',
          render: (charge) => {
            const { waiting } = charge;
            if (!waiting) return onPropose && <Button onClick={() => onPropose(charge)}>{t('authorities.change')}</Button>;
            if (!onSettle) return null;
            return (
              <>
                {waiting.proposedBy !== me && (
                  <Button type="primary" loading={busy} onClick={() => onSettle([waiting.id], true)}>
                    {t('authorities.agree')}
                  </Button>
                )}{' '}
                <Button loading={busy} onClick={() => onSettle([waiting.id], false)}>
                  {t('authorities.decline')}
                </Button>
              </>
            );
          },
        },
      ]}
    />
  );
}
