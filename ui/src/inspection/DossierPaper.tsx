import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { opens } from '@/app/menu';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { classes } from '@/kit/classes';
import { formatSecond } from '@/language/time';
import { useRow, useText } from '@/language/text';
import { tally, type Dossier, type Question } from './inspection';
import { Proofs } from './Proofs';
import { VerdictPill } from './VerdictPill';
import styles from './Dossier.module.css';

interface DossierPaperProps {
  dossier: Dossier;
  publicKey: string;
}

type Line = NonNullable<Question['lines']>[number];

/** The whole answer, set like paper: a summary, a section for each question, and the proofs. */
export default function DossierPaper({ dossier, publicKey }: DossierPaperProps) {
  const { t } = useTranslation('inspection');
  const text = useText();
  const { organisation } = useSession();
  const { draw, subject, questions, at, by, people } = dossier;
  const counts = tally(questions ?? []);
  const second = 1000;
  return (
    <article className={styles.paper} aria-label={t('dossier')}>
      <table className={styles.pages} role="presentation">
        {/* A head of a table is printed on every page. */}
        <thead className={styles.running} aria-hidden="true">
          <tr>
            <td>{t('runningHead', { id: draw.id, at: formatSecond(at) })}</td>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <header className={styles.head}>
                <p className={styles.organisation}>{text(organisation)}</p>
                <h2 className={styles.title}>{t('dossierOf', { kind: t(`kind.${draw.kind}`) })}</h2>
                <dl className={styles.facts}>
                  <Fact label={t('subject')} value={<strong>{text(subject.name)}</strong>} />
                  <Fact label={t('how')} value={draw.named ? t('state.named') : t('drawnAs', { number: draw.number, place: (draw.chosen ?? 0) + 1, count: draw.size })} />
                  <Fact label={t('answeredAt')} value={formatSecond(at)} />
                  <Fact label={t('answeredBy')} value={text(people[by]) || by} />
                  <Fact label={t('took')} value={t('seconds', { seconds: (dossier.milliseconds / second).toFixed(1) })} />
                  <Fact label={t('drawId')} value={<Code value={draw.id} />} />
                </dl>
                <p className={styles.sum}>
                  <VerdictPill verdict={dossier.verdict} />
                  <span>{t('sum', { good: counts['in-order'], open: counts['to-explain'], bad: counts['not-in-order'] })}</span>
                </p>
              </header>
              {(questions ?? []).map((question, index) => (
                <Section key={question.id} question={question} number={index + 1} dossier={dossier} />
              ))}
              <Proofs dossier={dossier} publicKey={publicKey} />
            </td>
          </tr>
        </tbody>
      </table>
    </article>
  );
}

function Fact({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Section({ question, number, dossier }: { question: Question; number: number; dossier: Dossier }) {
  const { t } = useTranslation('inspection');
  const text = useText();
  const row = useRow();
  const { roles } = useSession();
  const { title, verdict, says, figures, source, place, lines, more, entries, demands, withheld } = question;
  const positions = new Map((dossier.entries ?? []).map(({ id, position }) => [id, position]));
  const proven = (entries ?? []).flatMap((id) => positions.get(id) ?? []);
  return (
    <section className={styles.section} aria-labelledby={`question-${question.id}`}>
      <div className={styles.question}>
        <h3 id={`question-${question.id}`}>
          {number}. {text(title)}
        </h3>
        <VerdictPill verdict={verdict} />
      </div>
      <p className={styles.says}>{text(says)}</p>
      {(figures ?? []).length > 0 && (
        <dl className={styles.figures}>
          {(figures ?? []).map(({ name, value }) => (
            <div key={text(name)}>
              <dt>{text(name)}</dt>
              <dd>{value || '–'}</dd>
            </div>
          ))}
        </dl>
      )}
      {withheld && <p className={styles.withheld}>{t('withheld', { who: row((withheld.who ?? []).map((role) => text(role))) })}</p>}
      {(lines ?? []).length > 0 && (
        <ul className={styles.lines}>
          {(lines ?? []).map((line, index) => (
            <LineItem key={index} line={line} dossier={dossier} />
          ))}
          {more !== undefined && <li className={styles.more}>{t('more', { count: more })}</li>}
        </ul>
      )}
      <p className={styles.from}>
        {t('from', { source: text(source) })} · {t('demands', { ids: (demands ?? []).join(' ') })}
        {proven.length > 0 && <> · {t('entries', { positions: proven.map((position) => `#${position}`).join(' ') })}</>}
        {place && opens(roles)(roomOf(place)) && (
          <Link className={styles.goTo ?? ''} to={place}>
            {t('goTo')}
          </Link>
        )}
      </p>
    </section>
  );
}

/** The menu's place under which an address lies. */
const roomOf = (place: string) => `/${place.split(/[/?]/)[1] ?? ''}`;

function LineItem({ line: { at, person, patient, says, wrong }, dossier: { people, patients } }: { line: Line; dossier: Dossier }) {
  const text = useText();
  const who = person ? text(people[person]) || person : undefined;
  return (
    <li className={classes(wrong && styles.wrong)}>
      {at && <time dateTime={at}>{formatSecond(at)}</time>}
      {who && <span className={styles.who}>{who}</span>}
      {patient && <span className={styles.who}>{patients[patient] ?? patient}</span>}
      <span>{text(says)}</span>
      {wrong && <span aria-hidden="true">!</span>}
    </li>
  );
}
