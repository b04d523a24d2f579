import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { Page } from '@/app/Page';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { DiffView } from '@/kit/diff/DiffView';
import { Facts } from '@/kit/Facts';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { WordsDialog } from '@/kit/WordsDialog';
import { usePerson } from '@/privilege/use-person';
import { PurposeFirst } from '@/sharing/PurposeFirst';
import { countsOf, goesOn, toneOf, type CorrectionNotice, type CorrectionSeen } from './amendment';
import styles from './Amendment.module.css';
import { fitting } from './who';

const Wizard = lazy(() => import('./Wizard'));
const SayNotice = lazy(() => import('./SayNotice'));

export function Component() {
  return (
    <PurposeFirst fitting={fitting(useSession(), 'corrections')}>
      <Opened />
    </PurposeFirst>
  );
}

/** One correction: its steps for whoever makes it, what it changed and who was told for all others. */
function Opened() {
  const { id = '' } = useParams();
  const { person } = useSession();
  const seen = queries.useQuery('get', '/api/amendments/{id}', { params: { path: { id } } });
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  if (goesOn(seen.data, person)) return <Suspense fallback={<Waiting />}><Wizard key={seen.data.rev} one={seen.data} /></Suspense>;
  return <Shown one={seen.data} />;
}

function Shown({ one }: { one: CorrectionSeen }) {
  const { t } = useTranslation('amendment');
  const person = usePerson(one.names);
  return (
    <Page>
      <PageHead
        title={`${t('notice')} · ${one.title}`}
        actions={
          <span className={styles.screen}>
            <Deciding one={one} /> <Button onClick={() => window.print()}>{t('print')}</Button>
          </span>
        }
      />
      <div className={styles.parts}>
        <Panel title={t('facts.state')} extra={<Pill tone={toneOf[one.state] ?? 'neutral'}>{t(`state.${one.state}`)}</Pill>}>
          <Facts
            facts={[
              { label: t('facts.document'), value: <Link to={`/patients/${one.patient}?document=${one.document}`}>{one.title}</Link> },
              { label: t('facts.writer'), value: person(one.writer) },
              { label: t('facts.opened'), value: <>{person(one.openedBy)} <When at={one.opened} /></> },
              ...(one.decided ? [{ label: t('facts.decided'), value: <>{person(one.decidedBy)} <When at={one.decided} /></> }] : []),
              ...(one.ended ? [{ label: t('facts.ended'), value: <>{person(one.endedBy)} <When at={one.ended} /></> }] : []),
              { label: t('facts.kind'), value: one.kind ? t(`errorKind.${one.kind}` as never) : '' },
              { label: t('facts.reason'), value: one.words },
              ...(one.decision ? [{ label: t('facts.decision'), value: one.decision }] : []),
              ...(one.ending ? [{ label: t('facts.ending'), value: one.ending }] : []),
            ]}
          />
        </Panel>
        {one.after.length > 0 && (
          <Panel flush>
            <DiffView before={{ label: t('before', { version: one.base }), sections: one.before }} after={{ label: t('after'), sections: one.after }} />
          </Panel>
        )}
        {one.state === 'completed' && <Recipients one={one} />}
        <Panel title={t('history')}>
          <ol className={styles.list}>
            {one.steps.map(({ step, person: by, at }, index) => (
              <li key={index}>
                {t(`step.${step}` as never, { defaultValue: t(`state.${step}` as never) })} · {person(by)} · <When at={at} />
              </li>
            ))}
          </ol>
        </Panel>
      </div>
    </Page>
  );
}

function Recipients({ one }: { one: CorrectionSeen }) {
  const { t } = useTranslation('amendment');
  const { person: me, purpose } = useSession();
  const person = usePerson(one.names);
  const [open, setOpen] = useState<CorrectionNotice>();
  const columns: Column<CorrectionNotice>[] = [
    { key: 'recipient', title: t('column.recipient'), render: ({ name, person: who, kind, recipient }) => (kind === 'case' ? <Link to={`/sharing/${recipient ?? ''}`}>{t('noticeKind.case')}</Link> : name || person(who) || t(`noticeKind.${kind}`)) },
    { key: 'how', title: t('column.how'), width: '150px', render: ({ kind }) => t(`noticeKind.${kind}`) },
    { key: 'had', title: t('column.had'), width: '90px', align: 'end', render: ({ had }) => had },
    { key: 'toldAt', title: t('column.toldAt'), width: '150px', render: ({ told }) => told && <When at={told} /> },
    { key: 'acknowledged', title: t('column.acknowledged'), width: '150px', render: ({ acknowledged }) => acknowledged && <When at={acknowledged} /> },
    { key: 'state', title: t('column.state'), width: '150px', render: ({ state }) => <Pill tone={toneOf[state] ?? 'neutral'}>{t(`noticeState.${state}`)}</Pill> },
    {
      key: 'actions',
      title: t('column.actions'),
      width: '120px',
      render: (notice) =>
        notice.state !== 'acknowledged' &&
        (notice.person === me || (writesDown.includes(purpose) && !notice.person)) && (
          <Button size="small" className={styles.screen} onClick={() => setOpen(notice)}>
            {t(notice.person === me ? 'acknowledgeMine' : notice.state === 'due' ? 'tell' : 'acknowledge')}
          </Button>
        ),
    },
  ];
  return (
    <Panel flush title={t('recipients')} extra={t('counts', countsOf(one.notices))}>
      <PlainTable label={t('recipients')} columns={columns} rows={one.notices} rowKey={({ id }) => id} empty={t('nobody')} />
      <Suspense fallback={null}>{open && <SayNotice notice={open} onClose={() => setOpen(undefined)} />}</Suspense>
    </Panel>
  );
}

/** For which purposes the telling of others is written down. */
const writesDown = ['management', 'coding', 'insurance', 'operation'];

/** Approves a correction or sends it back, where it waits for that and somebody else made it. */
function Deciding({ one }: { one: CorrectionSeen }) {
  const { t } = useTranslation('amendment');
  const { person, purpose, roles } = useSession();
  const fault = useFault();
  const [refusing, setRefusing] = useState(false);
  const decide = queries.useMutation('post', '/api/amendments/{id}/decide', {
    onSuccess: async () => {
      setRefusing(false);
      await cache.invalidateQueries();
    },
  });
  const office = one.approver === 'medical-affairs';
  const mine = one.state === 'asked' && one.openedBy !== person && (office ? purpose === 'management' && roles.includes('medical-affairs') : purpose === 'care' && (roles.includes('chief') || roles.includes('attending')));
  if (!mine) return null;
  return (
    <>
      <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate({ params: { path: { id: one.id } }, body: { approve: true } })}>
        {t('approve')}
      </Button>{' '}
      <Button onClick={() => setRefusing(true)}>{t('refuse')}</Button>
      {refusing && (
        <WordsDialog title={t('refuse')} lead={t('refuseLead')} label={t('reason')} required={t('wordsRequired')} danger busy={decide.isPending} error={fault(decide.error)} onSubmit={({ words }) => decide.mutate({ params: { path: { id: one.id } }, body: { approve: false, words } })} onClose={() => setRefusing(false)} />
      )}
    </>
  );
}
