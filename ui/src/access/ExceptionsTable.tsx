import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { When } from '@/kit/When';
import { useRow, useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { exceptionTones, type Exception } from './frame';
import styles from './GrantsPage.module.css';

export interface ExceptionsTableProps {
  exceptions: Exception[] | undefined;
  departments: Departments;
  error?: string | undefined;
  onDecide: (exception: Exception, keep: boolean) => void;
}

/** What was let pass the frame of a department, and what a narrowed frame left outside. */
export function ExceptionsTable({ exceptions, departments, error, onDecide }: ExceptionsTableProps) {
  const { t } = useTranslation('access');
  const text = useText();
  const row = useRow();
  return (
    <div className={styles.parts}>
      {error && <Notice tone="error">{error}</Notice>}
      <Panel flush title={t('frames.exceptions')}>
        <PlainTable
          label={t('frames.exceptions')}
          rows={exceptions}
          rowKey={({ id }) => id}
          empty={t('frames.noExceptions')}
          columns={[
            {
              key: 'who',
              title: t('frames.whom'),
              width: '200px',
              render: ({ names, person, department }) => (
                <>
                  {text(names[person]) || person}
                  <div className={styles.proposed}>{department ? text(departments[department]) : t('frames.house')}</div>
                </>
              ),
            },
            {
              key: 'kind',
              title: t('frames.passes'),
              render: ({ kind, beyond, said }) => (
                <>
                  {t(`frames.kinds.${kind}`)} · {row((beyond ?? []).map((limit) => t(`frames.beyond.${limit}` as never, { defaultValue: limit })))}
                  {said && <div className={styles.proposed}>{said}</div>}
                </>
              ),
            },
            { key: 'until', title: t('frames.until'), width: '130px', render: ({ until }) => <When at={until} /> },
            { key: 'due', title: t('frames.due'), width: '130px', render: ({ due, state }) => (due && state === 'waiting' ? <When at={due} /> : '–') },
            {
              key: 'state',
              title: t('authorities.state'),
              width: '110px',
              render: ({ state, active }) => <Pill tone={state === 'approved' && !active ? 'neutral' : exceptionTones[state]}>{t(state === 'approved' ? (active ? 'frames.active' : 'frames.over') : `frames.states.${state}`)}</Pill>,
            },
            {
              key: 'do',
              title: '',
              width: '190px',
              align: 'end',
              render: (exception) =>
                exception.waitsForMe && (
                  <>
                    <Button type="primary" onClick={() => onDecide(exception, true)}>
                      {t('frames.keep')}
                    </Button>{' '}
                    <Button danger onClick={() => onDecide(exception, false)}>
                      {t('frames.end')}
                    </Button>
                  </>
                ),
            },
          ]}
        />
      </Panel>
    </div>
  );
}
