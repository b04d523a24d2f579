import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { StepsBar, type Step } from '@/kit/StepsBar';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { roleRequestTones, type RoleRequest } from './authority';
import styles from './GrantsPage.module.css';

interface RoleRequestsProps {
  requests: RoleRequest[] | undefined;
  departments: Departments;
  me: string;
  busy: boolean;
  error?: string | undefined;
  onApprove: (request: RoleRequest) => void;
  onRefuse: (request: RoleRequest) => void;
  onWithdraw: (request: RoleRequest) => void;
}

/** What was asked for of roles, and on which of its steps each request stands. */
export function RoleRequests({ requests, departments, me, busy, error, onApprove, onRefuse, onWithdraw }: RoleRequestsProps) {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const nameOf = ({ names }: RoleRequest, id: string) => text(names?.[id]) || id;
  return (
    <div className={styles.parts}>
      {error && <Notice tone="error">{error}</Notice>}
      <Panel flush title={t('authorities.requests')}>
        <PlainTable
          label={t('authorities.requests')}
          rows={requests}
          rowKey={({ id }) => id}
          empty={t('authorities.noRequests')}
          columns={[
            {
              key: 'who',
              title: t('authorities.wanted'),
              width: '240px',
              render: (asked) => (
                <>
                  {nameOf(asked, asked.person)} → {text(departments[asked.department]) || asked.department} · {term('role', asked.role)}
                  <div className={styles.proposed}>{asked.said}</div>
                </>
              ),
            },
            { key: 'until', title: t('authorities.until'), width: '130px', render: ({ until }) => <When at={until} /> },
            { key: 'steps', title: t('authorities.steps'), render: (asked) => <StepsBar label={t('authorities.steps')} steps={stepsOf(asked, t)} /> },
            {
              key: 'state',
              title: t('authorities.state'),
              width: '130px',
              render: (asked) => (
                <>
                  <Pill tone={roleRequestTones[asked.state]}>{t(`authorities.asked.${asked.state}`)}</Pill>
                  {asked.answered && <div className={styles.proposed}>{asked.answered}</div>}
                </>
              ),
            },
            {
              key: 'do',
              title: '',
              width: '200px',
              align: 'end',
              render: (asked) => (
                <>
                  {asked.waitsForMe && (
                    <>
                      <Button type="primary" loading={busy} onClick={() => onApprove(asked)}>
                        {asked.steps?.[asked.step]?.carries ? t('authorities.carryOut') : t('authorities.approve')}
                      </Button>{' '}
                      <Button danger onClick={() => onRefuse(asked)}>
                        {t('authorities.refuse')}
                      </Button>
                    </>
                  )}
                  {asked.state === 'waiting' && asked.requester === me && <Button onClick={() => onWithdraw(asked)}>{t('authorities.withdraw')}</Button>}
                </>
              ),
            },
          ]}
        />
      </Panel>
    </div>
  );
}

type StepWords = 'frames.stepSecurity' | 'frames.stepAffairs' | 'authorities.stepHead' | 'authorities.stepOffice' | 'authorities.stepCarry';

function stepsOf(asked: RoleRequest, t: (key: StepWords) => string): Step[] {
  const further: StepWords[] = asked.steps?.[0]?.exception ? ['frames.stepSecurity', 'frames.stepAffairs'] : [];
  return [...further, 'authorities.stepHead' as const, 'authorities.stepOffice' as const, 'authorities.stepCarry' as const].map((key, index) => {
    const title = t(key);
    if (asked.state === 'approved' || index < asked.step) return { key, title, state: 'done' };
    if (index > asked.step) return { key, title, state: 'waiting' };
    return { key, title, state: asked.state === 'waiting' ? 'current' : 'failed' };
  });
}
