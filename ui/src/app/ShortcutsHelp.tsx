import { Modal } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllShortcuts } from './shortcuts';
import styles from './ShortcutsHelp.module.css';

const printed: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

export function ShortcutsHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const all = useAllShortcuts();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('shortcuts.title')} width={480} destroyOnHidden>
      <dl className={styles.list}>
        {open &&
          all().map(({ keys, says }) => (
            <div key={keys}>
              <dt>{says}</dt>
              <dd>
                <Keys keys={keys} />
              </dd>
            </div>
          ))}
      </dl>
    </Modal>
  );
}

export function Keys({ keys }: { keys: string }) {
  const mac = navigator.userAgent.includes('Mac');
  return keys.split(' ').map((stroke, index) => (
    <Fragment key={index}>
      {stroke.split('+').map((key) => (
        <Fragment key={key}>
          <kbd>{key === 'mod' ? (mac ? '⌘' : 'Ctrl') : (printed[key] ?? key.toUpperCase())}</kbd>{' '}
        </Fragment>
      ))}
    </Fragment>
  ));
}
