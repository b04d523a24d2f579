import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { formatSecond } from '@/language/time';
import { useRow, useText } from '@/language/text';
import type { Dossier } from './inspection';
import styles from './Dossier.module.css';

/** The ledger entries that the answers name, checked here on demand up to the signature. */
export function Proofs({ dossier, publicKey }: { dossier: Dossier; publicKey: string }) {
  const { t } = useTranslation('inspection');
  const text = useText();
  const row = useRow();
  const entries = dossier.entries ?? [];
  const [checked, setChecked] = useState<{ sound: number; of: number }>();
  const [busy, setBusy] = useState(false);
  const provable = entries.flatMap(({ proof }) => proof ?? []);
  const check = async () => {
    setBusy(true);
    const { verify } = await import('@/kit/proof/verify');
    const sound = provable.filter((proof) => !verify({ ...proof, path: proof.path ?? [], checkpoint: proof.checkpoint ?? '' }, publicKey).fault).length;
    setChecked({ sound, of: provable.length });
    setBusy(false);
  };
  return (
    <section className={styles.section} aria-labelledby="proofs">
      <div className={styles.question}>
        <h3 id="proofs">{t('proofs')}</h3>
        {provable.length > 0 && (
          <Button className={styles.onScreen ?? ''} size="small" icon={<SafetyCertificateOutlined />} loading={busy} onClick={() => void check()}>
            {t('checkProofs', { count: provable.length })}
          </Button>
        )}
      </div>
      <p className={styles.says}>{t('proofsLead', { count: entries.length, size: dossier.size })}</p>
      {dossier.proofs && <p className={styles.withheld}>{t('proofsWithheld', { who: row((dossier.proofs.who ?? []).map((role) => text(role))) })}</p>}
      {checked && <Notice tone={checked.sound === checked.of ? 'success' : 'error'}>{t('checked', checked)}</Notice>}
      <ol className={styles.entries}>
        {entries.map(({ id, position, at, verb }) => (
          <li key={id}>
            <span>#{position}</span> <Code value={id} /> <time dateTime={at}>{formatSecond(at)}</time> <span>{verb}</span>
          </li>
        ))}
      </ol>
      <dl className={styles.codes}>
        <dt>{t('checkpoint')}</dt>
        <dd>
          <pre>{dossier.checkpoint.trim()}</pre>
        </dd>
        <dt>{t('digest')}</dt>
        <dd>
          <Code value={dossier.digest} />
        </dd>
        <dt>{t('key')}</dt>
        <dd>
          <Code value={publicKey} />
        </dd>
      </dl>
      <p className={styles.from}>{t('howToCheck')}</p>
    </section>
  );
}
