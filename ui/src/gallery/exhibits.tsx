import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { RefusedPage } from '@/access/RefusedPage';
import { Broken } from '@/app/Broken';
import { Page } from '@/app/Page';
import { NotFound } from '@/app/NotFound';
import type { Session } from '@/app/session';
import { Workbench } from '@/desk/Workbench';
import { InboxPage, type InboxPageProps } from '@/duty/InboxPage';
import { TaskDetail } from '@/duty/TaskDetail';
import type { Filled } from '@/form/filled';
import { FormView } from '@/form/FormView';
import { ChangePassword } from '@/identity/ChangePassword';
import { SignIn } from '@/identity/SignIn';
import { ImportPage } from '@/intake/ImportPage';
import { QuarantinePage } from '@/intake/QuarantinePage';
import { BreakGlassBar } from '@/kit/BreakGlassBar';
import { BreakGlassDialog } from '@/kit/BreakGlassDialog';
import { Clock } from '@/kit/Clock';
import { DiffView } from '@/kit/diff/DiffView';
import { Form } from '@/kit/form/check';
import { EmptyState } from '@/kit/EmptyState';
import { Mark, type MarkProps } from '@/kit/Mark';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { Proof } from '@/kit/proof/Proof';
import { ReasonDialog } from '@/kit/ReasonDialog';
import { StatePill, type DocumentState } from '@/kit/StatePill';
import { StepsBar } from '@/kit/StepsBar';
import { Timeline } from '@/kit/Timeline';
import type { Tone } from '@/kit/tone';
import { Why } from '@/kit/Why';
import { LedgerPage } from '@/ledger/LedgerPage';
import { Readers } from '@/ledger/Readers';
import { Locate } from '@/patient/Locate';
import { Observations } from '@/patient/Observations';
import { Banner } from '@/patient/Banner';
import { PatientPage, patientTabs, type PatientTab } from '@/patient/PatientPage';
import { PatientSearch } from '@/patient/PatientSearch';
import { DocumentView } from '@/record/DocumentView';
import type { Saving } from '@/record/SaveState';
import { Writing } from '@/record/Writing';
import { StaffPage } from '@/staff/StaffPage';
import { footingExhibits } from './footing-exhibits';
import { glassChoices, refusal, statedChoices } from './fixtures/access';
import { ago, ahead, days, hours } from './fixtures/clock';
import { desk } from './fixtures/desk';
import { detail as duty, tasks } from './fixtures/duties';
import { document, firstVersion, subject, writing } from './fixtures/documents';
import { assessment, halfFilled } from './fixtures/form';
import { batches, progress, quarantined, raw, report } from './fixtures/intake';
import { lines, names, opened } from './fixtures/ledger';
import { departments, events, listed, observations, patient } from './fixtures/patients';
import { auditor, demoPeople, doctor, everything, organisation, people } from './fixtures/people';
import { persons } from './fixtures/staff';

export interface Exhibit {
  show: () => ReactNode;
  /** Whose shell stands around it; none when absent. */
  session?: Session;
  glass?: boolean;
  /** A part, which has no title of its own. */
  part?: boolean;
}

const nothing = () => undefined;
const manyLines = Array.from({ length: 5 }, (_, turn) => lines.map((line) => ({ ...line, id: `${line.id}-${turn}`, position: line.position - turn * lines.length }))).flat().slice(0, 200);
const mark: MarkProps = { name: '陈雅琴', staffNumber: '10023', at: ago(0), code: 'K7Q2M4TX' };

export const exhibits: Record<string, Exhibit> = {
  form: { session: everything, part: true, show: () => <FormExhibit /> },
  'form-insisting': { session: everything, part: true, show: () => <FormExhibit insist /> },
  ...footingExhibits,
  'sign-in': { show: () => <SignIn organisation={organisation} onSignIn={nothing} onBecome={nothing} /> },
  'sign-in-demo': { show: () => <SignIn organisation={organisation} demoPeople={demoPeople} onSignIn={nothing} onBecome={nothing} /> },
  'change-password': { session: doctor, show: () => <ChangePassword why="initial" rules={{ least: 10, kinds: 3, long: 16, history: 5, maxAge: 90, warn: 14, grace: 7 }} onChange={nothing} /> },
  workbench: { session: doctor, show: () => <Workbench name="陈雅琴" {...desk} /> },
  'workbench-empty': { session: auditor, show: () => <Workbench name="许静" waiting={[]} /> },
  patients: {
    session: doctor,
   
    show: () => <PatientSearch page={{ rows: listed, next: 'more', count: { n: 1000, more: true } }} departments={departments} />,
  },
  'patients-many': {
    session: doctor,
    show: () => <PatientSearch page={{ rows: Array.from({ length: 4 }, (_, turn) => listed.map((one) => ({ ...one, id: `${one.id}-${turn}` }))).flat(), next: 'more', count: { n: 10_000, more: true } }} departments={departments} />,
  },
  'patients-one': { session: doctor, show: () => <PatientSearch page={{ rows: listed.slice(0, 1), count: { n: 1, more: false } }} departments={departments} /> },
  'patients-empty': { session: doctor, show: () => <PatientSearch page={{ rows: [] }} departments={departments} /> },
  'patients-loading': { session: doctor, show: () => <PatientSearch page={{ loading: true }} departments={departments} /> },
  'patients-failed': {
    session: doctor,
   
    show: () => <PatientSearch page={{ error: { message: '暂时无法连接数据库。', code: '8f3a21c0' }, onRetry: nothing }} departments={departments} />,
  },
  duties: { session: doctor, show: () => <InboxExhibit page={{ rows: tasks, next: 'more' }} open /> },
  'duties-one': { session: doctor, show: () => <InboxExhibit page={{ rows: tasks.slice(0, 1) }} /> },
  'duties-many': { session: doctor, show: () => <InboxExhibit page={{ rows: Array.from({ length: 50 }, (_, turn) => tasks.map((one) => ({ ...one, id: `${one.id}-${turn}` }))).flat(), next: 'more' }} /> },
  'duties-empty': { session: doctor, show: () => <InboxExhibit page={{ rows: [] }} /> },
  'duties-loading': { session: doctor, show: () => <InboxExhibit page={{ loading: true }} /> },
  'duties-failed': { session: doctor, show: () => <InboxExhibit page={{ error: { message: '暂时无法连接数据库。', code: '8f3a21c0' }, onRetry: nothing }} /> },
  locate: {
    session: doctor,
   
    show: () => (
      <Locate
        identifier="00862131"
        emergency={false}
        cards={[{ id: 'p-2', name: '李**', sex: 'female', born: '1958', department: 'dept-cardiology', open: true }]}
        departments={departments}
        onLocate={nothing}
        onReason={nothing}
        onBreakGlass={nothing}
      />
    ),
  },
  patient: { session: doctor, show: () => <PatientExhibit tab="records" /> },
  'patient-empty': { session: doctor, show: () => <PatientPage patient={patient} departments={departments} events={[]} onSelect={nothing} tab="records" tabs={patientTabs} onTab={nothing} content={undefined} mayWrite mark={mark} /> },
  'patient-results-empty': { part: true, session: doctor, show: () => <Observations page={{ rows: [] }} /> },
  'patient-broken-glass': { session: doctor, glass: true, show: () => <PatientExhibit tab="records" /> },
  'patient-compare': { session: doctor, show: () => <PatientExhibit tab="records" comparing /> },
  'patient-readers': { session: doctor, show: () => <PatientExhibit tab="readers" /> },
  'patient-team': { session: doctor, show: () => <PatientExhibit tab="team" /> },
  'patient-results': { session: doctor, show: () => <PatientExhibit tab="observations" /> },
  writing: { session: doctor, show: () => <WritingExhibit saving={{ state: 'saved', at: ago(0) }} /> },
  'writing-expired': { session: doctor, show: () => <WritingExhibit saving={{ state: 'unsaved', why: 'expired' }} /> },
  'writing-correction': { session: doctor, show: () => <WritingExhibit saving={{ state: 'saving' }} correcting /> },
  refused: {
    session: doctor,
   
    show: () => <RefusedPage refusal={refusal} what="李** 的入院记录" trace="8f3a21c0" ladder={{ reasonHours: 24, glassHours: 4, approver: '医务科', onReason: nothing, onBreakGlass: nothing }} />,
  },
  'refused-glass': {
    session: doctor,
   
    show: () => (
      <RefusedPage
        refusal={{ ...refusal, way: 'break-glass' }}
        trace="8f3a21c0"
        ladder={{ reasonHours: 24, glassHours: 4, approver: '医务科', onReason: nothing, onBreakGlass: nothing, onAsk: nothing }}
      />
    ),
  },
  reason: { part: true, session: doctor, show: () => <ReasonDialog open patient="李**" hours={24} choices={statedChoices} onState={nothing} onClose={nothing} /> },
  'break-glass': {
    part: true,
    session: doctor,
   
    show: () => (
      <>
        <Mark {...mark} />
        <BreakGlassDialog
          open
          patient={{ name: '李**', recordNumber: '008621**', department: '心内科' }}
          choices={glassChoices}
          hours={[1, 2, 4, 8]}
          usualHours={4}
          onBreak={nothing}
          onClose={nothing}
        />
      </>
    ),
  },
  ledger: {
    session: auditor,
   
    show: () => <LedgerPage page={{ rows: lines, next: 'more', count: { n: 1000, more: true } }} people={people} names={names} behind={3} onOpen={nothing} onClose={nothing} />,
  },
  'ledger-many': {
    session: auditor,
    show: () => <LedgerPage page={{ rows: manyLines, next: 'more', count: { n: 10_000, more: true } }} people={people} names={names} behind={0} onOpen={nothing} onClose={nothing} />,
  },
  'ledger-one': { session: auditor, show: () => <LedgerPage page={{ rows: manyLines.slice(0, 1), count: { n: 1, more: false } }} people={people} behind={1} onOpen={nothing} onClose={nothing} /> },
  'ledger-empty': { session: auditor, show: () => <LedgerPage page={{ rows: [] }} people={people} behind={0} onOpen={nothing} onClose={nothing} /> },
  'ledger-refused': {
    session: auditor,
    show: () => <LedgerPage page={{ error: { message: '您的角色不做这类事情。', code: '8f3a21c0', refused: true } }} people={people} behind={0} onOpen={nothing} onClose={nothing} />,
  },
  'ledger-entry': {
    session: auditor,
   
    show: () => <LedgerPage page={{ rows: lines, next: 'more' }} people={people} names={names} behind={0} open={opened} onOpen={nothing} onClose={nothing} />,
  },
  import: {
    session: everything,
   
    show: () => <ImportPage batches={{ rows: batches }} report={report} source="his" onSource={nothing} limit={64 << 20} onFiles={nothing} onOpen={nothing} />,
  },
  'import-empty': { session: everything, show: () => <ImportPage batches={{ rows: [] }} source="" onSource={nothing} limit={64 << 20} onFiles={nothing} onOpen={nothing} /> },
  'import-running': {
    session: everything,
   
    show: () => <ImportPage batches={{ rows: batches }} progress={progress} source="his" onSource={nothing} limit={64 << 20} onFiles={nothing} onCancel={nothing} onOpen={nothing} />,
  },
  quarantine: {
    session: everything,
   
    show: () => <QuarantinePage page={{ rows: quarantined }} onOpen={nothing} onClose={nothing} onShowContent={nothing} onRetry={nothing} />,
  },
  'quarantine-one': { session: everything, show: () => <QuarantinePage page={{ rows: quarantined.slice(0, 1) }} onOpen={nothing} onClose={nothing} onShowContent={nothing} onRetry={nothing} /> },
  'quarantine-empty': { session: everything, show: () => <QuarantinePage page={{ rows: [] }} onOpen={nothing} onClose={nothing} onShowContent={nothing} onRetry={nothing} /> },
  'quarantine-item': {
    session: everything,
   
    show: () => (
      <QuarantinePage
        page={{ rows: quarantined }}
        {...(quarantined[1] && { open: { item: quarantined[1], content: raw } })}
        onOpen={nothing}
        onClose={nothing}
        onShowContent={nothing}
        onRetry={nothing}
        onDismiss={nothing}
      />
    ),
  },
  staff: { session: everything, show: () => <StaffPage page={{ rows: persons }} departments={departments} onOpen={nothing} onClose={nothing} /> },
  'staff-one': { session: everything, show: () => <StaffPage page={{ rows: persons.slice(0, 1), count: { n: 1, more: false } }} departments={departments} onOpen={nothing} onClose={nothing} /> },
  'staff-empty': { session: everything, show: () => <StaffPage page={{ rows: [] }} departments={departments} onOpen={nothing} onClose={nothing} /> },
  'staff-person': {
    session: everything,
   
    show: () => <StaffPage page={{ rows: persons }} departments={departments} {...(persons[1] && { open: persons[1] })} onOpen={nothing} onClose={nothing} onEndAppointment={nothing} />,
  },
  'not-found': { session: doctor, show: () => <NotFound /> },
  broken: { session: doctor, show: () => <Broken /> },
  parts: { part: true, session: doctor, show: () => <Parts /> },
  why: {
    part: true,
    session: doctor,
    show: () => (
      <Page narrow>
        <Panel>
          <Why verdict="allowed" conditions={refusal.conditions.map((one, index) => ({ key: String(index), name: one.text.zh, met: true }))} rule="care-team-reads" />
        </Panel>
      </Page>
    ),
  },
  proof: {
    part: true,
    session: auditor,
    show: () => (
      <Page narrow>
        <Panel>
          <Proof proof={opened.proof} publicKey={opened.publicKey} />
        </Panel>
      </Page>
    ),
  },
  diff: {
    part: true,
    session: doctor,
    show: () => (
      <Page>
        <Panel title="DiffView">
          <DiffView before={{ label: '第 1 版', sections: firstVersion.sections ?? [] }} after={{ label: '第 2 版', sections: document.sections ?? [] }} />
        </Panel>
      </Page>
    ),
  },
};

function PatientExhibit({ tab: first, comparing }: { tab: PatientTab; comparing?: boolean }) {
  const [tab, setTab] = useState(first);
  const [compared, setCompared] = useState(comparing);
  const content = {
    records: (
      <DocumentView
        document={document}
        subject={subject}
        organisation={organisation.zh}
        {...(compared && { compared: firstVersion })}
        onVersion={nothing}
        onCompare={(version) => setCompared(version !== undefined)}
        onAmend={nothing}
        onPrint={nothing}
      />
    ),
    observations: <Observations page={{ rows: observations }} />,
    orders: <EmptyState title="–" />,
    consents: <EmptyState title="–" />,
    team: null,
    readers: <Readers page={{ rows: lines.filter((line) => line.patient === 'p-2') }} people={people} names={names} />,
  }[tab];
  return (
    <PatientPage
      patient={patient}
      departments={departments}
      events={events}
      selected="d-1"
      onSelect={nothing}
      onEarlier={nothing}
      tab={tab}
      tabs={patientTabs}
      onTab={setTab}
      content={content}
      mayWrite
      mark={mark}
    />
  );
}

function WritingExhibit({ saving, correcting }: { saving: Saving; correcting?: boolean }) {
  const [sections, setSections] = useState(writing);
  const [reason, setReason] = useState('');
  return (
    <Writing
      banner={<Banner patient={patient} departments={departments} />}
      title="入院记录"
      sections={sections}
      onWrite={(key, text) => setSections(sections.map((section) => (section.key === key ? { ...section, text } : section)))}
      saving={saving}
      {...(correcting && { correction: { version: 1, sections: firstVersion.sections ?? [], reason, onReason: setReason } })}
      history={<Timeline label="既往" events={events} onSelect={nothing} />}
      onSign={nothing}
      onFile={nothing}
      onLeave={nothing}
    />
  );
}

const tones: Tone[] = ['neutral', 'info', 'success', 'warning', 'error'];
const states: DocumentState[] = ['draft', 'filed', 'signed', 'amended', 'archived', 'sealed', 'reported'];
const row = { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12 } as const;

function Parts() {
  return (
    <Page>
      <div style={{ display: 'grid', gap: 14 }}>
        <BreakGlassBar patient="李秀英" start={ago(hours(3.5))} end={ahead(hours(0.5))} onEnd={nothing} />
        <Panel title="StepsBar">
          <StepsBar
            label="归档"
            steps={[
              { key: 'a', title: '书写', state: 'done', note: '3 月 1 日 周子涵' },
              { key: 'b', title: '签名', state: 'done' },
              { key: 'c', title: '质控', state: 'failed', note: '缺手术记录' },
              { key: 'd', title: '归档', state: 'current' },
              { key: 'e', title: '入库', state: 'waiting' },
            ]}
          />
        </Panel>
        <Panel title="Clock">
          <div style={row}>
            <Clock deadline={ahead(days(2))} workingDays={2} full />
            <Clock deadline={ahead(hours(6))} start={ago(hours(2))} />
            <Clock deadline={ahead(hours(2))} start={ago(hours(6))} />
            <Clock deadline={ahead(hours(0.4))} start={ago(hours(8))} />
            <Clock deadline={ago(hours(3))} start={ago(hours(24))} />
          </div>
        </Panel>
        <Panel title="Pill, StatePill">
          <div style={row}>
            {tones.map((tone) => (
              <Pill key={tone} tone={tone}>
                {tone}
              </Pill>
            ))}
            {states.map((state) => (
              <StatePill key={state} state={state} />
            ))}
          </div>
        </Panel>
        <Panel title="Notice">
          <div style={{ display: 'grid', gap: 8 }}>
            {(['info', 'success', 'warning', 'error'] as const).map((tone) => (
              <Notice key={tone} tone={tone} title={`${tone}：`} action={<Button size="small">处理</Button>}>
                出院病历须在 2 个工作日内归档。
              </Notice>
            ))}
          </div>
        </Panel>
      </div>
    </Page>
  );
}

const assessing = new Form(assessment);

function FormExhibit({ insist }: { insist?: boolean }) {
  const [filled, setFilled] = useState<Filled>(halfFilled);
  return <FormView form={assessing} filled={filled} facts={{ allergy_known: '青霉素' }} insist={insist ?? false} onChange={setFilled} />;
}

function InboxExhibit({ page, open }: Pick<InboxPageProps, 'page'> & { open?: boolean }) {
  return (
    <InboxPage
      box="todo"
      waits={{ todo: page.rows?.length ?? 0, late: 1, more: false }}
      page={page}
      filters={[]}
      departments={departments}
      open={open ? duty.id : undefined}
      onOpen={nothing}
      detail={open && <TaskDetail task={duty} places={[{ key: 'patient', path: '/patients/p-2' }]} departments={departments} busy={false} error={undefined} onAct={nothing} onClose={nothing} />}
    />
  );
}
