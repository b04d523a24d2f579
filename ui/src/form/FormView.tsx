import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '@/kit/classes';
import type { Form } from '@/kit/form/check';
import type { Field, Finding, Section, Verdict } from '@/kit/form/definition';
import { given } from '@/kit/form/value';
import { useText } from '@/language/text';
import { FieldItem } from './FieldItem';
import { answered, answersAt, type Filled, pathOf, type Place, reasoned, rowAdded, rowRemoved, rowsOf } from './filled';
import styles from './Form.module.css';

interface FormViewProps {
  form: Form;
  filled: Filled;
  facts?: Record<string, unknown>;
  /** Shows what is missing in fields nobody has been at yet. */
  insist?: boolean;
  onChange: (filled: Filled) => void;
}

/** Sections at the left with how much of them is done, the questions in the middle. */
export function FormView({ form, filled, facts, insist = false, onChange }: FormViewProps) {
  const { t } = useTranslation('form');
  const say = useText();
  const frame = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const verdict = useMemo(() => form.check({ ...filled, ...(facts && { facts }) }), [form, filled, facts]);
  const asked = useMemo(() => new Set(verdict.asked), [verdict]);
  const sections = form.definition.sections.filter((section) => isAsked(section, verdict) || section.repeat);
  const open = openFindings(verdict);

  const item = (field: Field, place: Place) => {
    const path = pathOf(place, field.key);
    if (!asked.has(path)) return null;
    const answer = field.computed ? answersAt(verdict.answers, place)[field.key] : answersAt(filled.answers, place)[field.key];
    return (
      <FieldItem
        key={path}
        field={field}
        path={path}
        answer={answer}
        findings={insist || left.has(path) ? verdict.findings.filter((finding) => finding.path === path) : []}
        saysOf={(rule) => form.definition.rules?.find((one) => one.key === rule)?.says}
        reason={filled.reasons[path]}
        known={field.prefill && facts?.[field.prefill]}
        onAnswer={(next) => onChange(answered(filled, place, field.key, next))}
        onReason={(next) => onChange(reasoned(filled, path, next))}
        onLeave={() => setLeft((before) => new Set(before).add(path))}
      />
    );
  };

  return (
    <div className={styles.form} ref={frame}>
      <nav className={styles.nav} aria-label={t('sections')}>
        <ol>
          {sections.map((section) => (
            <li key={section.key}>
              <a href={`#form-${section.key}`}>
                <span>{say(section.title)}</span>
                <Completion section={section} verdict={verdict} />
              </a>
            </li>
          ))}
        </ol>
        <p className={styles.meter}>
          <meter min={0} max={Math.max(verdict.needed, 1)} value={verdict.needed ? verdict.given : 1} aria-label={t('completion')} />
          {t('done', { given: verdict.given, needed: verdict.needed })}
        </p>
        {insist && open.length > 0 && (
          <Button size="small" onClick={() => goTo(frame.current, open[0])}>
            {t('nextOpen', { count: open.length })}
          </Button>
        )}
      </nav>
      <div className={styles.sections}>
        {sections.map((section) => (
          <section key={section.key} id={`form-${section.key}`} aria-label={say(section.title)}>
            <h2 className={styles.title}>{say(section.title)}</h2>
            {section.help && <p className={styles.help}>{say(section.help)}</p>}
            {!section.repeat && section.fields.map((field) => item(field, {}))}
            {section.repeat && (
              <>
                {rowsOf(filled.answers, section.key).map((_, row) => (
                  <fieldset key={row} className={styles.row} aria-label={t('row', { section: say(section.title), n: row + 1 })}>
                    {section.fields.map((field) => item(field, { section: section.key, row }))}
                    <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('removeRow', { n: row + 1 })} onClick={() => onChange(rowRemoved(filled, section.key, row))} />
                  </fieldset>
                ))}
                <SectionFindings findings={verdict.findings.filter((finding) => insist && finding.path === section.key)} section={section} />
                <Button icon={<PlusOutlined />} disabled={rowsOf(filled.answers, section.key).length >= section.repeat.most} onClick={() => onChange(rowAdded(filled, section.key))}>
                  {t('addRow')}
                </Button>
              </>
            )}
          </section>
        ))}
        <Whole findings={verdict.findings.filter((finding) => finding.path === '' || !asked.has(finding.path))} form={form} />
      </div>
    </div>
  );
}

const isAsked = (section: Section, verdict: Verdict) => section.fields.some((field) => verdict.asked.includes(field.key));

/** Paths that keep the document from being signed, in the order of the form. */
const openFindings = (verdict: Verdict): string[] => [...new Set(verdict.findings.filter((finding) => finding.level === 'block').map((finding) => finding.path))];

function goTo(frame: HTMLElement | null, path: string | undefined) {
  const item = frame?.querySelector<HTMLElement>(`[data-path="${path ?? ''}"]`);
  item?.scrollIntoView({ block: 'center' });
  item?.querySelector<HTMLElement>('input, textarea, button')?.focus();
}

function Completion({ section, verdict }: { section: Section; verdict: Verdict }) {
  const { t } = useTranslation('form');
  const within = (path: string) => path === section.key || path.startsWith(`${section.key}[`) || (!section.repeat && section.fields.some((field) => field.key === path));
  const open = new Set(verdict.findings.filter((finding) => finding.level === 'block' && within(finding.path)).map((finding) => finding.path)).size;
  const begun = section.fields.some((field) => given(verdict.answers[field.key])) || given(verdict.answers[section.key]);
  if (open > 0) return <span className={styles.open}>{t('open', { count: open })}</span>;
  return <span className={styles.complete}>{begun ? t('complete') : t('empty')}</span>;
}

function SectionFindings({ findings, section }: { findings: Finding[]; section: Section }) {
  const { t } = useTranslation('form');
  return findings.map(
    ({ code }) =>
      code !== 'rule' && (
        <p key={code} className={classes(styles.findings, styles.blocks)} role="alert">
          {t(`found.${code}`, { least: section.repeat?.least ?? 0, most: section.repeat?.most ?? 0 })}
        </p>
      ),
  );
}

/** What a rule says of the form as a whole, or of a question that is not asked. */
function Whole({ findings, form }: { findings: Finding[]; form: Form }) {
  const say = useText();
  const said = findings.flatMap((finding) => form.definition.rules?.filter((rule) => rule.key === finding.rule).map((rule) => ({ ...finding, says: rule.says })) ?? []);
  if (said.length === 0) return null;
  return (
    <ul className={styles.findings}>
      {said.map((finding, i) => (
        <li key={i} className={classes(finding.level === 'block' ? styles.blocks : styles.warns)}>
          {say(finding.says)}
        </li>
      ))}
    </ul>
  );
}
