import { useTranslation } from 'react-i18next';
import type { TablePage } from '@/kit/table/DataTable';
import type { People } from '@/staff/person';
import { Lines } from './Lines';
import styles from './Readers.module.css';
import type { Line, Names } from './Sentence';

interface ReadersProps {
  page: TablePage<Line>;
  people: People;
  names?: Names;
}

/** Who did what with one patient's records. Looking here is itself in the ledger. */
export function Readers({ page, people, names }: ReadersProps) {
  const { t } = useTranslation('ledger');
  return (
    <div className={styles.readers}>
      <p>{t('readers.lead')}</p>
      <Lines page={page} people={people} {...(names && { names })} />
    </div>
  );
}
