import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useKnownPatient, useLiveReasons } from '@/access/live-reasons';
import { queries, type Schemas } from '@/api/client';
import { menuFor, opens } from '@/app/menu';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import { taskPath } from '@/duty/task';
import { TimeLeft } from '@/duty/TimeLeft';
import { useWaits } from '@/duty/use-waits';
import { useHolder } from '@/duty/use-holder';
import { draftPath } from '@/record/draft-path';
import { useDepartments } from '@/staff/use-departments';
import { worst, type Finding } from '@/intake/report';
import styles from './Places.module.css';
import { Workbench, type Item, type MyPatient } from './Workbench';

/** How many of a kind the first page shows; the rest stands on the page of that kind. */
const atMost = 8;

export function Component() {
  const session = useSession();
  const text = useText();
  const treats = may(session.roles, 'draft');
  return (
    <Workbench
      name={text(session.name)}
      waiting={useWaiting()}
      waits={useWaits()?.todo}
      live={useLive()}
      drafts={useDrafts()}
      patients={usePatients(treats)}
      places={treats ? undefined : <Places />}
    />
  );
}

function usePatients(asked: boolean): MyPatient[] | undefined {
  const { t } = useTranslation('kit');
  const { t: p } = useTranslation('patient');
  const term = useTerm();
  const listing = queries.useQuery('get', '/api/patients', { params: { query: { scope: 'mine', open: true, limit: 12 } } }, { enabled: asked });
  if (!asked) return undefined;
  return (listing.data?.items ?? []).map(({ id, name, sex, age, encounter, level }) => ({
    id,
    name,
    line: [term('sex', sex), age !== undefined && t('patient.age', { age }), encounter && term('encounter', encounter.kind)].filter(Boolean).join(' · '),
    bed: encounter?.bed,
    note: level > 1 && <Pill tone={level > 3 ? 'error' : 'warning'}>{p('level', { level })}</Pill>,
  }));
}

function useDrafts(): Item[] | undefined {
  const { t } = useTranslation('desk');
  const { roles } = useSession();
  const asked = may(roles, 'draft');
  const nameOf = useKnownPatient();
  const listing = queries.useQuery('get', '/api/drafts', {}, { enabled: asked, staleTime: 0 });
  if (!asked) return undefined;
  return (listing.data?.items ?? []).slice(0, atMost).map((draft) => ({
    id: draft.id,
    kind: t(draft.document ? 'correction' : 'new'),
    title: nameOf(draft.patient),
    about: '',
    path: draftPath(draft),
    at: draft.savedAt,
  }));
}

function useLive(): Item[] | undefined {
  const { t } = useTranslation('desk');
  const { roles } = useSession();
  const nameOf = useKnownPatient();
  const choiceOf = useChoice();
  const live = useLiveReasons();
  if (!may(roles, 'breakGlass') && live.length === 0) return undefined;
  return live.map(({ id, kind, choice, patient, since, until }) => ({
    id,
    kind: t(kind),
    tone: kind === 'glass' ? 'error' : 'warning',
    title: nameOf(patient),
    about: choiceOf(choice),
    path: `/patients/${patient}`,
    start: since,
    deadline: until,
  }));
}

/** How many tasks the first page shows. */
const firstDuties = 5;

/** The first of what I have to do, and what waits in the quarantine. */
function useWaiting(): Item[] | undefined {
  const { t } = useTranslation('desk');
  const text = useText();
  const { roles } = useSession();
  const holder = useHolder(useDepartments());
  const imports = may(roles, 'listImports');
  const duties = queries.useQuery('get', '/api/duty/inbox', { params: { query: { box: 'todo', limit: firstDuties } } }, { enabled: may(roles, 'seeDuties'), staleTime: 0 });
  const quarantine = queries.useQuery('get', '/api/quarantine', { params: { query: { state: 'waiting', limit: atMost } } }, { enabled: imports });
  return [
    ...(duties.data?.items ?? []).map(
      (task): Item => ({
        id: task.id,
        kind: t(task.late ? 'late' : task.urgent ? 'urgent' : 'duty'),
        tone: task.late || task.urgent ? 'error' : 'info',
        title: text(task.title),
        about: holder(task),
        path: taskPath(task.id),
        time: <TimeLeft task={task} />,
      }),
    ),
    ...(quarantine.data?.items ?? []).map(
      (item): Item => ({
        id: item.id,
        kind: t('quarantine'),
        tone: 'warning',
        title: text(worst((item.findings ?? []) as Finding[])?.say),
        about: item.where,
        path: '/imports/quarantine?state=waiting',
        at: item.at,
      }),
    ),
  ];
}

function useChoice(): (id: string) => string {
  const text = useText();
  const { data } = queries.useQuery('get', '/api/reason-choices', {}, { staleTime: Infinity });
  return (id) => text(data?.choices?.find((choice: Schemas['AccessChoice']) => choice.id === id)?.name) || id;
}

/** Where to go from here, for those who do not begin with a patient. */
function Places() {
  const { t } = useTranslation('desk');
  const { t: a } = useTranslation('app');
  const { menu, roles } = useSession();
  return (
    <Panel title={t('places')} flush>
      <ul>
        {menuFor(menu, opens(roles)).flatMap(([group, items]) =>
          items.map(({ key, path, icon }) => (
            <li key={key}>
              <Link to={path} className={styles.place}>
                {icon}
                <span>{a(`menu.items.${key}`)}</span>
                <span className={styles.group}>{a(`menu.groups.${group}`)}</span>
              </Link>
            </li>
          )),
        )}
      </ul>
    </Panel>
  );
}
