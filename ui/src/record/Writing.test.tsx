import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { firstVersion, writing } from '@/gallery/fixtures/documents';
import { speak } from '@/language/language';
import { render } from '@/testing/render';
import { plain } from './use-writing';
import { Writing, type WritingProps } from './Writing';

const whole = writing.map((section) => ({ ...section, text: section.text || '已按要求完整书写，内容超过二十个字，足以说明情况。', least: 1 }));

function Desk(props: Partial<WritingProps>) {
  const [sections, setSections] = useState(props.sections ?? whole);
  return (
    <Writing
      banner={null}
      title="入院记录"
      saving={{ state: 'clean' }}
      history={null}
      onSign={vi.fn()}
      onFile={vi.fn()}
      onLeave={vi.fn()}
      {...props}
      sections={sections}
      onWrite={(key, text) => setSections(sections.map((section) => (section.key === key ? { ...section, text } : section)))}
    />
  );
}

const signButton = () => screen.getAllByRole('button', { name: /签名$/ }).at(-1)!;

it('counts what is written as one writes', async () => {
  render(<Desk sections={writing} />);
  const outline = within(screen.getByRole('navigation', { name: '各节' }));
  expect(outline.getByText('必填 5 / 7 节')).toBeVisible();
  await userEvent.type(screen.getByLabelText(/诊疗计划/), '急诊造影');
  expect(outline.getByText('必填 6 / 7 节')).toBeVisible();
});

it('does not let an incomplete document be signed or filed, and says what is missing', async () => {
  const onFile = vi.fn();
  render(<Desk sections={writing} onFile={onFile} />);
  await userEvent.click(screen.getByRole('button', { name: '提交不签名' }));
  expect(onFile).not.toHaveBeenCalled();
  expect(screen.getByText('签名前还需要填写：体格检查、诊疗计划')).toBeVisible();
});

it('shows what will be signed before it is', async () => {
  const onSign = vi.fn();
  render(<Desk onSign={onSign} />);
  await userEvent.click(signButton());
  const dialog = within(screen.getByRole('dialog', { name: /签名前请核对/ }));
  expect(dialog.getByText('反复胸痛 3 天，加重 2 小时。')).toBeVisible();
  expect(onSign).not.toHaveBeenCalled();
  await userEvent.click(dialog.getByRole('button', { name: /确认并签名/ }));
  expect(onSign).toHaveBeenCalledOnce();
});

it('asks in English for what stays Chinese on the record', async () => {
  await speak('en');
  render(<Desk sections={writing} />);
  expect(screen.getByLabelText(/Chief complaint/)).toHaveAttribute('placeholder', expect.stringContaining('main symptom'));
  expect(plain(writing)[0]).toMatchObject({ key: 'chief-complaint', title: '主诉' });
});

it('asks for the reason of a correction, and shows the difference before it is signed', async () => {
  function Correcting() {
    const [reason, setReason] = useState('');
    return <Desk correction={{ version: 1, sections: firstVersion.sections ?? [], reason, onReason: setReason }} />;
  }
  render(<Correcting />);
  const sign = signButton();
  await userEvent.click(sign);
  expect(screen.getByText('请写明更正理由，至少 4 个字')).toBeVisible();
  await userEvent.type(screen.getByLabelText(/更正理由/), '侧别写错');
  await userEvent.click(sign);
  const dialog = within(screen.getByRole('dialog'));
  expect(dialog.getByText('更正理由：侧别写错')).toBeVisible();
  expect(dialog.getByText(/处不同/)).toBeVisible();
});

it('keeps every letter when the session ends in the middle of writing', async () => {
  const { rerender } = render(<Desk saving={{ state: 'saved', at: '2026-03-02T08:05:00+08:00' }} />);
  const complaint = screen.getByLabelText(/主诉/);
  await userEvent.type(complaint, '伴大汗');
  rerender(<Desk saving={{ state: 'unsaved', why: 'expired' }} />);
  expect(complaint).toHaveValue('反复胸痛 3 天，加重 2 小时。伴大汗');
  expect(screen.getByText('未保存：登录已过期，内容还在本页')).toBeVisible();
  const leaving = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(leaving);
  expect(leaving.defaultPrevented).toBe(true);
});
