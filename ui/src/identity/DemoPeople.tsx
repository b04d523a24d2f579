import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useText } from '@/language/text';
import styles from './DemoPeople.module.css';

type DemoPerson = Schemas['IdentityDemoPerson'];

interface DemoPeopleProps {
  people: DemoPerson[];
  busy: boolean | undefined;
  onBecome: (person: string) => void;
}

const groups = {
  care: ['resident', 'attending', 'chief', 'nurse', 'head-nurse', 'pharmacist', 'technician'],
  office: ['records-clerk', 'medical-affairs', 'quality', 'president', 'researcher'],
  watch: ['auditor', 'discipline', 'security-administrator', 'system-administrator', 'dba'],
} as const;

/** The people of a demonstration, by what they do; one click becomes one of them. */
export function DemoPeople({ people, busy, onBecome }: DemoPeopleProps) {
  const { t } = useTranslation('identity');
  const [all, setAll] = useState(false);
  const short = shortlist(people);
  const shown = all ? people : short;
  return (
    <section className={styles.demo} aria-labelledby="demo-people">
      <h2 id="demo-people">{t('demo.title')}</h2>
      <p className={styles.lead}>{t('demo.lead')}</p>
      {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => {
        const members = shown.filter((person) => groupOf(person) === group);
        return members.length > 0 ? (
          <div key={group} role="group" aria-label={t(`demo.groups.${group}`)}>
            <h3>{t(`demo.groups.${group}`)}</h3>
            <div className={styles.cards}>
              {members.map((person) => (
                <Card key={person.person} person={person} busy={busy} onBecome={onBecome} />
              ))}
            </div>
          </div>
        ) : null;
      })}
      {short.length < people.length && (
        <button type="button" className={styles.all} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('demo.fewer') : t('demo.all', { count: people.length })}
        </button>
      )}
    </section>
  );
}

function Card({ person, busy, onBecome }: { person: DemoPerson; busy: boolean | undefined; onBecome: (person: string) => void }) {
  const text = useText();
  const role = person.roles?.[0];
  return (
    <button type="button" className={styles.card} disabled={busy} onClick={() => onBecome(person.person)}>
      <span className={styles.role}>{role && text(role.name)}</span>
      <span className={styles.post}>
        {text(person.name)} · {text(person.department)}
      </span>
    </button>
  );
}

const ofEachRole = 2;

/** A few of each role, of different departments. */
function shortlist(people: DemoPerson[]): DemoPerson[] {
  const seen = new Map<string, Set<string>>();
  return people.filter(({ roles, department }) => {
    const role = roles?.[0]?.id ?? '';
    const departments = seen.get(role) ?? new Set();
    if (departments.size === ofEachRole || departments.has(department.zh)) return false;
    seen.set(role, departments.add(department.zh));
    return true;
  });
}

function groupOf(person: DemoPerson): keyof typeof groups {
  const role = person.roles?.[0]?.id ?? '';
  const found = Object.entries(groups).find(([, roles]) => (roles as readonly string[]).includes(role));
  return (found?.[0] ?? 'office') as keyof typeof groups;
}
