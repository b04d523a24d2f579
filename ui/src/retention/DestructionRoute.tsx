import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { Page } from '@/app/Page';
import { may, type Doing } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { useNow } from '@/kit/now';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { present, stepsFor, witnesses, type Listed, type Seen, type Step } from './retention';
import styles from './Retention.module.css';
import { StateOf } from './StateOf';

const TakeStep = lazy(() => import('./TakeStep'));

const doings: Record<Step, Doing> = {
  appraise: 'appraiseDestructions',
  approve: 'approveDestructions',
  witness: 'witnessDestructions',
  destroy: 'carryOutDestructions',
  stop: 'stopDestructions',
};
const everySoOften = 30_000;

/** One destruction: its list, who did what, and its certificate. */
export function Component() {
  const { t } = useTranslation('retention');
  const { id = '' } = useParams();
  const { person, roles } = useSession();
  const now = useNow(everySoOften);
  const [step, setStep] = useState<Step>();
  const query = queries.useQuery('get', '/api/retention/destructions/{id}', { params: { path: { id } } });
  const failure = failureOf(query);
  if (failure) return <NotOpened error={failure} what={t('destructions.title')} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const seen = query.data;
  const open = stepsFor(seen, person, roles, (one) => may(roles, doings[one]), now);
  return (
    <Page>
      <PageHead
        title={seen.title}
        lead={t('destruction.lead')}
        actions={
          <div className={styles.buttons}>
            <Button onClick={() => window.print()}>{t('print')}</Button>
            {open.map((one) => (
              <Button key={one} type={one === 'stop' || one === 'destroy' ? 'default' : 'primary'} danger={one === 'stop' || one === 'destroy'} onClick={() => setStep(one)}>
                {t(`do.${one}`)}
              </Button>
            ))}
          </div>
        }
      />
      <div className={styles.parts}>
        <Standing seen={seen} now={now} />
        <Panel title={t('records')} flush>
          <Records records={seen.records} />
        </Panel>
        <Panel title={t('steps')} flush>
          <Steps seen={seen} />
        </Panel>
        {seen.certificate && (
          <Panel title={t('certificate.title')}>
            <Notice tone={seen.genuine ? 'success' : 'error'}>{t(seen.genuine ? 'certificate.genuine' : 'certificate.altered')}</Notice>
            <pre className={styles.certificate} tabIndex={0}>
              {JSON.stringify(JSON.parse(seen.certificate), undefined, 2)}
            </pre>
          </Panel>
        )}
      </div>
      <Suspense fallback={null}>{step && <TakeStep seen={seen} step={step} onClose={() => setStep(undefined)} />}</Suspense>
    </Page>
  );
}

function Standing({ seen, now }: { seen: Seen; now: number }) {
  const { t } = useTranslation('retention');
  const person = usePerson(seen.names);
  const there = present(seen, now);
  const { state, office, items, kept, destroyed, digest, drawn, drawnBy, ended } = seen;
  return (
    <>
      {state === 'appraised' && office && <Notice tone="info">{t('waitsFor', { office: t(`office.${office}` as never, { defaultValue: office }) })}</Notice>}
      {state === 'approved' && <Notice tone="warning">{t('waitsForWitnesses', { present: there.length, count: witnesses, names: there.map(person).join(t('separator')) })}</Notice>}
      <Facts
        facts={[
          { label: t('column.state'), value: <StateOf state={state} /> },
          { label: t('column.items'), value: items },
          { label: t('column.kept'), value: kept },
          { label: t('column.destroyed'), value: destroyed },
          { label: t('column.drawnBy'), value: <>{person(drawnBy)} <When at={drawn} /></> },
          ...(ended ? [{ label: t('column.ended'), value: <When at={ended} /> }] : []),
          ...(digest ? [{ label: t('column.digest'), value: <Code value={digest} ends={12} copyable /> }] : []),
        ]}
      />
    </>
  );
}

function Records({ records }: { records: Listed[] }) {
  const { t } = useTranslation('retention');
  const columns: Column<Listed>[] = [
    { key: 'recordNumber', title: t('column.recordNumber'), width: '120px', render: ({ recordNumber }) => recordNumber ?? '–' },
    { key: 'called', title: t('column.patient'), width: '100px', render: ({ called }) => called || '–' },
    { key: 'state', title: t('column.state'), width: '100px', render: ({ state }) => <StateOf state={state} /> },
    { key: 'kept', title: t('column.why'), width: '150px', render: ({ kept }) => (kept ? t(`keptBy.${kept}`) : '–') },
    { key: 'class', title: t('column.class'), width: '110px', render: ({ class: kind }) => t(`class.${kind}`) },
    { key: 'termEnded', title: t('column.termEnded'), width: '150px', render: ({ termEnded }) => <When at={termEnded} /> },
    { key: 'documents', title: t('column.documents'), width: '80px', align: 'end', render: ({ documents }) => documents },
    { key: 'digest', title: t('column.digest'), render: ({ digest }) => <Code value={digest} ends={6} copyable /> },
  ];
  return <PlainTable label={t('records')} columns={columns} rows={records} rowKey={({ patient }) => patient} empty={t('noRecords')} />;
}

function Steps({ seen }: { seen: Seen }) {
  const { t } = useTranslation('retention');
  const person = usePerson(seen.names);
  const columns: Column<Seen['steps'][number]>[] = [
    { key: 'at', title: t('column.at'), width: '150px', render: ({ at }) => <When at={at} /> },
    { key: 'kind', title: t('column.step'), width: '180px', render: ({ kind, office }) => [t(`did.${kind}`), office && t(`office.${office}` as never, { defaultValue: office })].filter(Boolean).join(t('separator')) },
    { key: 'person', title: t('column.by'), width: '120px', render: ({ person: who }) => person(who) },
    { key: 'words', title: t('column.words'), render: ({ words }) => words ?? '–' },
  ];
  return <PlainTable label={t('steps')} columns={columns} rows={seen.steps} rowKey={({ at, person: who, kind }) => `${at} ${kind} ${who}`} empty={t('noRecords')} />;
}
