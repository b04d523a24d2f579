import { useTranslation } from 'react-i18next';
import { Facts } from '@/kit/Facts';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import type { SeenHandover } from './handover';
import styles from './Handover.module.css';

const told = ['given', 'taken', 'patients', 'aside', 'missing', 'extra', 'formless'] as const;

/** What became of a rehearsed export in an empty store. */
export function TakenOver({ takeover }: Pick<SeenHandover, 'takeover'>) {
  const { t } = useTranslation('handover');
  if (!takeover) return null;
  const whole = takeover.missing + takeover.extra + takeover.aside === 0;
  return (
    <Panel title={t('takeover.title')} extra={<When at={takeover.at} />}>
      <div className={styles.parts}>
        <p className={styles.note}>{t('takeover.lead')}</p>
        <div>
          <Pill tone={whole ? 'success' : 'error'}>{t(whole ? 'takeover.whole' : 'takeover.amiss')}</Pill>
        </div>
        <Facts facts={told.map((key) => ({ label: t(`takeover.${key}`), value: takeover[key].toLocaleString() }))} />
      </div>
    </Panel>
  );
}
