import { DownloadOutlined, SaveOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Waiting } from '@/app/Waiting';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import type { Reasoned } from './SayWhy';
import { StateOf } from './StateOf';
import { type Content, fileName, readContent, type SeenVersion, type Version } from './template';
import { useReport } from './use-report';
import styles from './Template.module.css';

const JudgingDesigner = lazy(() => import('./JudgingDesigner'));

interface TemplatePageProps {
  seen: SeenVersion;
  designs: boolean;
  /** Whether the reader may release it: he holds the post and did not write it. */
  releases: boolean;
  retires: boolean;
  busy: boolean;
  onSave: (content: Content, rev: number) => Promise<Version>;
  onSubmit: (rev: number) => void;
  onNext: (content: Content) => void;
  onOpen: (step: Reasoned | 'release') => void;
}

/** One version of a form: designed while it is a draft, read ever after. */
export function TemplatePage({ seen, designs, releases, retires, busy, onSave, onSubmit, onNext, onOpen }: TemplatePageProps) {
  const { t } = useTranslation('template');
  const text = useText();
  const person = usePerson(seen.names);
  const [kept, setKept] = useState(() => ({ content: readContent(seen.content), rev: seen.rev }));
  const [content, setContent] = useState(kept.content);
  const readOnly = seen.state !== 'draft' || !designs;
  const changed = content !== kept.content;
  const { report, fresh } = useReport(content, seen.report, !readOnly);
  const ready = fresh && report?.defects.length === 0;
  const save = useCallback(() => {
    // What went wrong is said by the page around this one, and nothing that was written is lost.
    onSave(content, kept.rev).then(({ rev }) => setKept({ content, rev }), () => undefined);
  }, [content, kept.rev, onSave]);

  useEffect(() => {
    if (readOnly) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (changed) save();
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (changed) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('beforeunload', onLeave);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('beforeunload', onLeave);
    };
  }, [readOnly, changed, save]);

  const more = [
    { key: 'file', icon: <DownloadOutlined />, label: t('do.file'), onClick: () => download(content) },
    ...(designs && (seen.state === 'released' || seen.state === 'retired') ? [{ key: 'next', label: t('do.next'), onClick: () => onNext(content) }] : []),
    ...(seen.state === 'released' && retires ? [{ key: 'retire', danger: true, label: t('do.retire'), onClick: () => onOpen('retire') }] : []),
  ];
  return (
    <Page fixed>
      <PageHead
        title={
          <>
            {text(content.definition.title)} {t('version', { number: seen.number })} <StateOf state={seen.state} used={seen.used} />
          </>
        }
        lead={lead(seen, person, t)}
        actions={
          <div className={styles.buttons}>
            {changed && <Pill tone="warning">{t('unsaved')}</Pill>}
            <Dropdown menu={{ items: more }}>
              <Button>{t('do.more')}</Button>
            </Dropdown>
            {seen.state === 'submitted' && (designs || releases) && <Button onClick={() => onOpen('return')}>{t(releases ? 'do.return' : 'do.takeBack')}</Button>}
            {!readOnly && (
              <>
                <Button icon={<SaveOutlined />} disabled={!changed} loading={busy && changed} title="Ctrl+S" onClick={save}>
                  {t('do.save')}
                </Button>
                <Button type="primary" disabled={changed || !ready} loading={busy && !changed} title={ready ? undefined : t('notReady')} onClick={() => onSubmit(kept.rev)}>
                  {t('do.submit')}
                </Button>
              </>
            )}
            {seen.state === 'submitted' && releases && (
              <Button type="primary" onClick={() => onOpen('release')}>
                {t('do.release')}
              </Button>
            )}
          </div>
        }
      />
      {seen.why && <Notice tone={seen.state === 'draft' ? 'warning' : 'info'}>{t(seen.state === 'draft' ? 'returned' : 'retired', { words: seen.why })}</Notice>}
      <Suspense fallback={<Waiting />}>
        <JudgingDesigner content={content} report={report} fresh={fresh} readOnly={readOnly} base={seen.base} changes={seen.changes} onChange={setContent} />
      </Suspense>
    </Page>
  );
}

type Translate = ReturnType<typeof useTranslation<'template'>>['t'];

function lead(seen: SeenVersion, person: (id: string | undefined) => string, t: Translate): string {
  const authors = seen.authors.map(person).join(t('separator'));
  return seen.approvedBy ? t('writtenAndApproved', { authors, approver: person(seen.approvedBy) }) : t('written', { authors });
}

function download(content: Content): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName(content) });
  link.click();
  URL.revokeObjectURL(url);
}
