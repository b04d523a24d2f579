import { App, Button, Checkbox, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { Facts } from '@/kit/Facts';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { When } from '@/kit/When';
import { useRow, useText } from '@/language/text';
import styles from './Consent.module.css';

const kinds = ['infectious', 'genetic', 'psychiatric', 'reproductive', 'confidential'] as const;
type Kind = (typeof kinds)[number];
type Rule = Schemas['RecordConsentRule'];

interface ConsentRuleProps {
  me: string;
  /** Whether the reader proposes and agrees. */
  sets: boolean;
}

/** Which kinds of sensitive history are saved with written consent only; two persons set it. */
export default function ConsentRule({ me, sets }: ConsentRuleProps) {
  const { t } = useTranslation('consent');
  const text = useText();
  const row = useRow();
  const fault = useFault();
  const { message } = App.useApp();
  const [proposing, setProposing] = useState(false);
  const rules = queries.useQuery('get', '/api/consent-rule');
  const settle = queries.useMutation('post', '/api/consent-rules/{id}/settle', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const named = ({ kinds: of }: Rule) => row((of ?? []).map((kind) => t(`rule.kinds.${kind as Kind}`))) || t('rule.none');
  const { inForce, waiting, names = {} } = rules.data ?? {};
  const decide = (agree: boolean) => waiting && settle.mutate({ params: { path: { id: waiting.id } }, body: { agree } });
  return (
    <Panel
      title={t('rule.title')}
      extra={
        sets && !waiting && (
          <Button size="small" onClick={() => setProposing(true)}>
            {t('rule.propose')}
          </Button>
        )
      }
    >
      <div className={styles.parts}>
        <Facts
          facts={[
            { label: t('rule.inForce'), value: inForce ? named(inForce) : t('rule.none') },
            ...(inForce?.settled ? [{ label: t('rule.since'), value: <><When at={inForce.settled} /> {text(names[inForce.proposedBy])} · {text(names[inForce.settledBy ?? ''])}</> }] : []),
          ]}
        />
        {waiting && (
          <Notice title={t('rule.waiting', { kinds: named(waiting), by: text(names[waiting.proposedBy]) })}>
            {sets && (
              <span className={styles.buttons}>
                <Button size="small" loading={settle.isPending} onClick={() => decide(false)}>
                  {t('rule.decline')}
                </Button>
                {waiting.proposedBy !== me && (
                  <Button size="small" type="primary" loading={settle.isPending} onClick={() => decide(true)}>
                    {t('rule.agree')}
                  </Button>
                )}
              </span>
            )}
          </Notice>
        )}
      </div>
      {proposing && <Propose before={(inForce?.kinds ?? []) as Kind[]} onClose={() => setProposing(false)} />}
    </Panel>
  );
}

function Propose({ before, onClose }: { before: Kind[]; onClose: () => void }) {
  const { t } = useTranslation('consent');
  const fault = useFault();
  const propose = queries.useMutation('post', '/api/consent-rules', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<{ kinds: Kind[] }>
      title={t('rule.propose')}
      lead={t('rule.lead')}
      submit={t('rule.submit')}
      busy={propose.isPending}
      error={fault(propose.error)}
      initial={{ kinds: before }}
      onSubmit={({ kinds: chosen }) => propose.mutate({ body: { kinds: chosen } })}
      onClose={onClose}
    >
      <Form.Item name="kinds" label={t('rule.which')}>
        <Checkbox.Group options={kinds.map((value) => ({ value, label: t(`rule.kinds.${value}`) }))} />
      </Form.Item>
    </FormDialog>
  );
}
