import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import { seen, type Face } from './face';
import styles from './SecurityPage.module.css';

export interface FacesProps {
  /** Absent until they are known. */
  faces: Face[] | undefined;
  /** Absent where nobody is known by his face here. */
  terms: Schemas['IdentityFaceTerms'] | undefined;
  onEnrol: () => void;
  onErase: (face: Face) => void;
}

/** The reader's own face: what was enrolled, on which consent, and what was erased. */
export function Faces({ faces, terms, onEnrol, onErase }: FacesProps) {
  const { t } = useTranslation('identity');
  const { t: k } = useTranslation('kit');
  if (!terms && !faces?.length) return null;
  return (
    <Panel title={t('face.own')} flush>
      <ul aria-busy={faces === undefined}>
        {faces?.map((face) => (
          <li key={face.id} className={styles.line}>
            <span className={styles.grow}>
              <strong>{t('face.enrolledAt')}</strong> <When at={face.made} /> {face.ended ? <Pill>{t('face.erased')}</Pill> : <Pill tone="success">{t('face.inUse')}</Pill>}
              <span className={styles.note}>
                {t('face.consented')} · {t('face.liveness', { n: seen(face.live) })}
                {face.used && (
                  <>
                    {' '}
                    · {t('factors.used')} <When at={face.used} as="ago" />
                  </>
                )}
                {face.ended && (
                  <>
                    {' '}
                    · {t(`face.whys.${face.why ?? 'withdrawn'}`)} <When at={face.ended} />
                  </>
                )}
              </span>
            </span>
            {!face.ended && (
              <Popconfirm title={t('face.eraseTitle')} description={t('face.eraseNote')} okText={t('face.erase')} cancelText={k('cancel')} onConfirm={() => onErase(face)}>
                <Button size="small" danger>
                  {t('face.erase')}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
        {terms && (
          <li className={styles.line}>
            <span className={styles.grow}>{t(faces?.some(({ ended }) => !ended) ? 'face.replace' : 'face.offer')}</span>
            <Button onClick={onEnrol}>{t('face.enrol')}</Button>
          </li>
        )}
      </ul>
    </Panel>
  );
}
