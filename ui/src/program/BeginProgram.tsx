import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import styles from './Authorize.module.css';

/** The programs that can be begun with the patient who is open; nothing where there are none. */
export default function BeginProgram({ patient, encounter }: { patient: string; encounter: string | undefined }) {
  const { t } = useTranslation('program');
  const text = useText();
  const fault = useFault();
  const programs = queries.useQuery('get', '/api/apps');
  const begin = queries.useMutation('post', '/api/apps/begin', { onSuccess: ({ address }) => void window.open(address, '_blank', 'noopener') });
  if (!programs.data?.items.length) return null;
  return (
    <section className={styles.begin} aria-label={t('begin.title')}>
      <h3>{t('begin.title')}</h3>
      <p className={styles.bounds}>{t('begin.lead')}</p>
      {begin.error && <Notice tone="error">{fault(begin.error)}</Notice>}
      <div className={styles.buttons}>
        {programs.data.items.map(({ id, name, vendor }) => (
          <Button
            key={id}
            title={vendor}
            loading={begin.isPending && begin.variables.body.source === id}
            onClick={() => begin.mutate({ body: { source: id, patient, house: window.location.origin, ...(encounter && { encounter }) } })}
          >
            {text(name)}
          </Button>
        ))}
      </div>
    </section>
  );
}
