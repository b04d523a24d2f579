import { EyeInvisibleOutlined, MedicineBoxOutlined, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTerm } from '@/language/terms';
import { useRow } from '@/language/text';
import type { Instant } from '@/language/time';
import { Clock } from './Clock';
import { Code } from './Code';
import styles from './PatientBanner.module.css';
import { Pill } from './Pill';

export interface PatientBannerProps {
  name: string;
  sex: string;
  /** In whole years; absent when the birth date is not known. */
  age?: number;
  recordNumber: string;
  department: string;
  bed?: string;
  attending?: string;
  allergies: string[];
  /** 1 to 5. */
  sensitivity: number;
  purpose: string;
  /** Kind of what ties the reader to the patient. */
  tie?: string;
  since?: Instant;
  until?: Instant;
  masked?: boolean;
  actions?: ReactNode;
}

/** Who this is, what must not be overlooked, and on what ground one is here. */
export function PatientBanner(props: PatientBannerProps) {
  const { name, sex, age, recordNumber, department, bed, attending, allergies, sensitivity, purpose, tie, since, until, masked, actions } = props;
  const { t } = useTranslation('kit');
  const row = useRow();
  const term = useTerm();
  return (
    <header className={styles.banner}>
      <div className={styles.who}>
        <h1>{name}</h1>
        <span>
          {term('sex', sex)}
          {age !== undefined && ` · ${t('patient.age', { age })}`}
        </span>
        <span>
          {t('patient.recordNumber')} <Code value={recordNumber} copyable />
        </span>
        <span>
          {department}
          {bed && ` · ${t('patient.bed', { bed })}`}
        </span>
        {attending && (
          <span>
            {t('patient.attending')} {attending}
          </span>
        )}
        {sensitivity > 1 && <Pill tone={sensitivity > 3 ? 'error' : 'warning'}>{t('patient.sensitivity', { level: sensitivity })}</Pill>}
        {masked && <Pill icon={<EyeInvisibleOutlined />}>{t('patient.masked')}</Pill>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      <div className={styles.ground}>
        {allergies.length > 0 ? (
          <span className={styles.allergy}>
            <WarningFilled /> {t('patient.allergy')} <strong>{row(allergies)}</strong>
          </span>
        ) : (
          <span>
            <MedicineBoxOutlined /> {t('patient.noAllergy')}
          </span>
        )}
        <span className={styles.purpose}>
          {t('patient.purpose')} <strong>{term('purpose', purpose)}</strong>
        </span>
        {tie && (
          <span>
            {t('patient.basis')} <strong>{term('tie', tie)}</strong>
          </span>
        )}
        {until && <Clock deadline={until} {...(since && { start: since })} />}
      </div>
    </header>
  );
}
