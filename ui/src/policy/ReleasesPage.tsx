import { Button, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { useNow } from '@/kit/now';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Tone } from '@/kit/tone';
import { useRow, useText, type Text } from '@/language/text';
import { formatDay, formatMinute, minute } from '@/language/time';
import styles from './Policy.module.css';

export type Release = Schemas['AccessRelease'];
export type Own = Schemas['AccessOwn'];

interface ReleasesPageProps {
  releases: Release[];
  own: Own;
  people: Record<string, Text>;
  /** Whether the reader may write and date. */
  writes: boolean;
  rollsBack: boolean;
  busy: boolean;
  error: string | undefined;
  onRollBack: (words: string, done: () => void) => void;
  more: ReactNode;
}

const tones: Record<Release['state'], Tone> = { draft: 'neutral', tried: 'info', reviewed: 'warning', dated: 'neutral' };

export function StateOfRelease({ release }: { release: Release }) {
  const { t } = useTranslation('policy');
  return release.inForce ? <Pill tone="success">{t('states.inForce')}</Pill> : <Pill tone={tones[release.state]}>{t(`states.${release.state}`)}</Pill>;
}

/** What holds of one's own rules now, and every release. */
export function ReleasesPage({ releases, own, people, writes, rollsBack, busy, error, onRollBack, more }: ReleasesPageProps) {
  const { t } = useTranslation('policy');
  const text = useText();
  const row = useRow();
  const [asking, setAsking] = useState(false);
  const named = (ids: string[]) => row(ids.map((id) => text(people[id]) || `…${id.slice(-4)}`));
  return (
    <Page>
      <PageHead
        title={t('releases.title')}
        lead={t('releases.lead')}
        actions={
          <>
            {rollsBack && (own.release ?? own.coming ?? own.withheld) && (
              <Button danger onClick={() => setAsking(true)}>
                {t('releases.rollBack')}
              </Button>
            )}
            {writes && (
              <Link to="/policy/releases/new">
                <Button type="primary">{t('releases.draft')}</Button>
              </Link>
            )}
          </>
        }
      />
      <div className={styles.parts}>
        {own.withheld && <Notice tone="error">{t('releases.withheld')}</Notice>}
        <Panel title={t('releases.now')}>
          <Now own={own} />
        </Panel>
        <Panel flush>
          <PlainTable
            label={t('releases.title')}
            rows={releases}
            rowKey={({ id }) => id}
            empty={t('releases.empty')}
            columns={[
              { key: 'name', title: t('releases.name'), render: ({ id, number, title }) => <Link to={`/policy/releases/${id}`}>{`${number} · ${title}`}</Link> },
              { key: 'state', title: t('releases.state'), width: '110px', render: (release) => <StateOfRelease release={release} /> },
              { key: 'writers', title: t('releases.writers'), width: '150px', render: ({ writers }) => named(writers ?? []) },
              { key: 'reviewer', title: t('releases.reviewer'), width: '120px', render: ({ reviewer }) => (reviewer ? named([reviewer]) : '') },
              {
                key: 'trial',
                title: t('releases.trial'),
                render: ({ tried, trial }) => (tried ? t('releases.trialSum', { cases: trial.cases, refused: trial.newlyRefused, allowed: trial.newlyAllowed }) : ''),
              },
              { key: 'made', title: t('releases.made'), width: '120px', render: ({ made }) => formatDay(made) },
            ]}
          />
        </Panel>
        {more}
      </div>
      {asking && (
        <FormDialog<{ words: string }>
          title={t('releases.rollBackTitle')}
          lead={t('releases.rollBackLead')}
          submit={t('releases.rollBack')}
          danger
          busy={busy}
          error={error}
          onClose={() => setAsking(false)}
          onSubmit={({ words }) => onRollBack(words, () => setAsking(false))}
        >
          <Form.Item name="words" label={t('releases.why')} rules={[{ required: true, whitespace: true, message: t('releases.must') }]}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
          </Form.Item>
        </FormDialog>
      )}
    </Page>
  );
}

function Now({ own }: { own: Own }) {
  const { t } = useTranslation('policy');
  const now = useNow(minute);
  const late = own.release?.reviewBy && Date.parse(own.release.reviewBy) < now;
  return (
    <div className={styles.state}>
      {own.release ? (
        <>
          <strong>{t('releases.inForce', { number: own.release.number, title: own.release.title })}</strong>
          {own.since && <span>{t('releases.since', { at: formatMinute(own.since) })}</span>}
          {own.until && <span>{t('releases.until', { at: formatMinute(own.until) })}</span>}
          {own.release.reviewBy && <Pill tone={late ? 'error' : 'neutral'}>{t(late ? 'releases.overdue' : 'releases.reviewBy', { day: formatDay(own.release.reviewBy) })}</Pill>}
        </>
      ) : (
        <span>{t('releases.deliveredOnly')}</span>
      )}
      <span className={styles.note}>{t('releases.limits', { reason: own.limits.reasonHours, glass: own.limits.glassHours })}</span>
      {own.coming && <Pill tone="info">{t('releases.coming', { at: formatMinute(own.coming.since) })}</Pill>}
    </div>
  );
}
