import { Button, Popconfirm } from 'antd';
import type { KeyboardEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { classes } from '@/kit/classes';
import { Clock } from '@/kit/Clock';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import styles from './GrantReviewsPage.module.css';

export type ReviewLine = Schemas['AccessLine'];
export type Campaign = Schemas['AccessCampaign'];
export type Verdicts = Record<string, boolean>;

export interface GrantReviewsPageProps {
  lines: ReviewLine[] | undefined;
  campaigns: Campaign[] | undefined;
  departments: Departments;
  busy: boolean;
  error?: string | undefined;
  actions?: ReactNode;
  onSubmit: (verdicts: Verdicts) => void;
}

/** Keep or cut, line by line, in one sitting and by keyboard; and how far the reviews have come. */
export function GrantReviewsPage({ lines, campaigns, departments, busy, error, actions, onSubmit }: GrantReviewsPageProps) {
  const { t } = useTranslation('access');
  return (
    <Page>
      <PageHead title={t('reviews.title')} lead={t('reviews.lead')} actions={actions} />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        {lines && <Sitting lines={lines} departments={departments} busy={busy} onSubmit={onSubmit} />}
        <Campaigns campaigns={campaigns} />
      </div>
    </Page>
  );
}

function Sitting({ lines, departments, busy, onSubmit }: { lines: ReviewLine[] } & Pick<GrantReviewsPageProps, 'departments' | 'busy' | 'onSubmit'>) {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const list = useRef<HTMLUListElement>(null);
  const [verdicts, setVerdicts] = useState<Verdicts>({});
  const [here, setHere] = useState(0);
  const decided = lines.filter(({ id }) => verdicts[id] !== undefined);
  const cut = decided.filter(({ id }) => verdicts[id] === false).length;

  const focus = (index: number) => {
    const to = Math.max(0, Math.min(lines.length - 1, index));
    setHere(to);
    (list.current?.children[to] as HTMLElement | undefined)?.focus();
  };
  const decide = (line: ReviewLine, keep: boolean | undefined, index: number) => {
    setVerdicts((before) => {
      const others = Object.entries(before).filter(([id]) => id !== line.id);
      return Object.fromEntries(keep === undefined ? others : [...others, [line.id, keep]]);
    });
    if (keep !== undefined) focus(index + 1);
  };
  const onKeyDown = (event: KeyboardEvent, line: ReviewLine, index: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => focus(index + 1),
      j: () => focus(index + 1),
      ArrowUp: () => focus(index - 1),
      k: () => decide(line, true, index),
      x: () => decide(line, false, index),
      u: () => decide(line, undefined, index),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };
  if (lines.length === 0) return <Notice tone="success">{t('reviews.nothing')}</Notice>;
  return (
    <Panel
      flush
      title={t('reviews.mine', { count: lines.length })}
      extra={
        <Popconfirm title={t('reviews.submitTitle', { keep: decided.length - cut, cut })} okText={t('reviews.submit')} cancelText={t('reviews.goOn')} disabled={decided.length === 0} onConfirm={() => onSubmit(verdicts)}>
          <Button type="primary" disabled={decided.length === 0} loading={busy}>
            {t('reviews.submitOf', { done: decided.length, of: lines.length })}
          </Button>
        </Popconfirm>
      }
    >
      <p className={styles.keys}>
        <kbd>↑</kbd> <kbd>↓</kbd> {t('reviews.keyMove')} · <kbd>K</kbd> {t('reviews.keep')} · <kbd>X</kbd> {t('reviews.cut')} · <kbd>U</kbd> {t('reviews.undo')}
      </p>
      <ul ref={list} className={styles.lines} aria-label={t('reviews.mine', { count: lines.length })}>
        {lines.map((line, index) => {
          const verdict = verdicts[line.id];
          return (
            <li key={line.id} className={classes(styles.line, verdict === true && styles.kept, verdict === false && styles.cut)} tabIndex={index === here ? 0 : -1} onFocus={() => setHere(index)} onKeyDown={(event) => onKeyDown(event, line, index)}>
              <Pill>{t(`reviews.kinds.${line.kind}`)}</Pill>
              <span>
                <strong>{text(line.who)}</strong> <span className={styles.number}>{line.who.number}</span>
              </span>
              <span>{[text(departments[line.department]), line.role && term('role', line.role)].filter(Boolean).join(' · ')}</span>
              <span className={styles.until}>
                {t('reviews.until')} <When at={line.until} as="day" />
                {line.kind === 'grant' && <LastUse line={line} />}
              </span>
              <span className={styles.buttons}>
                <Button size="small" tabIndex={-1} type={verdict === true ? 'primary' : 'default'} aria-pressed={verdict === true} onClick={() => decide(line, true, index)}>
                  {t('reviews.keep')}
                </Button>
                <Button size="small" tabIndex={-1} danger className={verdict === false ? styles.cutChosen : undefined} aria-pressed={verdict === false} onClick={() => decide(line, false, index)}>
                  {t('reviews.cut')}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      <p className={styles.note}>{t('reviews.note')}</p>
    </Panel>
  );
}

/** When the holder of a grant last used it: what nobody uses is proposed to be cut. */
function LastUse({ line: { used, unused, signed } }: { line: ReviewLine }) {
  const { t } = useTranslation('access');
  return (
    <span className={styles.used}>
      {used ? (
        <>
          {t('reviews.used')} <When at={used} as="day" />
        </>
      ) : (
        t('reviews.neverUsed')
      )}
      {unused && <Pill tone="warning">{t('reviews.unused')}</Pill>}
      {signed && <Pill tone="info">{t('responsibility.signedShort')}</Pill>}
    </span>
  );
}

const campaignTones: Record<Campaign['state'], Tone> = { gathering: 'info', open: 'warning', closed: 'neutral' };

function Campaigns({ campaigns }: { campaigns: Campaign[] | undefined }) {
  const { t } = useTranslation('access');
  return (
    <Panel title={t('reviews.campaigns')} flush>
      <PlainTable
        label={t('reviews.campaigns')}
        rows={campaigns}
        rowKey={({ id }) => id}
        empty={t('reviews.noCampaign')}
        columns={[
          { key: 'name', title: t('reviews.name'), render: ({ name }) => name },
          { key: 'state', title: t('grants.state'), width: '120px', render: ({ state }) => <Pill tone={campaignTones[state]}>{t(`reviews.states.${state}`)}</Pill> },
          { key: 'opened', title: t('reviews.opened'), width: '130px', render: ({ opened }) => <When at={opened} as="day" /> },
          { key: 'deadline', title: t('reviews.deadline'), width: '200px', render: ({ deadline, opened, state }) => (state === 'closed' ? <When at={deadline} as="day" /> : <Clock deadline={deadline} start={opened} />) },
          { key: 'lines', title: t('reviews.lines'), width: '100px', align: 'end', render: ({ lines }) => lines },
          { key: 'waiting', title: t('reviews.waiting'), width: '100px', align: 'end', render: ({ waiting }) => waiting },
          { key: 'cut', title: t('reviews.cutCount'), width: '100px', align: 'end', render: ({ cut }) => cut },
          { key: 'unanswered', title: t('reviews.unanswered'), width: '110px', align: 'end', render: ({ unanswered }) => unanswered },
        ]}
      />
    </Panel>
  );
}
