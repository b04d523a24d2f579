import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { classes } from '@/kit/classes';
import { EmptyState } from '@/kit/EmptyState';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import styles from './ApprovalsPage.module.css';
import type { Asked, Grant } from './grant';
import { GrantPill, StatementOf } from './GrantsPage';
import { RequestFacts, RequestSteps } from './RequestFacts';
import { useScopeWords } from './use-scope-words';

export type Answer = 'approve' | 'urgent' | 'return' | 'refuse';

export interface ApprovalsPageProps {
  /** What waits for the reader, the urgent first; absent while on its way. */
  waiting: Asked[] | undefined;
  open: Asked | undefined;
  /** Earlier grants that tell something about the one that is open. */
  past: Grant[];
  departments: Departments;
  busy: boolean;
  error?: string | undefined;
  onOpen: (asked: Asked) => void;
  onAnswer: (asked: Asked, answer: Answer, words: string) => void;
}

/** Everything to decide on one screen; the next opens by itself. */
export function ApprovalsPage({ waiting, open, past, departments, busy, error, onOpen, onAnswer }: ApprovalsPageProps) {
  const { t } = useTranslation('access');
  const text = useText();
  const { whom } = useScopeWords(departments);
  return (
    <Page>
      <PageHead title={t('approvals.title')} lead={t('approvals.lead', { count: waiting?.length ?? 0 })} />
      {waiting?.length === 0 && <EmptyState title={t('approvals.none')} hint={t('approvals.noneHint')} />}
      {open && (
        <div className={styles.columns}>
          <nav aria-label={t('approvals.queue')}>
            <ul className={styles.queue}>
              {waiting?.map((asked) => (
                <li key={asked.id}>
                  <button type="button" className={classes(styles.item, asked.id === open.id && styles.open)} aria-current={asked.id === open.id || undefined} onClick={() => onOpen(asked)}>
                    <span className={styles.who}>
                      {text(asked.names?.[asked.person])} {asked.urgent && <Pill tone="error">{t('grants.urgent')}</Pill>}
                    </span>
                    <span className={styles.about}>{whom(asked.scope)}</span>
                    <span className={styles.about}>
                      <When at={asked.opened} as="ago" />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <div className={styles.parts}>
            {error && <Notice tone="error">{error}</Notice>}
            <Panel title={t('grants.request')} extra={t('approvals.stepOf', { step: open.step + 1, of: open.steps?.length ?? 1 })}>
              <div className={styles.parts}>
                <RequestSteps asked={open} />
                <StatementOf asked={open} />
                <RequestFacts asked={open} departments={departments} />
              </div>
            </Panel>
            <Decide key={open.id} asked={open} busy={busy} onAnswer={onAnswer} />
            <Past grants={past} departments={departments} />
          </div>
        </div>
      )}
    </Page>
  );
}

function Decide({ asked, busy, onAnswer }: { asked: Asked } & Pick<ApprovalsPageProps, 'busy' | 'onAnswer'>) {
  const { t } = useTranslation('access');
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const short = words.trim().length < shortestWords;
  const answer = (given: Answer) => {
    setTried(true);
    if (given === 'approve' || given === 'urgent' || !short) onAnswer(asked, given, words.trim());
  };
  return (
    <Panel title={t('approvals.decide')}>
      <div className={styles.decide}>
        <Input.TextArea
          rows={2}
          maxLength={500}
          value={words}
          aria-label={t('approvals.words')}
          placeholder={t('approvals.words')}
          status={tried && short ? 'error' : undefined}
          onChange={(event) => setWords(event.target.value)}
        />
        <p className={styles.fault} role="alert">
          {tried && short && t('approvals.wordsMissing')}
        </p>
        <div className={styles.buttons}>
          <Button type="primary" loading={busy} onClick={() => answer('approve')}>
            {t('approvals.approve')}
          </Button>
          {asked.urgent && !asked.grant && (
            <Button loading={busy} onClick={() => answer('urgent')} title={t('approvals.urgentNote')}>
              {t('approvals.urgent')}
            </Button>
          )}
          <Button disabled={busy} onClick={() => answer('return')}>
            {t('approvals.return')}
          </Button>
          <Button danger disabled={busy} onClick={() => answer('refuse')}>
            {t('approvals.refuse')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

const shortestWords = 4;

function Past({ grants, departments }: { grants: Grant[]; departments: Departments }) {
  const { t } = useTranslation('access');
  const text = useText();
  const { whom, what } = useScopeWords(departments);
  return (
    <Panel title={t('approvals.past')} flush>
      <PlainTable
        label={t('approvals.past')}
        rows={grants}
        rowKey={({ id }) => id}
        empty={t('approvals.noPast')}
        columns={[
          { key: 'person', title: t('grants.holder'), width: '140px', render: ({ names, person }) => text(names?.[person]) },
          { key: 'whom', title: t('grants.opens'), render: ({ scope }) => whom(scope) },
          { key: 'what', title: t('ask.scope'), width: '130px', render: ({ scope }) => what(scope) },
          { key: 'since', title: t('grants.since'), width: '120px', render: ({ since }) => <When at={since} as="day" /> },
          { key: 'until', title: t('ask.until'), width: '120px', render: ({ ended, until }) => <When at={ended ?? until} as="day" /> },
          { key: 'state', title: t('grants.state'), width: '120px', render: (grant) => <GrantPill grant={grant} /> },
        ]}
      />
    </Panel>
  );
}
