import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import type { Names } from '@/privilege/privilege';
import { usePerson } from '@/privilege/use-person';
import { verdictTones, type Question } from './accesslog';
import { ReportedMark } from './ReportedMark';
import styles from './Accesslog.module.css';

interface QuestionsPageProps {
  page: TablePage<Question>;
  names: Names | undefined;
  called: Record<string, string> | undefined;
  onAnswer: (question: Question, way: 'explain' | 'raise') => void;
}

const states: Question['state'][] = ['open', 'explained', 'raised'];
const tones = { open: 'warning', explained: 'success', raised: 'error' } as const;

/** What heads of departments are asked about: a person, a patient and a day each. */
export function QuestionsPage({ page, names, called, onAnswer }: QuestionsPageProps) {
  const { t } = useTranslation('accesslog');
  const person = usePerson(names);
  const columns: Column<Question>[] = [
    { key: 'day', title: t('column.day'), width: '120px', fixed: true, render: ({ day }) => <When at={day} as="day" /> },
    { key: 'source', title: t('column.source'), width: '150px', render: ({ source }) => <ReportedMark source={source} /> },
    { key: 'person', title: t('column.person'), fixed: true, render: (one) => person(one.person) },
    { key: 'patient', title: t('column.patient'), width: '120px', fixed: true, render: ({ patient }) => (patient ? <Link to={`/patients/${patient}`}>{called?.[patient] ?? '…'}</Link> : '–') },
    { key: 'verdict', title: t('column.verdict'), width: '130px', render: ({ verdict }) => <Pill tone={verdictTones[verdict]}>{t(`verdict.${verdict}`)}</Pill> },
    { key: 'lines', title: t('column.lines'), width: '80px', align: 'end', render: ({ lines }) => lines },
    { key: 'asked', title: t('column.asked'), width: '150px', hidden: true, render: ({ asked }) => <When at={asked} /> },
    { key: 'state', title: t('column.state'), width: '100px', fixed: true, render: ({ state }) => <Pill tone={tones[state]}>{t(`state.${state}`)}</Pill> },
    {
      key: 'answer',
      title: t('column.answer'),
      width: '180px',
      fixed: true,
      render: (one) =>
        one.state !== 'open' ? (
          `${person(one.by)}：${one.words ?? ''}`
        ) : one.mine ? (
          <span className={styles.buttons}>
            <Button size="small" onClick={() => onAnswer(one, 'explain')}>
              {t('questions.explain')}
            </Button>
            <Button size="small" danger onClick={() => onAnswer(one, 'raise')}>
              {t('questions.raise')}
            </Button>
          </span>
        ) : (
          t('questions.waits')
        ),
    },
  ];
  return (
    <Page fixed>
      <PageHead title={t('questions.title')} lead={t('questions.lead')} />
      <DataTable
        name="reported-questions"
        label={t('questions.title')}
        columns={columns}
        filters={[{ kind: 'choice', key: 'state', label: t('column.state'), options: states.map((value) => ({ value, label: t(`state.${value}`) })) }]}
        page={page}
        rowKey={({ id }) => id}
        empty={{ title: t('questions.none'), hint: t('questions.noneHint') }}
      />
    </Page>
  );
}
