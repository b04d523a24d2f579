import { useTranslation } from 'react-i18next';
import { Code } from '@/kit/Code';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import type { SeenHandover } from './handover';
import styles from './Handover.module.css';

/** What the receiver said, and who signed for the giver. */
export function Proofs({ handover }: { handover: SeenHandover }) {
  const { t } = useTranslation('handover');
  const person = usePerson(handover.names);
  if (handover.ground === 'rehearsal') return null;
  return (
    <Panel title={t('proofs')}>
      {handover.receipts.length + handover.signatures.length === 0 && <p className={styles.note}>{t('noProofs')}</p>}
      <ul className={styles.list}>
        {handover.receipts.map((one) => (
          <li key={`receipt ${one.number}`}>
            <Pill tone={one.outcome === 'match' ? 'success' : 'error'}>{t(`outcome.${one.outcome}`)}</Pill> {t('receiptOf', { representative: one.representative, run: one.run })}
            <span>
              <When at={one.at} /> {t('broughtBy', { person: person(one.broughtBy) })}
            </span>
            {one.differences.map(({ kind, where, what }) => (
              <span key={`${kind} ${where}`}>
                {t(`found.${kind}` as never, { defaultValue: kind })} <code>{where}</code> {what}
              </span>
            ))}
          </li>
        ))}
        {handover.signatures.map((one) => (
          <li key={`signature ${one.person}`}>
            <Pill tone="success">{t('signedByGiver')}</Pill> {person(one.person)}
            <span>
              <When at={one.at} /> <Code value={one.digest} ends={8} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
