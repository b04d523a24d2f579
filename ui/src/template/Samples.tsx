import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Finding } from '@/kit/form/definition';
import { Pill } from '@/kit/Pill';
import { type Content, findingText, type Report, type Sample } from './template';
import styles from './Template.module.css';

interface SamplesProps {
  content: Content;
  report: Report | undefined;
  readOnly: boolean;
  onChange: (content: Content) => void;
  /** Makes a sample of what the preview holds. */
  onTake: () => void;
  /** Puts a sample into the preview. */
  onShow: (sample: Sample) => void;
}

/** Answers with the verdict that the form must give of them, and the one that it gives. */
export default function Samples({ content, report, readOnly, onChange, onTake, onShow }: SamplesProps) {
  const { t } = useTranslation('template');
  const { samples } = content;
  const put = (at: number, to: Partial<Sample>) => onChange({ ...content, samples: samples.map((sample, i) => (i === at ? { ...sample, ...to } : sample)) });
  return (
    <div className={styles.list}>
      <p className={styles.hint}>{t('samples.lead')}</p>
      {samples.map((sample, i) => {
        const outcome = report?.outcomes.find(({ name }, at) => at === i && name === sample.name);
        const found = (outcome?.findings ?? []) as Finding[];
        return (
          // Two samples may be called the same while they are written.
          <article key={i} className={styles.sample}>
            <header>
              <Input aria-label={t('samples.name')} value={sample.name} maxLength={80} readOnly={readOnly} onChange={(event) => put(i, { name: event.target.value })} />
              {outcome ? <Pill tone={outcome.agrees ? 'success' : 'error'}>{t(outcome.agrees ? 'samples.agrees' : 'samples.differs')}</Pill> : <Pill>{t(report ? 'samples.unread' : 'samples.waits')}</Pill>}
            </header>
            <Findings label={t('samples.expected')} findings={sample.expected} />
            {outcome && !outcome.agrees && <Findings label={t('samples.found')} findings={found} />}
            <footer>
              <Button size="small" onClick={() => onShow(sample)}>
                {t('samples.show')}
              </Button>
              {!readOnly && outcome && !outcome.agrees && (
                <Button size="small" onClick={() => put(i, { expected: found })}>
                  {t('samples.accept')}
                </Button>
              )}
              {!readOnly && <Button size="small" icon={<DeleteOutlined />} aria-label={t('samples.remove', { name: sample.name })} onClick={() => onChange({ ...content, samples: samples.filter((_, at) => at !== i) })} />}
            </footer>
          </article>
        );
      })}
      {!readOnly && (
        <Button icon={<PlusOutlined />} onClick={onTake}>
          {t('samples.take')}
        </Button>
      )}
    </div>
  );
}

function Findings({ label, findings }: { label: string; findings: Finding[] }) {
  const { t } = useTranslation('template');
  return (
    <div className={styles.findings}>
      <span>{label}</span>
      {findings.length === 0 ? <em>{t('samples.passes')}</em> : findings.map((finding) => <code key={findingText(finding)}>{findingText({ ...finding, level: t(`level.${finding.level}`) })}</code>)}
    </div>
  );
}
