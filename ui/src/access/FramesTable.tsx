import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import type { Frame, Framed } from './frame';
import styles from './GrantsPage.module.css';
import { useFrameWords } from './use-frame-words';

export interface FramesTableProps {
  frames: Framed[] | undefined;
  departments: Departments;
  me: string;
  busy: boolean;
  error?: string | undefined;
  /** Absent for whoever only reads them. */
  onPropose?: ((framed: Framed) => void) | undefined;
  onSettle?: ((frame: Frame, agree: boolean) => void) | undefined;
}

/** The outermost of what the people of each department may be granted. */
export function FramesTable({ frames, departments, me, busy, error, onPropose, onSettle }: FramesTableProps) {
  const { t } = useTranslation('access');
  const text = useText();
  const { limitsIn } = useFrameWords(departments);
  const said = (frame: Frame): ReactNode => {
    const all = limitsIn(frame);
    if (all.length === 0) return t('frames.unlimited');
    return all.map((one) => <div key={one}>{one}</div>);
  };
  const from = ({ department }: Frame) => t('frames.inherited', { name: department ? text(departments[department]) : t('frames.house') });
  return (
    <div className={styles.parts}>
      {error && <Notice tone="error">{error}</Notice>}
      <Panel flush title={t('frames.list')}>
        <PlainTable
          label={t('frames.list')}
          rows={frames}
          rowKey={({ department }) => department ?? ''}
          empty={t('frames.none')}
          columns={[
            { key: 'name', title: t('authorities.department'), width: '180px', render: ({ name }) => text(name) },
            {
              key: 'frame',
              title: t('frames.frame'),
              render: ({ inForce, from: above, coming, waiting }) => (
                <>
                  {inForce && said(inForce)}
                  {!inForce && above && (
                    <span className={styles.proposed}>
                      {from(above)}
                      {said(above)}
                    </span>
                  )}
                  {!inForce && !above && t('frames.noFrame')}
                  {coming && (
                    <div className={styles.proposed}>
                      → <When at={coming.since} />: {said(coming)}
                    </div>
                  )}
                  {waiting && <div className={styles.proposed}>→ {said(waiting)}</div>}
                </>
              ),
            },
            { key: 'since', title: t('frames.since'), width: '130px', render: ({ inForce }) => (inForce ? <When at={inForce.since} /> : '–') },
            {
              key: 'state',
              title: t('authorities.state'),
              width: '110px',
              render: ({ inForce, waiting }) => (
                <Pill tone={waiting ? 'warning' : inForce ? 'success' : 'neutral'}>{t(waiting ? 'authorities.standing.waiting' : inForce ? 'frames.own' : 'frames.inherits')}</Pill>
              ),
            },
            {
              key: 'do',
              title: '',
              width: '190px',
              align: 'end',
              render: (framed) => {
                const { waiting } = framed;
                if (!waiting) return onPropose && <Button onClick={() => onPropose(framed)}>{t('authorities.change')}</Button>;
                if (!onSettle) return null;
                return (
                  <>
                    {waiting.proposedBy !== me && (
                      <Button type="primary" loading={busy} onClick={() => onSettle(waiting, true)}>
                        {t('authorities.agree')}
                      </Button>
                    )}{' '}
                    <Button loading={busy} onClick={() => onSettle(waiting, false)}>
                      {t('authorities.decline')}
                    </Button>
                  </>
                );
              },
            },
          ]}
        />
      </Panel>
    </div>
  );
}
