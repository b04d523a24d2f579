import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { LinkButton } from '@/kit/LinkButton';
import { Notice } from '@/kit/Notice';
import { handOver, keep } from './hand-over';
import styles from './Output.module.css';
import type { Made } from './output';

/** A copy that was made: on which serial it stands on account, and how to get it onto paper. */
export function Printed({ made, onClose }: { made: Made; onClose: () => void }) {
  const { t } = useTranslation('output');
  const sheets = made.file && made.media ? { id: made.serial, media: made.media, file: made.file } : undefined;
  return (
    <Modal open onCancel={onClose} width={480} title={t(made.held ? 'printed.waiting' : 'printed.made')} destroyOnHidden footer={null}>
      <div className={styles.parts}>
        {made.held && (
          <Notice title={t('printed.held')}>
            <Clock deadline={made.held.until} start={made.held.made} full />
          </Notice>
        )}
        {made.missing && <Notice tone="warning">{t('printed.missing', { characters: made.missing })}</Notice>}
        <Facts
          facts={[
            { label: t('serial'), value: <Code value={made.serial} copyable /> },
            { label: t('code'), value: <Code value={made.code} copyable /> },
            { label: t('print.copies'), value: made.copies },
          ]}
        />
        <p className={styles.hint}>{t('printed.note')}</p>
        <div className={styles.foot}>
          <Button onClick={onClose}>{t('close')}</Button>
          {made.held && (
            <LinkButton type="primary" to="/outputs">
              {t('printed.toQueue')}
            </LinkButton>
          )}
          {sheets && (
            <>
              <Button onClick={() => keep(sheets)}>{t('printed.keep')}</Button>
              <Button type="primary" onClick={() => void handOver(sheets)}>
                {t(sheets.media.startsWith('text/html') ? 'printed.again' : 'printed.open')}
              </Button>
            </>
          )}
        </div>
      </div>
    </Modal>
  );
}
