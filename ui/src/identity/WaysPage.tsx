import { Button, Checkbox, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { FormDialog } from '@/kit/FormDialog';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { useText } from '@/language/text';
import styles from './SecurityPage.module.css';

type Way = Schemas['IdentityWay'];
export type NewWay = Schemas['IdentityNewWay'];
type Kind = Way['kind'];

/** The fields of each kind, under the name of its part of the settings. */
const fields: Record<Kind, { part: string; lines: readonly string[]; texts: readonly string[]; ticks: readonly string[] }> = {
  directory: { part: 'directory', lines: ['address', 'bind', 'base', 'filter', 'number'], texts: ['roots'], ticks: ['fallback'] },
  provider: { part: 'provider', lines: ['issuer', 'client'], texts: ['roots'], ticks: ['internal', 'silent'] },
  certificate: { part: 'authority', lines: [], texts: ['roots', 'revoked'], ticks: [] },
  sm2: { part: 'authority', lines: [], texts: ['roots', 'revoked'], ticks: [] },
  sms: { part: 'gateway', lines: ['address'], texts: [], ticks: ['internal', 'plain'] },
};
const kinds = Object.keys(fields) as Kind[];
const empty = { provider: { strongAmr: [], strongAcr: [] }, authority: { number: 'serialNumber' } };

export interface WaysPageProps {
  ways: Way[];
  /** Networks of the house, as it was started with. */
  inside: string[];
  busy: boolean;
  error: string | undefined;
  /** Absent where the reader only looks. */
  onSet: ((way: NewWay, id: string | undefined, done: () => void) => void) | undefined;
}

/** The ways of signing in that the hospital owns, and the networks that count as its own. */
export function WaysPage({ ways, inside, busy, error, onSet }: WaysPageProps) {
  const { t } = useTranslation('identity');
  const text = useText();
  const [edited, setEdited] = useState<Partial<Way>>();
  return (
    <div className={styles.page}>
      <Panel title={t('ways.title')} flush extra={onSet && <Button onClick={() => setEdited({ kind: 'directory', state: 'open' })}>{t('ways.add')}</Button>}>
        <ul>
          {ways.map((way) => (
            <li key={way.id} className={styles.line}>
              <span className={styles.grow}>
                <strong>{text({ zh: way.nameZh, en: way.nameEn ?? way.nameZh })}</strong> <Pill tone={way.state === 'open' ? 'success' : 'neutral'}>{t(`ways.states.${way.state}`)}</Pill>
                <span className={styles.note}>
                  {t(`ways.kinds.${way.kind}`)} · {way.settings.directory?.address ?? way.settings.provider?.issuer ?? way.settings.gateway?.address ?? t('ways.authorities')}
                </span>
              </span>
              {onSet && (
                <Button size="small" onClick={() => setEdited(way)}>
                  {t('ways.change')}
                </Button>
              )}
            </li>
          ))}
          {ways.length === 0 && <li className={styles.line}>{t('ways.none')}</li>}
        </ul>
      </Panel>
      <Panel title={t('ways.inside')}>
        <p>{inside.length > 0 ? inside.join('  ') : t('ways.noInside')}</p>
        <p className={styles.note}>{t('ways.insideNote')}</p>
      </Panel>
      {edited && onSet && <WayDialog edited={edited} busy={busy} error={error} onSet={onSet} onClose={() => setEdited(undefined)} />}
    </div>
  );
}

interface WayDialogProps {
  edited: Partial<Way>;
  busy: boolean;
  error: string | undefined;
  onSet: NonNullable<WaysPageProps['onSet']>;
  onClose: () => void;
}

type Values = Omit<NewWay, 'state'> & { state: boolean };

function WayDialog({ edited, busy, error, onSet, onClose }: WayDialogProps) {
  const { t } = useTranslation('identity');
  const [kind, setKind] = useState<Kind>(edited.kind ?? 'directory');
  const { part, lines, texts, ticks } = fields[kind];
  const settle = (values: Values) => {
    const given = (values.settings as Record<string, Record<string, unknown>> | undefined)?.[part];
    const held = (edited.settings as Record<string, object> | undefined)?.[part];
    const ticked = Object.fromEntries(ticks.map((name) => [name, given?.[name] === true]));
    const settings = { [part]: { ...empty[part as keyof typeof empty], ...held, ...given, ...ticked } };
    onSet({ ...values, kind, settings, state: values.state ? 'open' : 'shut', ...(edited.rev && { rev: edited.rev }) }, edited.id, onClose);
  };
  const initial = { ...edited, secret: undefined, state: edited.state === 'open' } as unknown as Partial<Values>;
  return (
    <FormDialog<Values> title={t('ways.edit')} submit={t('ways.save')} width={620} busy={busy} error={error} initial={initial} onSubmit={settle} onClose={onClose}>
      <Form.Item label={t('ways.kind')} htmlFor="way-kind">
        <Select id="way-kind" disabled={edited.id !== undefined} value={kind} onChange={setKind} options={kinds.map((value) => ({ value, label: t(`ways.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="nameZh" label={t('ways.nameZh')} rules={[{ required: true, message: t('rules.must') }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('ways.nameEn')}>
        <Input maxLength={80} />
      </Form.Item>
      {lines.map((name) => (
        <Form.Item key={`${kind}-${name}`} name={['settings', part, name]} label={t(`ways.fields.${name as 'address'}`)} rules={[{ required: true, message: t('rules.must') }]}>
          <Input />
        </Form.Item>
      ))}
      {texts.map((name) => (
        <Form.Item key={`${kind}-${name}`} name={['settings', part, name]} label={t(`ways.fields.${name as 'roots'}`)}>
          <Input.TextArea rows={3} />
        </Form.Item>
      ))}
      {ticks.map((name) => (
        <Form.Item key={`${kind}-${name}`} name={['settings', part, name]} valuePropName="checked">
          <Checkbox>{t(`ways.fields.${name as 'internal'}`)}</Checkbox>
        </Form.Item>
      ))}
      {part !== 'authority' && (
        <Form.Item name="secret" label={t('ways.secret')} {...(edited.secret && { extra: t('ways.secretKept') })}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      )}
      <Form.Item name="state" label={t('ways.states.open')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDialog>
  );
}
