import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import type { Schemas } from '@/api/client';
import { EmptyState } from '@/kit/EmptyState';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import styles from './SecurityPage.module.css';

type SignInWindow = Schemas['IdentityWindow'];
type Recovery = Schemas['IdentityRecovery'];

/** What was asked, absent until it is known; or why it is not shown. */
interface Asked<Request> {
  asked: Request[] | undefined;
  failure: unknown;
  onRetry: () => void;
}

export interface AskedPageProps {
  me: string;
  nameOf: (person: string) => string;
  /** Absent where the reader does not decide. */
  windows: Asked<SignInWindow> | undefined;
  recoveries: Asked<Recovery> | undefined;
  onWindow: (window: SignInWindow, yes: boolean) => void;
  onRecovery: (recovery: Recovery, yes: boolean) => void;
}

const tones: Record<SignInWindow['state'], Tone> = { asked: 'warning', approved: 'success', declined: 'neutral' };

/** What takes a second person: a time outside one's hours, and the loss of a second factor. */
export function AskedPage({ me, nameOf, windows, recoveries, onWindow, onRecovery }: AskedPageProps) {
  const { t } = useTranslation('identity');
  const mine = ({ person, askedBy }: { person: string; askedBy: string }) => person === me || askedBy === me;
  return (
    <div className={styles.page}>
      {recoveries && (
        <Panel title={t('recovery.title')} flush>
          <Waiting of={recoveries} what={t('recovery.title')} none={t('recovery.none')} hint={t('recovery.noneHint')}>
            {(recovery) => (
              <li key={recovery.id} className={styles.line}>
                <span className={styles.grow}>
                  <strong>{nameOf(recovery.person)}</strong> <Pill tone="warning">{t(`recovery.why.${recovery.why}`)}</Pill>
                  <span className={styles.note}>
                    {t('asked.by', { name: nameOf(recovery.askedBy) })} · <When at={recovery.asked} as="ago" /> · {t('asked.until')} <When at={recovery.until} />
                  </span>
                </span>
                <Decide mine={mine(recovery)} title={t('recovery.sure')} note={t('recovery.consequence')} onDecide={(yes) => onRecovery(recovery, yes)} />
              </li>
            )}
          </Waiting>
        </Panel>
      )}
      {windows && (
        <Panel title={t('windows.title')} flush>
          <Waiting of={windows} what={t('windows.title')} none={t('windows.none')} hint={t('windows.noneHint')}>
            {(window) => (
              <li key={window.id} className={styles.line}>
                <span className={styles.grow}>
                  <strong>{nameOf(window.person)}</strong> <Pill tone={tones[window.state]}>{t(`windows.states.${window.state}`)}</Pill>
                  <span className={styles.note}>
                    {t(`windows.why.${window.why}`)} · <When at={window.since} /> – <When at={window.until} /> · {t('asked.by', { name: nameOf(window.askedBy) })}
                  </span>
                </span>
                {window.state === 'asked' && <Decide mine={mine(window)} title={t('windows.sure')} onDecide={(yes) => onWindow(window, yes)} />}
              </li>
            )}
          </Waiting>
        </Panel>
      )}
    </div>
  );
}

function Waiting<Request>({ of: { asked, failure, onRetry }, what, none, hint, children }: { of: Asked<Request>; what: string; none: string; hint: string; children: (request: Request) => ReactNode }) {
  if (failure) return <NotOpened error={failure} what={what} onRetry={onRetry} />;
  if (asked?.length === 0) return <EmptyState title={none} hint={hint} />;
  return <ul aria-busy={asked === undefined}>{asked?.map(children)}</ul>;
}

/** Whoever asked, or whom it is for, leaves it to somebody else. */
function Decide({ mine, title, note, onDecide }: { mine: boolean; title: string; note?: string; onDecide: (yes: boolean) => void }) {
  const { t } = useTranslation('identity');
  const { t: k } = useTranslation('kit');
  if (mine) return <span>{t('asked.another')}</span>;
  return (
    <>
      <Popconfirm title={title} description={note} okText={t('asked.approve')} cancelText={k('cancel')} onConfirm={() => onDecide(true)}>
        <Button size="small" type="primary">
          {t('asked.approve')}
        </Button>
      </Popconfirm>
      <Button size="small" onClick={() => onDecide(false)}>
        {t('asked.decline')}
      </Button>
    </>
  );
}
