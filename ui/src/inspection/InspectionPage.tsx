import { AlertOutlined, IdcardOutlined, LockOutlined, LogoutOutlined, UserOutlined, UnlockOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { classes } from '@/kit/classes';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText, type Text } from '@/language/text';
import { kinds, type Draw, type Kind } from './inspection';
import styles from './Inspection.module.css';

export interface Wanted {
  kind: Kind;
  days: number;
  subject?: string;
}

export interface InspectionPageProps {
  page: TablePage<Draw>;
  names: Record<string, Text>;
  busy: boolean;
  error?: string | undefined;
  onPrepare: (wanted: Wanted) => void;
}

const pictures: Record<Kind, ReactNode> = { patient: <UserOutlined />, person: <IdcardOutlined />, leaver: <LogoutOutlined />, seal: <LockOutlined />, glass: <AlertOutlined />, grant: <UnlockOutlined /> };
const longest = 3650;

/** Where an inspection begins: what to draw, and what was drawn before. */
export function InspectionPage({ page, names, busy, error, onPrepare }: InspectionPageProps) {
  const { t } = useTranslation('inspection');
  return (
    <Page>
      <PageHead title={t('title')} lead={t('lead')} />
      <div className={styles.parts}>
        <Begin busy={busy} error={error} onPrepare={onPrepare} />
        <Before page={page} names={names} />
      </div>
    </Page>
  );
}

function Begin({ busy, error, onPrepare }: Pick<InspectionPageProps, 'busy' | 'error' | 'onPrepare'>) {
  const { t } = useTranslation('inspection');
  const [kind, setKind] = useState<Kind>('patient');
  const [way, setWay] = useState<'lot' | 'name'>('lot');
  const [days, setDays] = useState(0);
  const [subject, setSubject] = useState('');
  const named = way === 'name';
  const ready = !named || subject.trim() !== '';
  const prepare = () => onPrepare(named ? { kind, days: 0, subject: subject.trim() } : { kind, days });
  return (
    <Panel title={t('what')}>
      <div className={styles.kinds} role="radiogroup" aria-label={t('what')}>
        {kinds.map((one) => (
          <label key={one} className={classes(styles.kind, one === kind && styles.chosen)}>
            <input type="radio" name="kind" value={one} checked={one === kind} onChange={() => setKind(one)} />
            <span className={styles.picture}>{pictures[one]}</span>
            <strong>{t(`kind.${one}`)}</strong>
            <span className={styles.muted}>{t(`kindHint.${one}`)}</span>
          </label>
        ))}
      </div>
      <form
        className={styles.begin}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) prepare();
        }}
      >
        <Segmented value={way} aria-label={t('way')} options={[{ value: 'lot', label: t('byLot') }, { value: 'name', label: t('byName') }]} onChange={setWay} />
        {named ? (
          <Input className={styles.subject} value={subject} maxLength={60} aria-label={t(`named.${kind}`)} placeholder={t(`named.${kind}`)} onChange={(event) => setSubject(event.target.value)} />
        ) : (
          kind !== 'person' && (
            <label className={styles.days}>
              {t(`daysOf.${kind}`)}
              <InputNumber min={0} max={longest} precision={0} value={days} onChange={(value) => setDays(value ?? 0)} />
              {t(kind === 'leaver' ? 'daysYear' : 'daysZero')}
            </label>
          )
        )}
        <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={!ready}>
          {t(named ? 'name' : 'prepare')}
        </Button>
      </form>
      {error && <Notice tone="error">{error}</Notice>}
    </Panel>
  );
}

function Before({ page, names }: Pick<InspectionPageProps, 'page' | 'names'>) {
  const { t } = useTranslation('inspection');
  const text = useText();
  const columns: Column<Draw>[] = [
    { key: 'kind', title: t('kindOf'), width: '200px', fixed: true, render: ({ kind }) => t(`kind.${kind}`) },
    { key: 'how', title: t('how'), width: '150px', render: (draw) => <How draw={draw} /> },
    { key: 'frame', title: t('frame'), width: '110px', align: 'end', render: ({ named, size }) => (named ? '–' : size) },
    { key: 'number', title: t('number'), width: '130px', align: 'end', render: ({ number }) => number ?? '–' },
    { key: 'prepared', title: t('at'), width: '180px', render: ({ prepared }) => <When at={prepared} /> },
    { key: 'by', title: t('by'), render: ({ by }) => text(names[by]) },
  ];
  return (
    <section className={styles.before} aria-labelledby="before">
      <h2 id="before">{t('before')}</h2>
      <DataTable name="inspection" label={t('before')} columns={columns} page={page} rowKey={({ id }) => id} rowHref={({ id }) => `/inspection/${id}`} empty={{ title: t('none'), hint: t('noneHint') }} />
    </section>
  );
}

export function How({ draw }: { draw: Draw }) {
  const { t } = useTranslation('inspection');
  if (draw.named) return <Pill tone="warning">{t('state.named')}</Pill>;
  if (draw.chosen === undefined) return <Pill>{t('state.waiting')}</Pill>;
  return <Pill tone="info">{t('state.drawn')}</Pill>;
}
