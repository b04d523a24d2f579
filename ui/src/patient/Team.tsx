import { useTranslation } from 'react-i18next';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Patient } from './PatientPage';
import { requisitionKind } from './requisition-kind';
import styles from './Team.module.css';

/** Who cares for the patient, from where that is known, and until when. */
export default function Team({ patient }: { patient: Patient }) {
  const { t } = useTranslation('patient');
  const text = useText();
  const term = useTerm();
  const source = useSource(patient);
  return (
    <Panel title={t('page.tabs.team')} flush>
      <table className={styles.team} aria-label={t('page.tabs.team')}>
        <thead>
          <tr>
            {(['person', 'role', 'tie', 'since', 'until', 'source'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`team.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {patient.team?.map((member) => (
            <tr key={member.id}>
              <td>
                {text(patient.people[member.person]) || member.person} <span>{text(patient.people[member.person]?.department)}</span>
              </td>
              <td>{term('care', member.role)}</td>
              <td>
                <Pill>{term('tie', member.kind)}</Pill>
              </td>
              <td>
                <When at={member.since} />
              </td>
              <td>
                <When at={member.until} />
              </td>
              <td>{source(member)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

const told = ['admission', 'request', 'requisition', 'result', 'worklist'] as const;

/** From where a relation is known, in words: who said it, and with what it came. */
function useSource(patient: Patient): (member: NonNullable<Patient['team']>[number]) => string {
  const { t } = useTranslation('patient');
  const text = useText();
  return ({ source, by, what }) => {
    const name = text(patient.people[by]) || by;
    const from = told.find((one) => one === source);
    if (!from) return source ? t('team.from.feed', { by: source }) : t('team.here');
    return t(`team.from.${from}`, { by: name, what: t(`team.what.${requisitionKind(what)}`) });
  };
}
