import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries, type Schemas } from '@/api/client';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { SealBanner } from './SealBanner';
import styles from './PatientSeal.module.css';

/** The seals of a patient who is open, for those on the list and those who keep seals. */
export function PatientSeal({ patient }: { patient: Schemas['PatientView'] }) {
  const { t } = useTranslation('seal');
  const { roles } = useSession();
  const seals = queries.useQuery('get', '/api/seals', { params: { query: { live: true } } }, { enabled: may(roles, 'seeSeals') });
  const placed = (seals.data?.items ?? []).filter((seal) => seal.patient === patient.id);
  const listed = patient.tie?.kind === 'listed';
  if (placed.length === 0 && !listed) return null;
  return (
    <div className={styles.seals}>
      {placed.map(({ id, kind }) => (
        <SealBanner key={id} kind={kind}>
          <Link to={`/seals/${id}`}>{t('lookersLabel')}</Link>
        </SealBanner>
      ))}
      {placed.length === 0 && <SealBanner kind="attention">{t('banner.listed')}</SealBanner>}
    </div>
  );
}
