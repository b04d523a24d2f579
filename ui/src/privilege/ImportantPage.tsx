import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { useText } from '@/language/text';
import { useAct, type Call, type Change, type Operation } from './important';
import type { Names } from './privilege';
import styles from './Privilege.module.css';
import { usePerson } from './use-person';

export interface ImportantPageProps {
  operations: Operation[] | undefined;
  calls: Call[] | undefined;
  names: Names;
  me: string;
  /** Whether the reader is one who confirms what others do. */
  confirms: boolean;
  busy: boolean;
  error?: string | undefined;
  actions?: ReactNode;
  onConfirm: (call: Call) => void;
  /** Absent for whoever only reads the list. */
  onPropose?: ((operation: Operation) => void) | undefined;
  onSettle?: ((change: Change, agree: boolean) => void) | undefined;
}

/** Which operations want a second person, and those that wait for one now. */
export function ImportantPage(props: ImportantPageProps) {
  const { operations, calls, names, me, confirms, busy, error, actions, onConfirm, onPropose, onSettle } = props;
  const { t } = useTranslation('privilege');
  const text = useText();
  const person = usePerson(names);
  const act = useAct();
  return (
    <Page>
      <PageHead title={t('important.title')} lead={t('important.lead')} actions={actions} />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        <Panel flush title={t('important.calls')}>
          <PlainTable
            label={t('important.calls')}
            rows={calls}
            rowKey={({ id }) => id}
            empty={t('important.noCalls')}
            columns={[
              { key: 'act', title: t('important.operation'), render: ({ verb }) => act(verb) },
              { key: 'object', title: t('important.object'), width: '180px', render: ({ object }) => <Code value={object} ends={4} copyable /> },
              { key: 'by', title: t('column.askedBy'), width: '120px', render: ({ askedBy }) => person(askedBy) },
              { key: 'expires', title: t('important.expires'), width: '180px', render: ({ expires, asked, until }) => <Clock deadline={until ?? expires} start={asked} /> },
              { key: 'state', title: t('column.state'), width: '110px', render: ({ state }) => <Pill tone={state === 'called' ? 'warning' : 'success'}>{t(`important.states.${state}`)}</Pill> },
              {
                key: 'do',
                title: '',
                width: '120px',
                align: 'end',
                render: (call) =>
                  confirms &&
                  call.state === 'called' &&
                  call.askedBy !== me && (
                    <Button type="primary" loading={busy} onClick={() => onConfirm(call)}>
                      {t('important.confirm')}
                    </Button>
                  ),
              },
            ]}
          />
        </Panel>
        <Panel flush title={t('important.list')}>
          <PlainTable
            label={t('important.list')}
            rows={operations}
            rowKey={({ verb }) => verb}
            empty={t('important.none')}
            columns={[
              { key: 'act', title: t('important.operation'), width: '300px', render: ({ verb }) => `${act(verb)} (${verb})` },
              {
                key: 'how',
                title: t('important.how'),
                render: ({ flow, minutes, waiting }) => (
                  <>
                    {flow ? text(flow) : minutes > 0 && t('important.atTheDoor', { minutes })}
                    {waiting && <div>→ {waiting.minutes > 0 ? t('important.atTheDoor', { minutes: waiting.minutes }) : t('important.takenOff')}</div>}
                  </>
                ),
              },
              { key: 'floor', title: t('important.source'), width: '130px', render: ({ floor }) => <Pill tone={floor ? 'info' : 'neutral'}>{t(floor ? 'important.floor' : 'important.added')}</Pill> },
              {
                key: 'do',
                title: '',
                width: '190px',
                align: 'end',
                render: (operation) => {
                  const { waiting, flow } = operation;
                  if (!waiting) return onPropose && !flow && <Button onClick={() => onPropose(operation)}>{t('important.change')}</Button>;
                  if (!onSettle) return null;
                  return (
                    <>
                      {waiting.proposedBy !== me && (
                        <Button type="primary" loading={busy} onClick={() => onSettle(waiting, true)}>
                          {t('important.agree')}
                        </Button>
                      )}{' '}
                      <Button loading={busy} onClick={() => onSettle(waiting, false)}>
                        {t('important.decline')}
                      </Button>
                    </>
                  );
                },
              },
            ]}
          />
        </Panel>
      </div>
    </Page>
  );
}
