import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TablePage } from '@/kit/table/DataTable';
import type { People } from '@/staff/person';
import { Lines } from './Lines';
import styles from './Readers.module.css';
import type { Line, Names } from './Sentence';

interface ReadersProps {
  /** What other systems reported, apart from what is proven here. */
  reported?: ReactNode;
  page: TablePage<Line>;
  people: People;
  names?: Names;
}

/** Who did what with one patient's records. Looking here is itself in the ledger. */
export function Readers({ page, people, names, reported }: ReadersProps) {
  const { t } = useTranslation('ledger');
  return (
    <div className={styles.readers}>
      <p>{t('readers.lead')}</p>
      <Lines page={page} people={people} {...(names && { names })} />
      {reported}
    </div>
  );
}
