import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Code } from '@/kit/Code';
import { Facts, type Fact } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { kinds } from '@/record/kinds';
import { FileDrop } from './FileDrop';
import { OutsideFrame } from './OutsideFrame';
import type { Verified } from './output';
import { Verdict } from './Verdict';
import styles from './VerifyPage.module.css';

export interface VerifyPageProps {
  code: string;
  onVerify: (code: string) => void;
  busy: boolean;
  /** What the house says of the code; undefined until it was asked. */
  found?: Verified | 'unknown' | undefined;
  error?: string | undefined;
  /** What a file that was shown came to. */
  compared?: Verified['file'] | undefined;
  comparing: boolean;
  compareError?: string | undefined;
  onCompare: (file: File) => void;
}

/** Lets whoever holds a copy see whether this house made it, without signing in. */
export function VerifyPage(props: VerifyPageProps) {
  const { code, onVerify, busy, found, error } = props;
  const { t } = useTranslation('output');
  const [typed, setTyped] = useState(code);
  return (
    <OutsideFrame title={t('verify.title')} lead={t('verify.lead')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) onVerify(typed.trim());
        }}
      >
        <label htmlFor="verify-code">{t('verify.code')}</label>
        <Input id="verify-code" className={styles.code} size="large" autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={60} value={typed} placeholder="HHFG-W2MN-QPFE-XPAN-G8" onChange={(event) => setTyped(event.target.value)} />
        <Button type="primary" size="large" htmlType="submit" loading={busy}>
          {t('verify.submit')}
        </Button>
      </form>
      <div aria-live="polite" className={styles.answer}>
        {error && <Notice tone="error">{error}</Notice>}
        {found === 'unknown' && <Unknown code={code} />}
        {found && found !== 'unknown' && <Found {...props} found={found} />}
      </div>
      {!found && !error && <How />}
      <a href="/verify/package">{t('verify.package')}</a>
    </OutsideFrame>
  );
}

function Unknown({ code }: { code: string }) {
  const { t } = useTranslation('output');
  return (
    <Verdict tone="error" title={t('verify.unknown')}>
      {t('verify.unknownNote', { code })}
    </Verdict>
  );
}

function Found({ found, ...props }: Omit<VerifyPageProps, 'found'> & { found: Verified }) {
  const { t } = useTranslation('output');
  const text = useText();
  const verdict = found.recalled ? 'recalled' : found.left ? 'genuine' : 'never';
  const facts: (Fact | false)[] = [
    { label: t('serial'), value: <Code value={found.serial} /> },
    { label: t('verify.what'), value: t(`verify.kinds.${found.kind}`) },
    { label: t('verify.at'), value: <When at={found.at} /> },
    found.kind === 'print' && { label: t('print.copies'), value: found.copies },
    found.kind === 'export' && { label: t('exports.lines'), value: found.lines.toLocaleString('en') },
    found.kind === 'copy' && { label: t('verify.characters'), value: found.lines.toLocaleString('en') },
    { label: t('verify.digest'), value: <Code value={found.digest} copyable /> },
  ];
  return (
    <>
      <Verdict tone={verdict === 'genuine' ? 'success' : 'warning'} title={t(`verify.${verdict}`)}>
        {t(`verify.${verdict}Note`)}
      </Verdict>
      <Panel title={t('verify.covers')}>
        <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
      </Panel>
      {(found.documents ?? []).length > 0 && (
        <Panel flush title={t('verify.documents')}>
          <PlainTable
            label={t('verify.documents')}
            rows={found.documents ?? []}
            rowKey={({ document, version }) => `${document}/${version}`}
            empty="–"
            columns={[
              { key: 'kind', title: t('verify.document'), render: ({ kind }) => text(kinds[kind]) || kind },
              { key: 'version', title: t('verify.version'), width: '90px', align: 'end', render: ({ version }) => version },
            ]}
          />
        </Panel>
      )}
      {verdict === 'genuine' && <Compare {...props} />}
    </>
  );
}

function Compare({ compared, comparing, compareError, onCompare }: Pick<VerifyPageProps, 'compared' | 'comparing' | 'compareError' | 'onCompare'>) {
  const { t } = useTranslation('output');
  return (
    <Panel title={t('verify.compare')}>
      <div className={styles.compare}>
        <FileDrop busy={comparing} onFile={onCompare} />
        <div aria-live="polite">
          {compareError && <Notice tone="error">{compareError}</Notice>}
          {compared === 'same' && <Notice tone="success" title={t('verify.same')}>{t('verify.sameNote')}</Notice>}
          {compared === 'differs' && <Notice tone="error" title={t('verify.differs')}>{t('verify.differsNote')}</Notice>}
        </div>
      </div>
    </Panel>
  );
}

function How() {
  const { t } = useTranslation('output');
  return (
    <section className={styles.how} aria-label={t('verify.how')}>
      <h2>{t('verify.how')}</h2>
      <ol>
        {(['find', 'type', 'compare'] as const).map((step) => (
          <li key={step}>{t(`verify.steps.${step}`)}</li>
        ))}
      </ol>
      <p>{t('verify.privacy')}</p>
    </section>
  );
}
