import { CheckCircleFilled, CloseCircleFilled, SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, useTransition, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSecond } from '@/language/time';
import { classes } from '../classes';
import { Code } from '../Code';
import { Notice } from '../Notice';
import { toHex } from './bytes';
import styles from './Proof.module.css';
import type { LedgerProof, Verdict } from './verify';

export interface ProofProps {
  proof: LedgerProof;
  /** The ledger's SM2 key: an uncompressed point of 65 bytes in hex. */
  publicKey: string;
}

/** Draws an inclusion proof as a path from entry to checkpoint, and verifies it here on demand. */
export function Proof({ proof, publicKey }: ProofProps) {
  const { t } = useTranslation('kit');
  const [verdict, setVerdict] = useState<Verdict>();
  const [busy, start] = useTransition();
  const run = () =>
    start(async () => {
      const { verify } = await import('./verify');
      setVerdict(verify(proof, publicKey));
    });
  return (
    <section className={styles.proof} aria-label={t('proof.title')}>
      <header className={styles.head}>
        <h2>{t('proof.title')}</h2>
        <Button type={verdict ? 'default' : 'primary'} icon={<SafetyCertificateOutlined />} loading={busy} onClick={run}>
          {t(busy ? 'proof.verifying' : verdict ? 'proof.again' : 'proof.verify')}
        </Button>
      </header>
      <div aria-live="polite">{verdict && <Outcome verdict={verdict} />}</div>
      <Path proof={proof} verdict={verdict} />
      <p className={styles.note}>
        {t('proof.key')} <Code value={publicKey} ends={10} copyable />
      </p>
      <p className={styles.note}>
        {t('proof.browser')} {t('proof.scope')}
      </p>
    </section>
  );
}

function Outcome({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('kit');
  if (verdict.fault) {
    return (
      <Notice tone="error" title={t('proof.invalid')}>
        {t(`proof.faults.${verdict.fault}`)}
      </Notice>
    );
  }
  return <Notice tone="success">{t('proof.valid')}</Notice>;
}

function Path({ proof, verdict }: { proof: LedgerProof; verdict: Verdict | undefined }) {
  const { t } = useTranslation('kit');
  const origin = proof.checkpoint.split('\n', 1)[0] ?? '';
  const rootFits = verdict && (!verdict.fault || verdict.fault === 'signature');
  return (
    <ol className={styles.path}>
      <PathStep kind={t('proof.leaf')} title={t('proof.entry', { index: proof.position })} hash={verdict && toHex(verdict.leaf)} />
      {proof.path.map((sibling, index) => {
        const step = verdict?.steps[index];
        return (
          <PathStep
            key={sibling}
            kind={t('proof.node')}
            hash={step && toHex(step.result)}
            aside={
              <>
                {t('proof.sibling')} <Code value={step ? toHex(step.sibling) : sibling} ends={6} />
              </>
            }
            side={step?.side}
          />
        );
      })}
      <PathStep kind={t('proof.root')} {...(rootFits && { title: t('proof.rootFits') })} hash={verdict ? undefined : proof.root} good={rootFits} />
      <PathStep
        kind={t('proof.checkpoint')}
        title={verdict && !verdict.fault ? t('proof.signedBy', { origin }) : origin}
        good={verdict && (!verdict.fault || (verdict.fault === 'signature' ? false : undefined))}
        aside={
          <>
            {t('proof.size', { size: proof.size })}
            {verdict?.checkpoint && ` · ${t('proof.at', { at: formatSecond(new Date(verdict.checkpoint.at).toISOString()) })}`}
          </>
        }
        last
      />
    </ol>
  );
}

interface PathStepProps {
  kind: string;
  title?: string;
  hash?: string | undefined;
  aside?: ReactNode;
  side?: 'left' | 'right' | undefined;
  good?: boolean | undefined;
  last?: boolean;
}

function PathStep({ kind, title, hash, aside, side, good, last }: PathStepProps) {
  return (
    <li className={classes(styles.step, last && styles.last, side && styles[side], good === false && styles.bad)}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.kind}>{kind}</span>
      <span className={styles.what}>
        {title}
        {hash && <Code value={hash} ends={10} />}
        {good === true && <CheckCircleFilled className={styles.good} />}
        {good === false && <CloseCircleFilled className={styles.fault} />}
      </span>
      {aside && <span className={styles.aside}>{aside}</span>}
    </li>
  );
}
