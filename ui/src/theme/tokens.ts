/**
 * The colours of the product. `tokens.css` says the same to the stylesheets;
 * a test holds the two together.
 */
export interface Palette {
  primary: string;
  primaryDeep: string;
  primarySoft: string;
  primarySolid: string;
  success: string;
  successSoft: string;
  warning: string;
  warningSoft: string;
  error: string;
  errorSoft: string;
  errorSolid: string;
  text: string;
  textSecondary: string;
  textTertiary: string;
  layout: string;
  surface: string;
  raised: string;
  head: string;
  hover: string;
  border: string;
  borderSoft: string;
  paper: string;
  paperText: string;
}

export const light: Palette = {
  primary: '#1F5FBF',
  primaryDeep: '#174C9C',
  primarySoft: '#E8F0FC',
  primarySolid: '#1F5FBF',
  success: '#12805C',
  successSoft: '#EDF8F3',
  warning: '#B45309',
  warningSoft: '#FDF3E3',
  error: '#C62F2F',
  errorSoft: '#FCEDED',
  errorSolid: '#C62F2F',
  text: '#18212F',
  textSecondary: '#4A5768',
  textTertiary: '#626F81',
  layout: '#F3F5F8',
  surface: '#FFFFFF',
  raised: '#FFFFFF',
  head: '#F7F9FB',
  hover: '#F4F7FB',
  border: '#D3DAE4',
  borderSoft: '#E6EAF0',
  paper: '#FFFFFF',
  paperText: '#18212F',
};

export const dark: Palette = {
  primary: '#5B93F0',
  primaryDeep: '#9DBFF8',
  primarySoft: '#1A2C49',
  primarySolid: '#2F6BCB',
  success: '#45B98C',
  successSoft: '#12302A',
  warning: '#E3A34B',
  warningSoft: '#33270F',
  error: '#F07A78',
  errorSoft: '#3A1D20',
  errorSolid: '#C53C3C',
  text: '#E6EBF2',
  textSecondary: '#B1BCCB',
  textTertiary: '#8F9CAF',
  layout: '#0B0F15',
  surface: '#151B24',
  raised: '#1C2430',
  head: '#19202B',
  hover: '#1B2330',
  border: '#2C3747',
  borderSoft: '#222B38',
  paper: '#171E28',
  paperText: '#DDE4ED',
};

export const font =
  "'HarmonyOS Sans SC', 'PingFang SC', 'Microsoft YaHei UI', 'Noto Sans CJK SC', system-ui, sans-serif";
export const monospace =
  "'JetBrains Mono', 'SF Mono', 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace";

export const lengths = { controlHeight: 34, header: 52, sider: 216, rail: 56 } as const;
