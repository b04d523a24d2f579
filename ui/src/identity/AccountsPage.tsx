import { App, Button, Dropdown, Modal, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Code } from '@/kit/Code';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { AccountsFrame } from './AccountsFrame';
import styles from './AccountsPage.module.css';
import { NewAccount } from './NewAccount';

type Account = Schemas['IdentityAccount'];

/** Why an account can be locked by decision. */
const lockReasons = ['compromised', 'sharing', 'inquiry', 'other'] as const;
export type LockReason = (typeof lockReasons)[number];

/** Why second factors can be taken away. */
const recoveryReasons = ['lost', 'broken', 'stolen', 'replaced'] as const;
export type RecoveryReason = (typeof recoveryReasons)[number];

const stateTones: Record<Account['state'], Tone> = { active: 'success', locked: 'error', disabled: 'neutral' };

/** An initial password, which is shown once. */
export interface Issued {
  name: string;
  password: string;
}

interface AccountsPageProps {
  page: TablePage<Account>;
  issued: Issued | undefined;
  onIssued: (issued: Issued | undefined) => void;
  onReset: (account: Account) => void;
  onDisable: (account: Account) => void;
  onLock: (account: Account, why: LockReason) => void;
  /** Opens a locked account with a new initial password. */
  onUnlock: (account: Account) => void;
  onSignOut: (account: Account) => void;
  /** Asks that lost second factors be taken away; a second person approves it. */
  onRecover: (account: Account, why: RecoveryReason) => void;
}

/** The accounts, one for each person. */
export function AccountsPage({ page, issued, onIssued, onReset, onDisable, onLock, onUnlock, onSignOut, onRecover }: AccountsPageProps) {
  const { t } = useTranslation('identity');
  const text = useText();
  const columns: Column<Account>[] = [
    { key: 'name', title: t('accounts.name'), width: '140px', fixed: true, render: (account) => <Code value={account.name} /> },
    { key: 'holder', title: t('accounts.holder'), fixed: true, render: (account) => `${text(account.holder)} ${account.number ?? ''}` },
    {
      key: 'state',
      title: t('accounts.state'),
      width: '170px',
      render: (account) => (
        <span className={styles.pills}>
          <Pill tone={stateTones[account.state]}>{t(`accounts.${account.state}`)}</Pill>
          {account.mustChange && <Pill tone="warning">{t('accounts.initial')}</Pill>}
        </span>
      ),
    },
    { key: 'since', title: t('accounts.passwordSince'), width: '170px', render: (account) => <When at={account.passwordSince} /> },
    {
      key: 'acts',
      title: t('accounts.acts'),
      width: '480px',
      fixed: true,
      render: (account) =>
        account.state === 'locked' ? (
          <Sure title={t('accounts.unlockSure')} word={t('accounts.unlock')} onSure={() => onUnlock(account)} />
        ) : (
          account.state === 'active' && (
            <span className={styles.acts}>
              <Sure title={t('accounts.resetSure')} word={t('accounts.reset')} onSure={() => onReset(account)} />
              <Sure title={t('accounts.signOutSure')} word={t('accounts.signOut')} onSure={() => onSignOut(account)} />
              <ForReason word={t('accounts.lock')} sure={t('accounts.lockSure')} reasons={lockReasons} wordOf={(why) => t(`accounts.why.${why}`)} onSure={(why) => onLock(account, why)} />
              <ForReason word={t('recovery.ask')} sure={t('recovery.askSure')} reasons={recoveryReasons} wordOf={(why) => t(`recovery.why.${why}`)} onSure={(why) => onRecover(account, why)} />
              <Sure title={t('accounts.disableSure')} word={t('accounts.disable')} onSure={() => onDisable(account)} danger />
            </span>
          )
        ),
    },
  ];
  return (
    <AccountsFrame tab="accounts" actions={<NewAccount onCreated={onIssued} />}>
      <DataTable name="accounts" label={t('accounts.title')} columns={columns} page={page} rowKey={(account) => account.id} empty={{ title: t('accounts.empty') }} />
      <Modal open={issued !== undefined} onCancel={() => onIssued(undefined)} footer={null} title={t('accounts.issued')} width={440} destroyOnHidden>
        {issued && (
          <div className={styles.issued}>
            <p>{t('accounts.issuedNote', { name: issued.name })}</p>
            <Code value={issued.password} copyable />
            <Button type="primary" onClick={() => onIssued(undefined)}>
              {t('accounts.noted')}
            </Button>
          </div>
        )}
      </Modal>
    </AccountsFrame>
  );
}

interface ForReasonProps<Reason extends string> {
  word: string;
  sure: string;
  reasons: readonly Reason[];
  wordOf: (why: Reason) => string;
  onSure: (why: Reason) => void;
}

/** Something that is done to an account for a reason, which is chosen first. */
function ForReason<Reason extends string>({ word, sure, reasons, wordOf, onSure }: ForReasonProps<Reason>) {
  const { modal } = App.useApp();
  const { t: k } = useTranslation('kit');
  const ask = (why: Reason) => void modal.confirm({ title: sure, content: wordOf(why), okText: word, cancelText: k('cancel'), okButtonProps: { danger: true }, onOk: () => onSure(why) });
  return (
    <Dropdown trigger={['click']} menu={{ items: reasons.map((why) => ({ key: why, label: wordOf(why) })), onClick: ({ key }) => ask(key as Reason) }}>
      <Button size="small">{word}</Button>
    </Dropdown>
  );
}

function Sure({ title, word, danger, onSure }: { title: string; word: string; danger?: boolean; onSure: () => void }) {
  const { t } = useTranslation('kit');
  return (
    <Popconfirm title={title} okText={word} cancelText={t('cancel')} onConfirm={onSure}>
      <Button size="small" danger={danger}>
        {word}
      </Button>
    </Popconfirm>
  );
}
