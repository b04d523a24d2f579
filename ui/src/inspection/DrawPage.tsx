import { Button, InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { classes } from '@/kit/classes';
import { Code } from '@/kit/Code';
import { Facts, type Fact } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { StepsBar, type Step } from '@/kit/StepsBar';
import { formatSecond } from '@/language/time';
import { How } from './InspectionPage';
import type { Draw } from './inspection';
import { reckon } from './reckon';
import styles from './Inspection.module.css';

export interface DrawPageProps {
  draw: Draw;
  busy: boolean;
  error?: string | undefined;
  onNumber: (number: number) => void;
  actions?: ReactNode;
  /** The dossier, or that it is on its way. */
  children?: ReactNode;
}

const biggest = 1_000_000_000;

/** One draw, step by step: the list is laid down, a number is said, the place is reckoned here again. */
export function DrawPage({ draw, busy, error, onNumber, actions, children }: DrawPageProps) {
  const { t } = useTranslation('inspection');
  const drawn = draw.subject !== undefined;
  return (
    <Page>
      <div className={styles.screen}>
        <PageHead title={t('drawOf', { kind: t(`kind.${draw.kind}`) })} lead={<How draw={draw} />} actions={actions} />
        <div className={styles.parts}>
          {draw.named ? <Notice tone="warning">{t('namedNotice')}</Notice> : <Way draw={draw} />}
          {!draw.named && (
            <div className={styles.columns}>
              <Frame draw={draw} />
              {drawn ? <Place draw={draw} /> : <SayNumber busy={busy} onNumber={onNumber} error={error} />}
            </div>
          )}
        </div>
      </div>
      {children}
    </Page>
  );
}

function Way({ draw }: { draw: Draw }) {
  const { t } = useTranslation('inspection');
  const drawn = draw.subject !== undefined;
  const steps: Step[] = [
    { key: 'frame', title: t('step.frame'), state: 'done', note: t('step.frameNote', { count: draw.size }) },
    { key: 'number', title: t('step.number'), state: drawn ? 'done' : 'current', note: drawn ? String(draw.number) : t('step.numberNote') },
    { key: 'place', title: t('step.place'), state: drawn ? 'done' : 'waiting', note: drawn ? t('step.placeNote', { place: (draw.chosen ?? 0) + 1, count: draw.size }) : undefined },
  ];
  return <StepsBar steps={steps} label={t('steps')} />;
}

function Frame({ draw }: { draw: Draw }) {
  const { t } = useTranslation('inspection');
  const facts: Fact[] = [
    { label: t('frameSize'), value: t('ids', { count: draw.size }) },
    { label: t('frameDigest'), value: <Code value={draw.digest ?? ''} ends={10} copyable /> },
    { label: t('laidDown'), value: formatSecond(draw.prepared) },
    { label: t('checkpoint'), value: <pre className={styles.note}>{draw.checkpoint.trim()}</pre> },
  ];
  return (
    <Panel title={t('step.frame')}>
      <Facts facts={facts} />
      <p className={classes(styles.why, styles.muted)}>{t('frameWhy')}</p>
    </Panel>
  );
}

function SayNumber({ busy, error, onNumber }: Pick<DrawPageProps, 'busy' | 'error' | 'onNumber'>) {
  const { t } = useTranslation('inspection');
  const [number, setNumber] = useState<number | null>(null);
  return (
    <Panel title={t('step.number')}>
      <form
        className={styles.number}
        onSubmit={(event) => {
          event.preventDefault();
          if (number !== null) onNumber(number);
        }}
      >
        <p>{t('sayNumber')}</p>
        <InputNumber autoFocus size="large" min={0} max={biggest} precision={0} controls={false} value={number} aria-label={t('number')} onChange={setNumber} className={styles.big ?? ''} />
        <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={number === null}>
          {t('draw')}
        </Button>
        {error && <Notice tone="error">{error}</Notice>}
      </form>
    </Panel>
  );
}

function Place({ draw }: { draw: Draw }) {
  const { t } = useTranslation('inspection');
  const again = reckon({ kind: draw.kind, digest: draw.digest ?? '', size: draw.size, number: draw.number ?? 0, checkpoint: draw.checkpoint });
  const same = again.seed === draw.seed && again.place === draw.chosen;
  return (
    <Panel title={t('step.place')}>
      <Facts
        facts={[
          { label: t('number'), value: draw.number },
          { label: t('seed'), value: <Code value={draw.seed ?? ''} ends={10} copyable /> },
          { label: t('place'), value: <strong className={styles.place}>{t('placeOf', { place: (draw.chosen ?? 0) + 1, count: draw.size })}</strong> },
        ]}
      />
      <div className={styles.outcome}>
        <Notice tone={same ? 'success' : 'error'}>{t(same ? 'reckoned' : 'notReckoned')}</Notice>
      </div>
    </Panel>
  );
}
