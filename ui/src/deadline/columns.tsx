import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText, type Text } from '@/language/text';
import type { Names } from '@/privilege/privilege';
import { usePerson } from '@/privilege/use-person';
import type { Due } from './deadline';
import { Standing, Times } from './Standing';

interface Known {
  names: Names | undefined;
  departments: Record<string, Text> | undefined;
  /** Offered where a reason is still to be given. */
  onExplain?: ((due: Due) => void) | undefined;
}

/** The columns of a list of limits. */
export function useDueColumns({ names, departments, onExplain }: Known): Column<Due>[] {
  const { t } = useTranslation('deadline');
  const text = useText();
  const person = usePerson(names);
  return [
    { key: 'name', title: t('column.document'), fixed: true, render: ({ nameZh, nameEn, document }) => (document ? <Link to={`/documents/${document}`}>{text({ zh: nameZh, en: nameEn })}</Link> : text({ zh: nameZh, en: nameEn })) },
    { key: 'patient', title: t('column.patient'), width: '90px', fixed: true, render: ({ encounter, called }) => <Link to={`/deadlines/encounters/${encounter}`}>{called ?? t('unnamed')}</Link> },
    { key: 'standing', title: t('column.standing'), width: '150px', fixed: true, render: (due) => <Standing due={due} /> },
    { key: 'due', title: t('column.due'), width: '140px', render: ({ dueAt }) => <When at={dueAt} /> },
    { key: 'event', title: t('column.event'), width: '175px', render: ({ event, eventAt }) => <>{t(`event.${event}`)} <When at={eventAt} /></> },
    { key: 'entered', title: t('column.entered'), width: '130px', render: (due) => <Times due={due} /> },
    { key: 'person', title: t('column.person'), width: '90px', render: (due) => person(due.person) || t('nobody') },
    { key: 'department', title: t('column.department'), width: '100px', hidden: true, render: ({ department }) => text(departments?.[department]) },
    {
      key: 'reason',
      title: t('column.reason'),
      width: '150px',
      render: (due) =>
        due.wantsReason && onExplain ? (
          <Button size="small" onClick={() => onExplain(due)}>
            {t('explain.do')}
          </Button>
        ) : due.wantsReason ? (
          <Pill tone="warning">{t('unexplained')}</Pill>
        ) : (
          due.reasons.map(({ choice, at }) => <div key={at}>{t(`choice.${choice as 'other'}`)}</div>)
        ),
    },
  ];
}
