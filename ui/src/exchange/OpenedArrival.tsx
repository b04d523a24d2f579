import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { sizeOf } from '@/recipient/recipient';
import type { Arrival } from './exchange';
import styles from './Exchange.module.css';
import { StateOf } from './StateOf';

interface OpenedArrivalProps {
  arrival: Arrival;
  partnerName: (partner: string) => string;
  onClose: () => void;
}

/** One arrival: what became of it, why, and what helps. */
export default function OpenedArrival({ arrival, partnerName, onClose }: OpenedArrivalProps) {
  const { t } = useTranslation('exchange');
  const text = useText();
  const { roles } = useSession();
  const { outcome, apart, findings, aside } = arrival;
  return (
    <Drawer open size="large" title={t('arrivals.one')} onClose={onClose}>
      <div className={styles.parts}>
        <Notice tone={apart ? 'error' : 'success'} title={t(`outcome.${outcome}`)}>
          {t(apart ? `remedy.${outcome as Exclude<Arrival['outcome'], 'received' | 'duplicate'>}` : 'remedy.none')}
        </Notice>
        {aside > 0 && (
          <Notice tone="warning" action={may(roles, 'settleQuarantine') && <Link to="/imports/quarantine">{t('arrivals.quarantine')}</Link>}>
            {t('arrivals.aside', { count: aside })}
          </Notice>
        )}
        <Facts
          facts={[
            { label: t('column.partner'), value: partnerName(arrival.partner) },
            { label: t('column.outcome'), value: <StateOf state={outcome} /> },
            { label: t('column.sequence'), value: arrival.sequence ?? t('unread') },
            { label: t('column.package'), value: arrival.package ? <Code value={arrival.package} ends={6} copyable /> : t('unread') },
            { label: t('column.count'), value: arrival.items },
            { label: t('column.taken'), value: arrival.taken },
            { label: t('column.bytes'), value: sizeOf(arrival.bytes) },
            { label: 'SM3', value: <Code value={arrival.digest} ends={12} copyable /> },
            { label: t('column.at'), value: <When at={arrival.at} as="second" /> },
          ]}
        />
        {findings.length > 0 && (
          <Panel flush title={t('column.findings')}>
            <ul className={styles.list}>
              {findings.map(({ item, rule, where, say, remedy }) => (
                <li key={`${item}/${rule}/${where ?? ''}`}>
                  {text(say)}
                  <span>{text(remedy)}</span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </Drawer>
  );
}
