import { Button, Checkbox, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { isTried, keepsSecret, pathOf, settingsOf, wayFields, wayKinds, type NewWay, type Way, type WayKind } from './way-fields';
import styles from './SecurityPage.module.css';

export interface WayDialogProps {
  edited: Partial<Way>;
  busy: boolean;
  /** Why it was not saved, in the reader's language. */
  error: string | undefined;
  /** It was tried and did not answer: it can be saved all the same. */
  unanswered: boolean;
  /** The last try of what is written here succeeded. */
  answered: boolean;
  onTry: (way: NewWay, id: string | undefined) => void;
  onSet: (way: NewWay, id: string | undefined) => void;
  onClose: () => void;
}

const leastWords = 40;
const mostWords = 2000;

type Values = Omit<NewWay, 'state' | 'untried'> & { state: boolean; untried?: boolean };

/** Sets one way of signing in; a directory or provider is tried before it is saved. */
export function WayDialog({ edited, busy, error, unanswered, answered, onTry, onSet, onClose }: WayDialogProps) {
  const { t } = useTranslation('identity');
  const [kind, setKind] = useState<WayKind>(edited.kind ?? 'directory');
  const wayOf = ({ state, settings, untried, ...values }: Values): NewWay => ({
    ...values,
    kind,
    settings: settingsOf(kind, edited.settings, settings),
    state: state ? 'open' : 'shut',
    ...(untried && { untried }),
    ...(edited.rev && { rev: edited.rev }),
  });
  const initial = { ...edited, secret: undefined, state: edited.state === 'open' } as unknown as Partial<Values>;
  return (
    <FormDialog<Values>
      title={t('ways.edit')}
      lead={t(`ways.leads.${kind}`)}
      submit={t('ways.save')}
      width={620}
      busy={busy}
      error={error}
      initial={initial}
      onSubmit={(values) => onSet(wayOf(values), edited.id)}
      onClose={onClose}
    >
      <Form.Item label={t('ways.kind')} htmlFor="way-kind">
        <Select id="way-kind" disabled={edited.id !== undefined} value={kind} onChange={setKind} options={wayKinds.map((value) => ({ value, label: t(`ways.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="nameZh" label={t('ways.nameZh')} rules={[{ required: true, message: t('rules.must') }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('ways.nameEn')}>
        <Input maxLength={80} />
      </Form.Item>
      <Settings kind={kind} />
      {keepsSecret(kind) && (
        <Form.Item name="secret" label={t('ways.secret')} {...(edited.secret && { extra: t('ways.secretKept') })}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      )}
      <Form.Item name="state" label={t('ways.states.open')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {isTried(kind) && (
        <Form.Item noStyle shouldUpdate>
          {({ getFieldsValue }) => (
            <div className={styles.try}>
              <Button loading={busy} onClick={() => onTry(wayOf(getFieldsValue(true) as Values), edited.id)}>
                {t('ways.try')}
              </Button>
              {unanswered && <Notice tone="warning">{t('ways.unanswered')}</Notice>}
              {answered && !error && <Notice tone="success">{t('ways.answered')}</Notice>}
            </div>
          )}
        </Form.Item>
      )}
      {unanswered && (
        <Form.Item name="untried" valuePropName="checked" extra={t('ways.untriedNote')}>
          <Checkbox>{t('ways.untried')}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}

function Settings({ kind }: { kind: WayKind }): ReactNode {
  const { t } = useTranslation('identity');
  return wayFields[kind].map(({ part, name, as }) => {
    const label = t(`ways.fields.${name as 'address'}`);
    const at = { name: ['settings', ...pathOf(part), name], htmlFor: `way-${part.replace('.', '-')}-${name}` };
    const id = at.htmlFor;
    switch (as) {
      case 'line':
        return (
          <Form.Item key={id} {...at} label={label} rules={[{ required: true, message: t('rules.must') }]}>
            <Input id={id} />
          </Form.Item>
        );
      case 'text':
        return (
          <Form.Item key={id} {...at} label={label}>
            <Input.TextArea id={id} rows={3} spellCheck={false} />
          </Form.Item>
        );
      case 'words':
        return (
          <Form.Item key={id} {...at} label={label} rules={[{ required: true, min: leastWords, max: mostWords, message: t('ways.statementLong') }]}>
            <Input.TextArea id={id} autoSize={{ minRows: 5, maxRows: 12 }} maxLength={mostWords} showCount />
          </Form.Item>
        );
      case 'number':
        return (
          <Form.Item key={id} {...at} label={label} initialValue={900} rules={[{ required: true, message: t('rules.must') }]}>
            <InputNumber id={id} min={500} max={1000} step={10} />
          </Form.Item>
        );
      case 'names':
        return (
          <Form.Item key={id} {...at} label={label} extra={t('ways.emergencyNote')}>
            <Select id={id} mode="tags" maxCount={5} open={false} suffix={null} tokenSeparators={[',', ' ', '，']} />
          </Form.Item>
        );
      case 'tick':
        return (
          <Form.Item key={id} {...at} valuePropName="checked">
            <Checkbox id={id}>{label}</Checkbox>
          </Form.Item>
        );
    }
  });
}
