import { CheckCircleFilled, WarningFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { formatMinute, type Instant } from '@/language/time';
import { Code } from './Code';
import type { Fact } from './Facts';
import styles from './Paper.module.css';

export interface PaperSection {
  key: string;
  title: string;
  text: string;
}

export interface PaperSignature {
  name: string;
  /** In what capacity, in the reader's language. */
  role: string;
  at: Instant;
  /** It was verified over exactly this version. */
  valid: boolean;
  digest?: string;
}

export interface PaperProps {
  organisation: string;
  title: string;
  /** The line under the title: name, sex, age, department, bed, record number. */
  facts: Fact[];
  sections: PaperSection[];
  signatures: PaperSignature[];
  version: number;
}

/** A document set like paper. */
export function Paper({ organisation, title, facts, sections, signatures, version }: PaperProps) {
  const { t } = useTranslation('kit');
  return (
    <article className={styles.paper} aria-label={title} lang="zh-CN">
      <p className={styles.organisation}>{organisation}</p>
      <h2 className={styles.title}>{title}</h2>
      <dl className={styles.facts}>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {sections.map((section) => (
        <section key={section.key} className={styles.section}>
          <h3>{section.title}</h3>
          {section.text
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line, index) => (
              <p key={index}>{line}</p>
            ))}
        </section>
      ))}
      <footer className={styles.foot}>
        <span>{t('paper.version', { version })}</span>
        <ul>
          {signatures.map((signature) => (
            <SignatureLine key={signature.name + signature.role} signature={signature} />
          ))}
        </ul>
      </footer>
    </article>
  );
}

function SignatureLine({ signature: { name, role, at, valid, digest } }: { signature: PaperSignature }) {
  const { t } = useTranslation('kit');
  return (
    <li className={styles.signature}>
      <span className={styles.role}>{role}</span>
      <span className={styles.name}>{name}</span>
      <time dateTime={at}>{formatMinute(at)}</time>
      <span className={valid ? styles.valid : styles.invalid}>
        {valid ? <CheckCircleFilled /> : <WarningFilled />} {t(valid ? 'paper.valid' : 'paper.invalid')}
      </span>
      {digest && <Code value={digest} ends={4} />}
    </li>
  );
}
