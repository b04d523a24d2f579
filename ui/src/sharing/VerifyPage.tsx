import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { Sign } from '@/app/Brand';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { formatMinute } from '@/language/time';
import { useText } from '@/language/text';
import { kinds } from '@/record/kinds';
import styles from './Sharing.module.css';

type Sheet = Schemas['SharingSheet'];

/** What the house says of a code. */
export interface Verified {
  at: string;
  documents: Sheet[] | null;
  digest: string;
  returned: boolean;
}

export interface VerifyPageProps {
  code: string;
  onVerify: (code: string) => void;
  busy: boolean;
  /** Undefined until it was asked for. */
  found?: Verified | 'unknown' | undefined;
  error?: string | undefined;
}

/** Lets whoever holds a copy compare it, without signing in. */
export function VerifyPage({ code, onVerify, busy, found, error }: VerifyPageProps) {
  const { t } = useTranslation('sharing');
  const [typed, setTyped] = useState(code);
  return (
    <main className={styles.outside}>
      <div className={styles.outsideHead}>
        <span className={styles.brand}>
          <Sign /> 医守 Medward
        </span>
        <Link to="/">{t('verify.back')}</Link>
      </div>
      <div className={styles.outsideBody}>
        <PageHead title={t('verify.title')} lead={t('verify.lead')} />
        <Panel>
          <form
            className={styles.verify}
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim()) onVerify(typed.trim());
            }}
          >
            <Input value={typed} maxLength={40} aria-label={t('verify.code')} placeholder={t('verify.placeholder')} onChange={(event) => setTyped(event.target.value)} />
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('verify.submit')}
            </Button>
          </form>
        </Panel>
        {error && <Notice tone="error">{error}</Notice>}
        {found === 'unknown' && (
          <Notice tone="error" title={t('verify.unknown')}>
            {t('verify.unknownNote')}
          </Notice>
        )}
        {found && found !== 'unknown' && <Found found={found} />}
      </div>
    </main>
  );
}

function Found({ found }: { found: Verified }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const columns: Column<Sheet>[] = [
    { key: 'kind', title: t('verify.kind'), width: '170px', render: ({ kind }) => text(kinds[kind]) || kind },
    { key: 'version', title: t('verify.version'), width: '90px', render: ({ version }) => t('verify.versionOf', { version }) },
    { key: 'pages', title: t('verify.pages'), width: '70px', align: 'end', render: ({ pages }) => pages },
    { key: 'digest', title: t('verify.digest'), render: ({ digest }) => <span className={styles.digest}>{digest}</span> },
  ];
  return (
    <>
      {found.returned ? (
        <Notice tone="warning" title={t('verify.returned')}>
          {t('verify.returnedNote')}
        </Notice>
      ) : (
        <Notice tone="success" title={t('verify.genuine', { at: formatMinute(found.at) })}>
          {t('verify.genuineNote')}
        </Notice>
      )}
      <Panel flush title={t('verify.documents')}>
        <PlainTable label={t('verify.documents')} columns={columns} rows={found.documents ?? []} rowKey={({ document }) => document} empty={t('none')} />
      </Panel>
      <Panel title={t('verify.whole')}>
        <span className={styles.digest}>{found.digest}</span>
      </Panel>
    </>
  );
}
