import { FileProtectOutlined, KeyOutlined, LoginOutlined, QrcodeOutlined, SafetyCertificateOutlined, ScanOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useText } from '@/language/text';
import styles from './OtherWays.module.css';

export type OfferedWay = Schemas['IdentityOfferedWay'];

export interface OtherWaysProps {
  ways: OfferedWay[];
  /** Absent where the house or the browser knows no passkeys. */
  onPasskey: (() => void) | undefined;
  onProvider: (way: OfferedWay) => void;
  onCertificate: () => void;
  onScan: () => void;
  onFace: () => void;
  onSM2: () => void;
  busy: boolean;
}

/** The ways of signing in beside name and password. */
export function OtherWays({ ways, onPasskey, onProvider, onCertificate, onScan, onFace, onSM2, busy }: OtherWaysProps) {
  const { t } = useTranslation('identity');
  const text = useText();
  const providers = ways.filter(({ kind }) => kind === 'provider');
  const shows = [
    { kind: 'scan', icon: <QrcodeOutlined />, show: onScan },
    { kind: 'face', icon: <ScanOutlined />, show: onFace },
    { kind: 'certificate', icon: <SafetyCertificateOutlined />, show: onCertificate },
    { kind: 'sm2', icon: <FileProtectOutlined />, show: onSM2 },
  ].flatMap(({ kind, ...rest }) => ways.filter((way) => way.kind === kind).map((way) => ({ ...rest, way })));
  if (!onPasskey && providers.length === 0 && shows.length === 0) return null;
  return (
    <section className={styles.ways} aria-label={t('ways.or')}>
      <p className={styles.or}>{t('ways.or')}</p>
      {onPasskey && (
        <Button icon={<KeyOutlined />} disabled={busy} onClick={onPasskey} block>
          {t('ways.passkey')}
        </Button>
      )}
      {providers.map((way) => (
        <Button key={way.id} icon={<LoginOutlined />} disabled={busy} onClick={() => onProvider(way)} block>
          {t('ways.with', { name: text(way.name) })}
        </Button>
      ))}
      {shows.map(({ way, icon, show }) => (
        <Button key={way.id} icon={icon} disabled={busy} onClick={show} block>
          {text(way.name)}
        </Button>
      ))}
    </section>
  );
}
