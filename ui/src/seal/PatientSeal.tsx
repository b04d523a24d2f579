import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { SealBanner } from './SealBanner';
import styles from './PatientSeal.module.css';

/** The seals on a patient who is open; whoever keeps seals goes on to them from here. */
export default function PatientSeal({ patient }: { patient: Schemas['PatientView'] }) {
  const { t } = useTranslation('seal');
  const { roles } = useSession();
  const seals = patient.seals ?? [];
  if (seals.length === 0) return null;
  return (
    <div className={styles.seals}>
      {seals.map(({ id, kind }) => (
        <SealBanner key={id} kind={kind}>
          {may(roles, 'seeSeals') && <Link to={`/seals/${id}`}>{t('lookersLabel')}</Link>}
        </SealBanner>
      ))}
    </div>
  );
}
