import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText, type Text } from '@/language/text';
import type { Departments } from './departments';
import { EndStay, StayPill } from './StaysPage';
import type { Stay, StayKind } from './stay';
import styles from './UndertakingsPage.module.css';

export interface PersonPageProps {
  person: Schemas['StaffPerson'];
  departments: Departments;
  people: Record<string, Text>;
  /** Absent where the reader may not see them. */
  stays?: { rows: Stay[] | undefined; mayEnd: (stay: Stay) => boolean; onEnd: (stay: Stay) => void; onMove?: ((stay: Stay) => void) | undefined; actions?: ReactNode } | undefined;
  actions?: ReactNode;
  /** Licences, undertakings and the exit list, as far as the reader may see them. */
  children?: ReactNode;
}

/** Everything about one member of staff: posts, stays, licences, promises and what is to be taken back. */
export function PersonPage({ person, departments, people, stays, actions, children }: PersonPageProps) {
  const term = useTerm();
  const text = useText();
  return (
    <Page>
      <PageHead
        title={text(person.name)}
        lead={
          <>
            <Code value={person.number} copyable /> · {term('category', person.category)}
            {person.phone && ` · ${person.phone}`}
          </>
        }
        actions={actions}
      />
      <div className={styles.parts}>
        <Posts posts={person.appointments ?? []} departments={departments} />
        {stays && <Stays {...stays} departments={departments} people={people} />}
        {children}
      </div>
    </Page>
  );
}

function Posts({ posts, departments }: { posts: Schemas['StaffAppointment'][]; departments: Departments }) {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const text = useText();
  const columns: Column<Schemas['StaffAppointment']>[] = [
    { key: 'department', title: t('filter.department'), render: ({ department }) => text(departments[department]) },
    { key: 'role', title: t('filter.role'), render: ({ role }) => term('role', role) },
    { key: 'since', title: t('stays.since'), width: '130px', render: ({ since }) => <When at={since} as="day" /> },
    { key: 'until', title: t('stays.until'), width: '130px', render: ({ until }) => <When at={until} as="day" /> },
    { key: 'state', title: t('stays.left'), width: '190px', render: ({ live, since, until }) => (live ? <Clock deadline={until} start={since} /> : <Pill>{t('over')}</Pill>) },
  ];
  return (
    <Panel title={t('appointments')} flush>
      <PlainTable label={t('appointments')} columns={columns} rows={posts} rowKey={({ id }) => id} empty={t('noPost')} />
    </Panel>
  );
}

function Stays({ rows, mayEnd, onEnd, onMove, actions, departments, people }: NonNullable<PersonPageProps['stays']> & Pick<PersonPageProps, 'departments' | 'people'>) {
  const { t } = useTranslation('staff');
  const text = useText();
  const columns: Column<Stay>[] = [
    { key: 'kind', title: t('stays.kind'), render: ({ kind }) => t(`stays.kinds.${kind as StayKind}`) },
    { key: 'department', title: t('filter.department'), render: ({ department }) => text(departments[department]) },
    { key: 'sponsor', title: t('stays.sponsor'), width: '120px', render: ({ sponsor }) => text(people[sponsor ?? '']) || '–' },
    { key: 'since', title: t('stays.since'), width: '120px', render: ({ since }) => <When at={since} as="day" /> },
    { key: 'until', title: t('stays.until'), width: '120px', render: ({ until }) => <When at={until} as="day" /> },
    { key: 'state', title: t('stays.left'), width: '180px', render: (stay) => (stay.live ? <Clock deadline={stay.until} start={stay.since} /> : <StayPill stay={stay} />) },
    {
      key: 'do',
      title: t('stays.do'),
      width: '190px',
      align: 'end',
      render: (stay) => (
        <span className={styles.buttons}>
          {stay.live && onMove && (
            <Button size="small" onClick={() => onMove(stay)}>
              {t('stays.move')}
            </Button>
          )}
          {stay.live && mayEnd(stay) && <EndStay stay={stay} onEnd={onEnd} />}
        </span>
      ),
    },
  ];
  return (
    <Panel title={t('stays.title')} extra={actions} flush>
      <PlainTable label={t('stays.title')} columns={columns} rows={rows} rowKey={({ id }) => id} empty={t('stays.noneOf')} />
    </Panel>
  );
}
