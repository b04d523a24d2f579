import { cleanup, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { document as medical, firstVersion, subject } from '@/gallery/fixtures/documents';
import { speak } from '@/language/language';
import { render } from '@/testing/render';
import { DocumentView, type DocumentViewProps } from './DocumentView';

const show = (props: Partial<DocumentViewProps> = {}) => {
  const given = { onVersion: vi.fn(), onCompare: vi.fn(), ...props };
  render(<DocumentView document={medical} subject={subject} organisation="汐州市第二人民医院" {...given} />);
  return given;
};

it('reads like paper: whom it is about, what it says, who signed', () => {
  show();
  const paper = screen.getByRole('article', { name: '入院记录' });
  expect(paper).toHaveTextContent('姓名李秀英');
  expect(paper).toHaveTextContent('向左肩放射');
  expect(paper).toHaveTextContent('审签陈雅琴');
  expect(screen.getByText(/放射部位写错/)).toBeVisible();
});

it('says so when a later version exists', () => {
  show({ document: { ...medical, shown: 1 } });
  expect(screen.getByText('您在看第 1 版，最新是第 2 版。')).toBeVisible();
});

it('never passes what a source reported for a record signed here', () => {
  show({ document: { ...medical, state: 'filed', source: 'LIS', writtenBy: 'LIS', signatures: [] } });
  expect(screen.getByText('来源系统报告')).toBeVisible();
  expect(screen.getByText(/不作为本系统的签名病历/)).toBeVisible();
  expect(screen.queryByText('未签名')).toBeNull();
});

it('takes what was amended here for a record of this house, and the version before for what it was', () => {
  show({ document: { ...medical, source: 'LIS' } });
  expect(screen.queryByText(/不作为本系统的签名病历/)).toBeNull();
  cleanup();
  show({ document: { ...firstVersion, source: 'LIS', signatures: [] } });
  expect(screen.getByText(/不作为本系统的签名病历/)).toBeVisible();
});

it('says in English what the titles on the record mean, and leaves them on it', async () => {
  await speak('en');
  show();
  expect(screen.getByRole('heading', { name: 'Admission record' })).toBeVisible();
  expect(screen.getByRole('heading', { name: '主诉 · Chief complaint' })).toBeVisible();
});

describe('versions', () => {
  it('compares with the one before, and shows the difference instead of the paper', async () => {
    const { onCompare } = show();
    await userEvent.click(screen.getByRole('button', { name: /与上一版比较/ }));
    expect(onCompare).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('ends the comparison', async () => {
    const { onCompare } = show({ compared: firstVersion });
    expect((await screen.findByText('右')).tagName).toBe('DEL');
    expect(screen.queryByRole('article')).toBeNull();
    expect(screen.getByText('左').tagName).toBe('INS');
    await userEvent.click(screen.getByRole('button', { name: /结束比较/ }));
    expect(onCompare).toHaveBeenCalledExactlyOnceWith(undefined);
  });
});

it('offers only what the reader may do', () => {
  show();
  expect(screen.queryByRole('button', { name: /更正|签名|打印/ })).toBeNull();
});

it('prints, forwards and tells of a passage that was copied', async () => {
  const { onPrint, onForward, onCopied } = show({ onPrint: vi.fn(), onForward: vi.fn(), onCopied: vi.fn() });
  await userEvent.click(screen.getByRole('button', { name: /打印/ }));
  await userEvent.click(screen.getByRole('button', { name: /转给同事/ }));
  fireEvent.copy(screen.getByRole('article'));
  expect(onPrint).toHaveBeenCalledOnce();
  expect(onForward).toHaveBeenCalledOnce();
  expect(onCopied).toHaveBeenCalledOnce();
});
