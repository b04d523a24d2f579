import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { When } from '@/kit/When';
import { FileDrop } from '@/output/FileDrop';
import { OutsideFrame } from '@/output/OutsideFrame';
import { Verdict } from '@/output/Verdict';
import styles from './Exchange.module.css';

export interface VerifyPackagePageProps {
  /** Of the file; empty before there is one. */
  digest: string;
  reading: boolean;
  busy: boolean;
  vouched: Schemas['ExchangeVouched'] | undefined;
  error: string | undefined;
  onFile: (file: File) => void;
}

/** As much as a package that is carried may have, and what surrounds it. */
const mostBytes = 33 * 1024 * 1024;

/** Says whether this house made exactly the file that somebody holds. */
export function VerifyPackagePage({ digest, reading, busy, vouched, error, onFile }: VerifyPackagePageProps) {
  const { t } = useTranslation('exchange');
  return (
    <OutsideFrame title={t('verify.title')} lead={t('verify.lead')}>
      <FileDrop busy={reading || busy} lead={t('verify.drop')} most={mostBytes} onFile={onFile} />
      <p className={styles.note}>{t('verify.local')}</p>
      <div aria-live="polite" className={styles.parts}>
        {reading && <Notice>{t('verify.reading')}</Notice>}
        {error && <Notice tone="error">{error}</Notice>}
        {vouched && !vouched.known && (
          <Verdict tone="error" title={t('verify.unknown')}>
            {t('verify.unknownNote')}
          </Verdict>
        )}
        {vouched?.known && (
          <Verdict tone="success" title={t('verify.known')}>
            {t('verify.knownNote')}
          </Verdict>
        )}
        {vouched && (
          <Panel>
            <Facts
              facts={[
                ...(vouched.known
                  ? [
                      { label: t('verify.sequence'), value: vouched.sequence },
                      ...(vouched.sent ? [{ label: t('verify.sent'), value: <When at={vouched.sent} as="second" /> }] : []),
                      { label: t('verify.count'), value: vouched.count },
                      { label: t('verify.received'), value: t(vouched.received ? 'verify.receivedYes' : 'verify.receivedNo') },
                    ]
                  : []),
                { label: t('verify.digest'), value: <Code value={digest} ends={12} copyable /> },
              ]}
            />
          </Panel>
        )}
      </div>
      <Link to="/verify">{t('verify.copy')}</Link>
    </OutsideFrame>
  );
}
