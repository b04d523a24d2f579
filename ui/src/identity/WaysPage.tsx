import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { useText } from '@/language/text';
import type { Way } from './way-fields';
import styles from './SecurityPage.module.css';

export interface WaysPageProps {
  ways: Way[];
  /** Networks of the house, as it was started with. */
  inside: string[];
  /** Absent where the reader only looks. */
  onEdit: ((way: Partial<Way>) => void) | undefined;
}

/** The ways of signing in that the hospital owns, its VPN, and the networks that count as its own. */
export function WaysPage({ ways, inside, onEdit }: WaysPageProps) {
  const { t } = useTranslation('identity');
  const gateways = ways.filter(({ kind }) => kind === 'vpn');
  const others = ways.filter(({ kind }) => kind !== 'vpn');
  const asked = gateways.some(({ state }) => state === 'open');
  return (
    <div className={styles.page}>
      <Panel title={t('ways.title')} flush extra={onEdit && <Button onClick={() => onEdit({ kind: 'directory', state: 'open' })}>{t('ways.add')}</Button>}>
        <Lines ways={others} none={t('ways.none')} onEdit={onEdit} />
      </Panel>
      <Panel
        title={t('ways.vpn')}
        flush
        extra={
          onEdit && (
            <Button disabled={inside.length === 0} onClick={() => onEdit({ kind: 'vpn', state: 'open' })}>
              {t('ways.addVpn')}
            </Button>
          )
        }
      >
        <div className={styles.line}>
          <Notice tone={asked ? 'success' : 'warning'}>{t(inside.length === 0 ? 'ways.vpnNoInside' : asked ? 'ways.vpnOn' : 'ways.vpnOff')}</Notice>
        </div>
        <Lines ways={gateways} onEdit={onEdit} />
      </Panel>
      <Panel title={t('ways.inside')}>
        <p>{inside.length > 0 ? inside.join('  ') : t('ways.noInside')}</p>
        <p className={styles.note}>{t('ways.insideNote')}</p>
      </Panel>
    </div>
  );
}

interface LinesProps {
  ways: Way[];
  none?: string;
  onEdit: WaysPageProps['onEdit'];
}

function Lines({ ways, none, onEdit }: LinesProps) {
  const { t } = useTranslation('identity');
  const text = useText();
  const placeOf = ({ id, kind, settings }: Way) =>
    kind === 'vpn' ? t('ways.gatewayId', { id }) : (settings.directory?.address ?? settings.provider?.issuer ?? settings.gateway?.address ?? settings.scan?.address ?? settings.face?.adapter.address ?? t('ways.authorities'));
  return (
    <ul className={styles.lines}>
      {ways.map((way) => (
        <li key={way.id} className={styles.line}>
          <span className={styles.grow}>
            <strong>{text({ zh: way.nameZh, en: way.nameEn ?? way.nameZh })}</strong> <Pill tone={way.state === 'open' ? 'success' : 'neutral'}>{t(`ways.states.${way.state}`)}</Pill>{' '}
            {way.settings.directory?.strict && <Pill tone="warning">{t('ways.strict')}</Pill>}
            <span className={styles.note}>
              {t(`ways.kinds.${way.kind}`)} · {placeOf(way)}
            </span>
          </span>
          {onEdit && (
            <Button size="small" onClick={() => onEdit(way)}>
              {t('ways.change')}
            </Button>
          )}
        </li>
      ))}
      {none && ways.length === 0 && <li className={styles.line}>{none}</li>}
    </ul>
  );
}
