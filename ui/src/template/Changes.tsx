import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import type { Tone } from '@/kit/tone';
import type { Change } from './template';
import styles from './Template.module.css';

const tones: Record<Change['kind'], Tone> = { added: 'success', removed: 'error', changed: 'warning', moved: 'info' };

/** In what the version differs from the one released before it, part by part. */
export default function Changes({ base, changes }: { base: number; changes: Change[] }) {
  const { t } = useTranslation('template');
  return (
    <div className={styles.list}>
      <p className={styles.hint}>{t('changes.lead', { base, count: changes.length })}</p>
      {changes.map((change) => (
        <article key={change.kind + change.path} className={styles.sample}>
          <header>
            <code>{change.path}</code>
            <Pill tone={tones[change.kind]}>{t(`change.${change.kind}`)}</Pill>
          </header>
          {(change.what ?? []).length > 0 && <p className={styles.hint}>{(change.what ?? []).join(' · ')}</p>}
          {change.was && (
            <pre className={styles.was}>
              <del>{pretty(change.was)}</del>
            </pre>
          )}
          {change.is && (
            <pre className={styles.is}>
              <ins>{pretty(change.is)}</ins>
            </pre>
          )}
        </article>
      ))}
    </div>
  );
}

const pretty = (json: string): string => JSON.stringify(JSON.parse(json), null, 1);
