import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { render } from '@/testing/render';
import { Proof } from './Proof';
import { prove, publicKey, toBase64 } from './proof-fixture';

const proof = prove(['a', 'b', 'c', 'd', 'e'], 2);

it('says nothing about validity before it was computed here', () => {
  render(<Proof proof={proof} publicKey={publicKey} />);
  expect(screen.queryByText(/验证通过|一致$|有效/)).toBeNull();
  expect(screen.getByText('账目第 2 条')).toBeVisible();
});

it('verifies a sound proof', async () => {
  render(<Proof proof={proof} publicKey={publicKey} />);
  await userEvent.click(screen.getByRole('button', { name: /在浏览器中验证/ }));
  expect(await screen.findByText(/验证通过/)).toBeVisible();
});

it('says what is wrong with an altered entry', async () => {
  const altered = { ...proof, entry: toBase64(new TextEncoder().encode('x')) };
  render(<Proof proof={altered} publicKey={publicKey} />);
  await userEvent.click(screen.getByRole('button', { name: /在浏览器中验证/ }));
  expect(await screen.findByText('验证未通过')).toBeVisible();
  expect(screen.getByText(/重算的树根与检查点不同/)).toBeVisible();
});
