import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { refusalOf } from '@/access/refusal';
import { Notice } from '@/kit/Notice';
import styles from './Consent.module.css';

const AuthoriseHistory = lazy(() => import('./AuthoriseHistory'));

interface AskPatientProps {
  patient: string;
  /** Why the document did not open. */
  error: unknown;
  onOpened: () => void;
}

/** The one way on to what another institution wrote: to ask the patient. Nothing for other refusals. */
export default function AskPatient({ patient, error, onOpened }: AskPatientProps) {
  const { t } = useTranslation('consent');
  const [asking, setAsking] = useState(false);
  const refusal = isProblem(error) ? refusalOf(error) : undefined;
  if (!refusal?.conditions.some(({ rule, met }) => !met && rule === 'history.authorised')) return null;
  return (
    <>
      <Notice title={t('history.title')}>
        <p>{t('history.lead')}</p>
        <span className={styles.buttons}>
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('history.ask')}
          </Button>
        </span>
      </Notice>
      {asking && (
        <Suspense fallback={null}>
          <AuthoriseHistory
            patient={patient}
            onClose={(given) => {
              setAsking(false);
              if (given) onOpened();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
