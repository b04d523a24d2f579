import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import type { Session } from '@/app/session';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Mark } from '@/kit/Mark';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Paper } from '@/kit/Paper';
import { formatMinute } from '@/language/time';
import { useText } from '@/language/text';
import type { Handed, SeenCase } from './case';
import styles from './Sharing.module.css';

export interface HandedPageProps {
  one: SeenCase;
  /** The requester, as the stamp names it. */
  to: string;
  handed: Handed;
  me: Session;
  origin: string;
  onPrint: () => void;
  onDone: () => void;
}

/** What the assistant shows to the requester, or prints with the stamp on each document. */
export function HandedPage({ one, to, handed, me, origin, onPrint, onDone }: HandedPageProps) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const copied = handed.manner === 'copied';
  const shown = handed.shown ?? [];
  return (
    <Page narrow>
      <Mark name={text(me.name)} staffNumber={me.number} at={handed.at} code={handed.id.slice(-8)} />
      <div className={styles.screen}>
        <PageHead
          title={t(copied ? 'shown.copyTitle' : 'shown.viewing')}
          lead={copied ? to : t('shown.viewingLead', { name: text(me.name) })}
          actions={
            <>
              {!copied && one.until && <Clock deadline={one.until} full />}
              {copied && (
                <Button type="primary" icon={<PrinterOutlined />} onClick={onPrint}>
                  {t('shown.print')}
                </Button>
              )}
              <Button onClick={onDone}>{t(copied ? 'shown.done' : 'shown.end')}</Button>
            </>
          }
        />
        {handed.code && (
          <Notice tone="warning" title={t('shown.codeOnce')}>
            {t('shown.code')} <span className={styles.code}>{handed.code}</span> <Code value={`${origin}/verify/${handed.code}`} copyable />
          </Notice>
        )}
      </div>
      <div className={styles.stamped}>
        {shown.map(({ document, title, version, sections }, index) => (
          <div key={document} className={styles.sheetOf}>
            {handed.code && <Stamp handed={handed} code={handed.code} to={to} basis={one.basis} origin={origin} place={t('shown.sheet', { n: index + 1, of: shown.length })} />}
            <Paper organisation={text(me.organisation)} title={title} facts={[]} sections={sections ?? []} signatures={[]} version={version} />
          </div>
        ))}
      </div>
    </Page>
  );
}

interface StampProps {
  handed: Handed;
  code: string;
  to: string;
  basis: string;
  origin: string;
  place: string;
}

function Stamp({ handed, code, to, basis, origin, place }: StampProps) {
  const { t } = useTranslation('sharing');
  return (
    <div className={styles.stamp}>
      <span>{t('shown.stamp', { to })}</span>
      <strong>{code}</strong>
      <span>
        {t('shown.basis')} {basis}
      </span>
      <span>{place}</span>
      <span>
        {t('shown.verifyAt')} {origin}/verify · {t('shown.digest')} <Code value={handed.digest} ends={8} />
      </span>
      <span>{formatMinute(handed.at)}</span>
    </div>
  );
}
