import { createRoot } from 'react-dom/client';
import './theme/base.css';
import './theme/tokens.css';
import { App } from './app/App';
import { askWho } from './app/who';
import { rememberedLanguage, speak } from './language/language';
import { lendNonce, pageNonce } from './theme/nonce';
import { applyScheme, rememberedScheme } from './theme/scheme';

lendNonce(pageNonce());
applyScheme(rememberedScheme());
askWho();
await speak(rememberedLanguage());

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
