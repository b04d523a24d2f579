import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { PatientPicker } from '@/access/PatientPicker';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { Waiting } from '@/app/Waiting';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { Feeds } from './Feeds';
import { worstOf, type Conflict, type Course } from './order';
import styles from './Order.module.css';
import { OrderFrame } from './OrderFrame';
import { StateOf } from './StateOf';
import { useTold } from './use-told';

/** The orders of one patient that are under way. Whose, stands in the address. */
export function Component() {
  const { t } = useTranslation('order');
  const [params, setParams] = useSearchParams();
  const patient = params.get('patient') ?? undefined;
  return (
    <OrderFrame tab="patient" actions={patient && <Link to={`/patients/${patient}`}>{t('patient.open')}</Link>}>
      <div className={styles.picker}>
        <PatientPicker label={t('patient.find')} value={patient} onChange={(chosen) => setParams(chosen ? { patient: chosen } : {}, { replace: true })} />
      </div>
      {patient ? <OfPatient key={patient} patient={patient} /> : <p className={styles.hint}>{t('patient.hint')}</p>}
    </OrderFrame>
  );
}

function OfPatient({ patient }: { patient: string }) {
  const orders = queries.useQuery('get', '/api/patients/{id}/orders-under-way', { params: { path: { id: patient } } }, { retry: false });
  const failure = failureOf(orders);
  if (failure) return <NotOpened error={failure} onRetry={() => void orders.refetch()} />;
  if (!orders.data) return <Waiting />;
  return <Shown patient={patient} orders={orders.data} onTold={() => void orders.refetch()} />;
}

interface ShownProps {
  patient: string;
  orders: { courses: Course[]; conflicts: Conflict[]; feeds: Parameters<typeof Feeds>[0]['feeds']; names: NonNullable<Parameters<typeof usePerson>[0]> };
  onTold: () => void;
}

function Shown({ patient, orders, onTold }: ShownProps) {
  const { t } = useTranslation('order');
  const text = useText();
  const person = usePerson(orders.names);
  useTold(patient, onTold);
  const against = (course: Course) => orders.conflicts.filter(({ course: of, state }) => of === course.id && state === 'open');
  const columns: Column<Course>[] = [
    { key: 'name', title: t('column.order'), render: (course) => (
      <>
        <strong>{course.name}</strong> {[course.dose, course.route, course.frequency].filter(Boolean).join(' · ')}
        {against(course).map((one) => (
          <p key={one.id} className={styles.against}>
            <Link to={`/orders?conflict=${one.id}`}>{text(one.say)}</Link>
          </p>
        ))}
      </>
    ) },
    { key: 'state', title: t('column.state'), width: '100px', render: ({ state }) => <StateOf state={state} /> },
    { key: 'step', title: t('column.step'), width: '170px', render: ({ steps: [last] }) => (last ? <>{t(`step.${last.kind}`)} <When at={last.at} as="ago" /></> : '–') },
    { key: 'stock', title: t('column.stock'), width: '120px', render: ({ stock }) => {
      const worst = worstOf(stock);
      return worst ? <span title={stock.map(({ place, state }) => `${place}: ${t(`state.${state}`)}`).join('\n')}><StateOf state={worst} /></span> : '–';
    } },
    { key: 'prescriber', title: t('column.prescriber'), width: '110px', render: ({ prescriber }) => person(prescriber) || '–' },
    { key: 'age', title: t('column.age'), width: '120px', render: ({ said }) => <When at={said} as="ago" /> },
  ];
  return (
    <>
      <Feeds feeds={orders.feeds} />
      <Panel title={t('patient.title')} flush>
        <PlainTable label={t('patient.title')} columns={columns} rows={orders.courses} rowKey={({ id }) => id} empty={t('patient.none')} />
      </Panel>
    </>
  );
}
