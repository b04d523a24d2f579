import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { levels, type Requirement, type RequirementSet } from './deadline';
import styles from './Deadline.module.css';
import { Frame } from './Frame';

const Propose = lazy(() => import('./Propose'));
const Settle = lazy(() => import('./Settle'));

const tones = { proposed: 'warning', approved: 'success', rejected: 'neutral' } as const;

/** What records must hold, and by when: the set in force, what was proposed, and what came before. */
export function Component() {
  const { t } = useTranslation('deadline');
  const text = useText();
  const { roles, person: me } = useSession();
  const [proposing, setProposing] = useState(false);
  const [settling, setSettling] = useState<RequirementSet>();
  const shown = queries.useQuery('get', '/api/deadlines/sets', {});
  const person = usePerson(shown.data?.names);
  const failure = failureOf(shown);
  if (failure) return <NotOpened error={failure} onRetry={() => void shown.refetch()} />;
  if (!shown.data) return <Waiting />;
  const { items, force, starter, unheard, dayCheck } = shown.data;
  const held = items.find(({ number }) => number === force);
  const waits = items.find(({ state }) => state === 'proposed');
  const requirements: Column<Requirement>[] = [
    { key: 'name', title: t('column.document'), render: ({ nameZh, nameEn }) => text({ zh: nameZh, en: nameEn }) },
    { key: 'kinds', title: t('sets.kinds'), width: '170px', render: ({ kinds }) => kinds.join(' ') },
    { key: 'event', title: t('column.event'), width: '130px', render: ({ event }) => t(`event.${event}`) },
    { key: 'limit', title: t('sets.limit'), width: '220px', render: ({ limit, every }) => (every ? levels.filter((level) => every[level]).map((level) => `${t(`level.${level}`)} ${every[level] ?? ''}`).join(' · ') : limit) },
    { key: 'mandatory', title: t('sets.mandatory'), width: '90px', render: ({ mandatory }) => <Pill tone={mandatory ? 'info' : 'neutral'}>{t(mandatory ? 'sets.must' : 'sets.may')}</Pill> },
    { key: 'basis', title: t('sets.basis'), render: ({ basis, local }) => <>{basis} {local && <Pill tone="warning">{t('sets.local')}</Pill>}</> },
  ];
  const history: Column<RequirementSet>[] = [
    { key: 'number', title: t('sets.number'), width: '80px', render: ({ number }) => t('sets.ofNumber', { number }) },
    { key: 'state', title: t('sets.state'), width: '110px', render: ({ state, number }) => <Pill tone={tones[state]}>{number === force ? t('sets.inForce') : t(`sets.states.${state}`)}</Pill> },
    { key: 'since', title: t('sets.since'), width: '150px', render: ({ since }) => <When at={since} /> },
    { key: 'why', title: t('sets.why'), render: ({ why, answer }) => <>{why}{answer && <div>{answer}</div>}</> },
    { key: 'by', title: t('sets.by'), width: '190px', render: ({ proposedBy, settledBy }) => `${person(proposedBy)} → ${person(settledBy) || '…'}` },
    { key: 'changes', title: t('sets.changes'), render: ({ changes }) => changes.map(({ key, nameZh, nameEn, how, fields }) => <div key={key}>{`${text({ zh: nameZh, en: nameEn })}：${t(`sets.how.${how}`)} ${fields.map((field) => t(`sets.field.${field as 'limit'}`)).join(' ')}`}</div>) },
    { key: 'do', title: '', width: '100px', render: (set) => set.state === 'proposed' && set.proposedBy !== me && may(roles, 'settleRequirements') && <Button size="small" onClick={() => setSettling(set)}>{t('sets.settle')}</Button> },
  ];
  return (
    <Frame
      tab="sets"
      actions={
        <>
          {may(roles, 'proposeRequirements') && !waits && <Button type="primary" onClick={() => setProposing(true)}>{t('sets.propose')}</Button>}
          <Button onClick={() => window.print()}>{t('print')}</Button>
        </>
      }
    >
      <div className={styles.panels}>
        {force === 0 && <Notice tone="warning">{t('sets.none')}</Notice>}
        {!dayCheck && <Notice>{t('sets.noDayCheck')}</Notice>}
        <Panel flush title={held ? t('sets.held', { number: force }) : t('sets.starter')}>
          <PlainTable label={t('sets.title')} columns={requirements} rows={held?.requirements ?? starter} rowKey={({ key }) => key} empty={t('sets.none')} />
        </Panel>
        <Panel flush title={t('sets.all')}>
          <PlainTable label={t('sets.all')} columns={history} rows={items} rowKey={({ id }) => id} empty={t('sets.noneYet')} />
        </Panel>
        <Panel title={t('sets.unheard')}>
          <ul className={styles.list}>{unheard.map(({ id, zh, en }) => <li key={id}>{text({ zh, en })}</li>)}</ul>
        </Panel>
      </div>
      <Suspense fallback={null}>
        {proposing && <Propose begin={held?.requirements ?? starter} onClose={() => setProposing(false)} />}
        {settling && <Settle set={settling} onClose={() => setSettling(undefined)} />}
      </Suspense>
    </Frame>
  );
}
