import { Button, Popconfirm, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import { useRow, useText } from '@/language/text';
import { formatDay, type Instant } from '@/language/time';
import { Faces, type FacesProps } from './Faces';
import { Links, type LinksProps } from './Links';
import { PasswordForm, type PasswordFormProps } from './PasswordForm';
import styles from './SecurityPage.module.css';

type Factor = Schemas['IdentityFactor'];
type OpenSession = Schemas['IdentitySession'];

export interface SecurityPageProps {
  /** Absent in a demonstration, where nobody has a password. */
  password: PasswordFormProps | undefined;
  /** Until when the password should be changed. */
  goodUntil?: Instant | undefined;
  remind: boolean;
  /** Roles that give nothing until a second factor is shown. */
  waiting: Schemas['IdentityLabel'][];
  /** Absent until they are known. */
  factors: Factor[] | undefined;
  codesLeft: number;
  sessions: OpenSession[] | undefined;
  onEnrol: () => void;
  /** Absent where the house or the browser knows no passkeys. */
  onEnrolPasskey: (() => void) | undefined;
  onLock: () => void;
  bound: LinksProps;
  face: FacesProps;
  onEndFactor: (factor: Factor) => void;
  onRenewCodes: () => void;
  onEndSession: (session: OpenSession) => void;
  onEndAll: () => void;
  onLeak: () => void;
  /** Asks to sign in outside one's hours. */
  askWindow: ReactNode;
}

/** Few codes are left: time for new ones. */
const few = 3;

/** How I show who I am, and where I am signed in. */
export function SecurityPage(props: SecurityPageProps) {
  const { password, goodUntil, remind, waiting, onLeak, askWindow } = props;
  const { t } = useTranslation('identity');
  const text = useText();
  const row = useRow();
  return (
    <Page narrow>
      <PageHead title={t('security.title')} lead={t('security.lead')} />
      <div className={styles.page}>
        {waiting.length > 0 && <Notice tone="warning">{t('security.waiting', { roles: row(waiting.map(({ name }) => text(name))) })}</Notice>}
        {remind && goodUntil && <Notice tone="warning">{t('security.remind', { day: formatDay(goodUntil) })}</Notice>}
        <Factors {...props} />
        <Links {...props.bound} />
        <Faces {...props.face} />
        <Sessions {...props} />
        {password ? (
          <Panel title={t('change.title')} extra={goodUntil && t('security.goodUntil', { day: formatDay(goodUntil) })}>
            <p className={styles.note}>{t('change.lead')}</p>
            <PasswordForm {...password} />
          </Panel>
        ) : (
          <Panel title={t('change.title')}>
            <p className={styles.note}>{t('security.noPassword')}</p>
          </Panel>
        )}
        <Panel title={t('windows.title')} flush>
          <div className={styles.line}>
            <p className={styles.grow}>{t('windows.own')}</p>
            {askWindow}
          </div>
        </Panel>
        {password && (
          <Panel title={t('leak.title')}>
            <div className={styles.line}>
              <p className={styles.grow}>{t('leak.lead')}</p>
              <Button danger onClick={onLeak}>
                {t('leak.open')}
              </Button>
            </div>
          </Panel>
        )}
      </div>
    </Page>
  );
}

function Factors({ factors, codesLeft, onEnrol, onEnrolPasskey, onEndFactor, onRenewCodes }: SecurityPageProps) {
  const { t } = useTranslation('identity');
  const { t: k } = useTranslation('kit');
  const some = factors !== undefined && factors.length > 0;
  return (
    <Panel title={t('factors.title')} flush>
      <ul aria-busy={factors === undefined}>
        {factors?.map((factor) => (
          <li key={factor.id} className={styles.line}>
            <span className={styles.grow}>
              <strong>{factor.label || t(`factors.${factor.kind}`)}</strong>
              <span className={styles.note}>
                {t(`factors.${factor.kind}`)} · {t('factors.since')} <When at={factor.since} as="day" />
                {factor.used && (
                  <>
                    {' '}
                    · {t('factors.used')} <When at={factor.used} as="ago" />
                  </>
                )}
              </span>
            </span>
            <Popconfirm title={t('factors.endTitle')} description={t('factors.endNote')} okText={t('factors.end')} cancelText={k('cancel')} onConfirm={() => onEndFactor(factor)}>
              <Button size="small" danger>
                {t('factors.end')}
              </Button>
            </Popconfirm>
          </li>
        ))}
        <li className={styles.line}>
          <span className={styles.grow}>{t(some ? 'factors.replace' : 'factors.none')}</span>
          <Button type={some ? 'default' : 'primary'} onClick={onEnrol}>
            {t('factors.enrol')}
          </Button>
          {onEnrolPasskey && <Button onClick={onEnrolPasskey}>{t('passkey.enrol')}</Button>}
        </li>
        {some && (
          <li className={styles.line}>
            <span className={styles.grow}>
              {t('codes.left', { count: codesLeft })} {codesLeft < few && <Pill tone="warning">{t('codes.few')}</Pill>}
            </span>
            <Popconfirm title={t('codes.renewTitle')} okText={t('codes.renew')} cancelText={k('cancel')} onConfirm={onRenewCodes}>
              <Button>{t('codes.renew')}</Button>
            </Popconfirm>
          </li>
        )}
      </ul>
    </Panel>
  );
}

function Sessions({ sessions, onLock, onEndSession, onEndAll }: SecurityPageProps) {
  const { t } = useTranslation('identity');
  const { t: k } = useTranslation('kit');
  return (
    <Panel
      title={t('sessions.title')}
      extra={
        <Space>
          <Button size="small" onClick={onLock}>
            {t('locked.lock')}
          </Button>
          <Popconfirm title={t('sessions.allTitle')} okText={t('sessions.all')} cancelText={k('cancel')} onConfirm={onEndAll}>
            <Button size="small" danger>
              {t('sessions.all')}
            </Button>
          </Popconfirm>
        </Space>
      }
      flush
    >
      <ul aria-busy={sessions === undefined}>
        {sessions?.map((session) => (
          <li key={session.id} className={styles.line}>
            <span className={styles.grow}>
              <strong>{session.ip}</strong> {session.this && <Pill tone="info">{t('sessions.this')}</Pill>} {session.strong && <Pill tone="success">{t('sessions.strong')}</Pill>}{' '}
              {session.zone && <Pill tone={session.zone === 'remote' ? 'warning' : 'neutral'}>{t(session.tunnel ? 'sessions.zones.vpn' : `sessions.zones.${session.zone}`)}</Pill>}{' '}
              {session.fallback && <Pill tone="warning">{t(`sessions.fallback.${session.fallback}`)}</Pill>}
              <span className={styles.note}>
                {session.terminal && (
                  <>
                    {t('sessions.terminal')} <Code value={session.terminal} ends={4} /> ·{' '}
                  </>
                )}
                {t(`means.${session.means as 'choice'}`, { defaultValue: session.means })} · {t('sessions.since')} <When at={session.since} /> · {t('sessions.seen')} <When at={session.seen} as="ago" />
              </span>
            </span>
            {!session.this && (
              <Button size="small" onClick={() => onEndSession(session)}>
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
