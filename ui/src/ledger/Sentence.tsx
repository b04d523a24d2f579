import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Code } from '@/kit/Code';
import { useLanguage } from '@/language/language';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { People } from '@/staff/person';
import styles from './Sentence.module.css';
import { sentence, type Slot } from './sentence';

export type Line = Schemas['ConsoleLine'];

/** What patients and documents are called, by id, as far as the reader may know. */
export type Names = Record<string, string>;

interface SentenceProps {
  line: Line;
  people: People;
  names?: Names;
}

/** One line of the ledger as a sentence of the reader's language. */
export function Sentence({ line, people, names = {} }: SentenceProps) {
  const { t } = useTranslation('ledger');
  const term = useTerm();
  const fill: Record<Slot, React.ReactNode> = {
    actor: <Actor line={line} people={people} />,
    object: <Thing line={line} names={names} />,
    purpose: line.purpose && term('purpose', line.purpose),
    tie: line.tie && <span className={styles.tie}>{term('tie', line.tie)}</span>,
  };
  return (
    <span className={styles.sentence}>
      {sentence(t, line).map((part, index) => ('slot' in part ? <span key={index}>{fill[part.slot]}</span> : part.text))}
      {line.n > 1 && <span className={styles.more}> ×{line.n}</span>}
    </span>
  );
}

function Actor({ line, people }: { line: Line; people: People }) {
  const { t } = useTranslation('ledger');
  const text = useText();
  const term = useTerm();
  const { language } = useLanguage();
  const person = people[line.actor];
  if (!person) {
    return <strong>{line.actorKind === 'person' ? <Code value={line.actor} ends={4} /> : term('role', line.actorKind)}</strong>;
  }
  const post = [text(person.department), text(person.title)].filter(Boolean).join(language === 'zh' ? ' ' : ', ');
  return (
    <>
      <strong>{text(person)}</strong>
      {post && <span className={styles.post}>{t('post', { post })}</span>}
    </>
  );
}

/** They name the house first, and then whom they found. */
const searches = ['patient.find', 'patient.locate'];

function Thing({ line, names }: { line: Line; names: Names }) {
  const { t } = useTranslation('ledger');
  const { kind = '', object = '', patient = '' } = line;
  if (searches.includes(line.verb) && line.outcome === 'done') return <strong>{t('thing.found', { count: line.objects - 1 })}</strong>;
  const named = names[object];
  const thing = named ?? t(`thing.${kind}` as never, { defaultValue: kind });
  const whose = patient && patient !== object ? (names[patient] ?? t('thing.somebody', { id: patient.slice(-4) })) : undefined;
  const self = patient && patient === object ? (named ?? t('thing.somebody', { id: object.slice(-4) })) : thing;
  return (
    <>
      <strong>{whose ? t('thing.of', { whose, thing }) : self}</strong>
      {line.objects > 1 && <span className={styles.more}>{t('thing.more', { count: line.objects })}</span>}
    </>
  );
}
