import { ConfigProvider, Tabs } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nothingFilled, type Filled } from '@/form/filled';
import { classes } from '@/kit/classes';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { FieldPanel } from './FieldPanel';
import { FormPanel } from './FormPanel';
import { Outline } from './Outline';
import type { Facts } from './Preview';
import { Problems } from './Problems';
import { RulePanel } from './RulePanel';
import { SectionPanel } from './SectionPanel';
import { type Change, type Content, type Defect, freshKey, type Place, placeOf, type Report, type Sample, whole } from './template';
import styles from './Template.module.css';

const Preview = lazy(() => import('./Preview'));
const Samples = lazy(() => import('./Samples'));
const Changes = lazy(() => import('./Changes'));

interface DesignerProps {
  content: Content;
  report: Report | undefined;
  /** Whether the report is of the content as it stands. */
  fresh: boolean;
  readOnly: boolean;
  base: number | undefined;
  changes: Change[];
  /** What the preview finds in answers as they stand, to make a sample of them. */
  judge: (content: Content, filled: Filled, facts: Facts) => Sample['expected'];
  onChange: (content: Content) => void;
}

/** Parts and fields at the left, what is said of one in the middle, the form as it will be at the right. */
export function Designer({ content, report, fresh, readOnly, base, changes, judge, onChange }: DesignerProps) {
  const { t } = useTranslation('template');
  const [at, setAt] = useState<Place>(whole);
  const [shown, setShown] = useState('preview');
  const [filled, setFilled] = useState<Filled>(nothingFilled);
  const [facts, setFacts] = useState<Facts>({});
  const defects = report?.defects ?? [];
  const put = (next: Content, place?: Place) => {
    onChange(next);
    if (place) setAt(place);
  };
  const take = () => {
    const name = freshKey(content.samples.map((sample) => sample.name), t('samples.one'));
    const sample = { name, answers: filled.answers, facts, reasons: filled.reasons, expected: judge(content, filled, facts) };
    onChange({ ...content, samples: [...content.samples, sample] });
  };
  const show = (sample: Sample) => {
    setFilled({ answers: sample.answers, reasons: sample.reasons ?? {} });
    setFacts(sample.facts ?? {});
    setShown('preview');
  };
  const amiss = report?.outcomes.filter(({ agrees }) => !agrees).length ?? 0;
  const tabs: { key: string; label: string; children: ReactNode }[] = [
    { key: 'preview', label: t('tab.preview'), children: <Preview definition={content.definition} filled={filled} facts={facts} onFilled={setFilled} onFacts={setFacts} /> },
    {
      key: 'samples',
      label: t('tab.samples', { n: content.samples.length }) + (amiss ? ` · ${t('tab.amiss', { n: amiss })}` : ''),
      children: <Samples content={content} report={fresh ? report : undefined} readOnly={readOnly} onChange={onChange} onTake={take} onShow={show} />,
    },
    { key: 'problems', label: t('tab.problems', { n: defects.length }), children: <Problems defects={defects} onGo={(path) => setAt(placeOf(path, content))} /> },
    ...(base ? [{ key: 'changes', label: t('tab.changes', { n: changes.length }), children: <Changes base={base} changes={changes} /> }] : []),
  ];
  return (
    <div className={styles.designer}>
      <Outline content={content} at={at} defects={defects} readOnly={readOnly} onGo={setAt} onChange={put} />
      <ConfigProvider componentDisabled={readOnly}>
        <Panel title={t('properties')} scrolls={readOnly} className={classes(styles.properties, readOnly && styles.readOnly)}>
          <Properties content={content} at={at} defects={defects} onChange={put} />
        </Panel>
      </ConfigProvider>
      <div className={styles.side}>
        <Tabs activeKey={shown} onChange={setShown} items={tabs.map(({ children, ...tab }) => ({ ...tab, children: <Suspense fallback={null}>{children}</Suspense> }))} />
      </div>
    </div>
  );
}

interface PropertiesProps {
  content: Content;
  at: Place;
  defects: Defect[];
  onChange: (content: Content, place?: Place) => void;
}

function Properties({ content, at, defects, onChange }: PropertiesProps) {
  const { t } = useTranslation('template');
  const gone = <Notice>{t('gone')}</Notice>;
  switch (at.what) {
    case 'form':
      return <FormPanel content={content} defects={defects} onChange={onChange} />;
    case 'section': {
      const section = content.definition.sections.find(({ key }) => key === at.section);
      return section ? <SectionPanel key={at.section} content={content} place={at} section={section} defects={defects} onChange={onChange} /> : gone;
    }
    case 'field': {
      const field = content.definition.sections.find(({ key }) => key === at.section)?.fields.find(({ key }) => key === at.field);
      return field ? <FieldPanel key={at.field} content={content} place={at} field={field} defects={defects} onChange={onChange} /> : gone;
    }
    case 'rule': {
      const rule = content.definition.rules?.find(({ key }) => key === at.rule);
      return rule ? <RulePanel key={at.rule} content={content} place={at} rule={rule} defects={defects} onChange={onChange} /> : gone;
    }
  }
}
