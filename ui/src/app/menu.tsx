import {
  AccountBookOutlined,
  AlertOutlined,
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BarChartOutlined,
  BranchesOutlined,
  CarryOutOutlined,
  CheckSquareOutlined,
  CloudSyncOutlined,
  ContactsOutlined,
  DatabaseOutlined,
  DiffOutlined,
  DisconnectOutlined,
  EditOutlined,
  ExperimentOutlined,
  ExportOutlined,
  FieldTimeOutlined,
  FileProtectOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  FilterOutlined,
  FormOutlined,
  HistoryOutlined,
  IdcardOutlined,
  ImportOutlined,
  InboxOutlined,
  InteractionOutlined,
  KeyOutlined,
  LockOutlined,
  MedicineBoxOutlined,
  NodeIndexOutlined,
  PrinterOutlined,
  ProfileOutlined,
  QuestionCircleOutlined,
  RadarChartOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  ScanOutlined,
  ScheduleOutlined,
  SecurityScanOutlined,
  SendOutlined,
  ShopOutlined,
  SolutionOutlined,
  StopOutlined,
  SwapOutlined,
  TeamOutlined,
  ToolOutlined,
  UnlockOutlined,
  UserOutlined,
  UsergroupAddOutlined,
  VideoCameraOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { may, type Doing } from './roles';
import type { MenuGroup } from './session';
import type menuWords from './words.zh.json';

export interface MenuItem {
  key: keyof (typeof menuWords)['menu']['items'];
  path: string;
  icon: ReactNode;
  /** What one comes here to do; who cannot is not shown the place. */
  does: Doing;
  /** The letter that opens it after G. */
  letter?: string;
}

/** Every place of the product. A place is listed once its page exists. */
export const menu: Record<MenuGroup, MenuItem[]> = {
  care: [
    { key: 'patients', path: '/patients', icon: <UserOutlined />, does: 'findPatients', letter: 'p' },
    { key: 'worklist', path: '/worklist', icon: <ProfileOutlined />, does: 'seeWorklist' },
    { key: 'operations', path: '/operation-lists', icon: <MedicineBoxOutlined />, does: 'planOperations' },
    { key: 'writing', path: '/drafts', icon: <EditOutlined />, does: 'draft', letter: 'w' },
    { key: 'orders', path: '/orders', icon: <InteractionOutlined />, does: 'seeOrders' },
    { key: 'stock', path: '/orders/stock', icon: <DatabaseOutlined />, does: 'seeStockOnly' },
    { key: 'amendments', path: '/amendments', icon: <DiffOutlined />, does: 'seeCorrections' },
    { key: 'duties', path: '/duties', icon: <CarryOutOutlined />, does: 'seeDuties', letter: 'd' },
    { key: 'deadlines', path: '/deadlines', icon: <FieldTimeOutlined />, does: 'seeMyDeadlines' },
    { key: 'deadlineList', path: '/deadlines/list', icon: <FieldTimeOutlined />, does: 'seeCompleteness' },
  ],
  access: [
    { key: 'grants', path: '/grants', icon: <UnlockOutlined />, does: 'ask', letter: 'a' },
    { key: 'approvals', path: '/approvals', icon: <CheckSquareOutlined />, does: 'approve' },
    { key: 'authorities', path: '/authorities', icon: <ApartmentOutlined />, does: 'ask' },
    { key: 'seals', path: '/seals', icon: <LockOutlined />, does: 'openSeals' },
    { key: 'sharing', path: '/sharing', icon: <ExportOutlined />, does: 'seeSharing', letter: 'o' },
    { key: 'claims', path: '/claims', icon: <AccountBookOutlined />, does: 'seeClaims' },
    { key: 'exchange', path: '/exchange', icon: <CloudSyncOutlined />, does: 'seeExchange' },
    { key: 'debarments', path: '/debarments', icon: <StopOutlined />, does: 'seeDebarments' },
    { key: 'reviews', path: '/reviews', icon: <AlertOutlined />, does: 'listReasons', letter: 'b' },
    { key: 'reportedQuestions', path: '/access-logs/questions', icon: <QuestionCircleOutlined />, does: 'explainReported' },
    { key: 'handedIn', path: '/handed-in', icon: <DisconnectOutlined />, does: 'reviewUses' },
    { key: 'grantReviews', path: '/grant-reviews', icon: <FilterOutlined />, does: 'reviewGrants' },
    { key: 'memberAccounts', path: '/accounts/findings', icon: <ContactsOutlined />, does: 'leadSignIns' },
    { key: 'outputs', path: '/outputs', icon: <PrinterOutlined />, does: 'seeOutputs' },
    { key: 'important', path: '/privilege/important', icon: <SecurityScanOutlined />, does: 'seeImportant' },
    { key: 'reach', path: '/reach', icon: <RadarChartOutlined />, does: 'seeReach' },
    { key: 'simulate', path: '/simulate', icon: <ExperimentOutlined />, does: 'simulate' },
  ],
  governance: [
    { key: 'imports', path: '/imports', icon: <ImportOutlined />, does: 'listImports', letter: 'i' },
    { key: 'sources', path: '/sources', icon: <ApiOutlined />, does: 'seeSources' },
    { key: 'feeds', path: '/feeds', icon: <DatabaseOutlined />, does: 'seeFeeds' },
    { key: 'recipients', path: '/recipients', icon: <SendOutlined />, does: 'seeRecipients' },
    { key: 'transmissions', path: '/transmissions', icon: <NodeIndexOutlined />, does: 'traceSendings' },
    { key: 'accessLogs', path: '/access-logs', icon: <FileTextOutlined />, does: 'seeAccessLogs' },
    { key: 'systemAccounts', path: '/system-accounts', icon: <UsergroupAddOutlined />, does: 'seeAccessLogs' },
    { key: 'templates', path: '/templates', icon: <FormOutlined />, does: 'seeForms' },
    { key: 'retention', path: '/retention', icon: <InboxOutlined />, does: 'seeRetention' },
    { key: 'consents', path: '/consents', icon: <SolutionOutlined />, does: 'seeConsentForms', letter: 'c' },
  ],
  security: [
    { key: 'ledger', path: '/ledger', icon: <AuditOutlined />, does: 'searchLedger', letter: 'l' },
    { key: 'changes', path: '/privilege/changes', icon: <ToolOutlined />, does: 'seePrivilege' },
    { key: 'privileged', path: '/privilege/sessions', icon: <VideoCameraOutlined />, does: 'seePrivilege' },
    { key: 'envelopes', path: '/privilege/envelopes', icon: <KeyOutlined />, does: 'seePrivilege' },
    { key: 'tampering', path: '/privilege/findings', icon: <WarningOutlined />, does: 'seePrivilege' },
  ],
  compliance: [
    { key: 'clauses', path: '/evidence', icon: <FileProtectOutlined />, does: 'seeEvidence', letter: 'e' },
    { key: 'figures', path: '/figures', icon: <BarChartOutlined />, does: 'seeFigures' },
    { key: 'inspection', path: '/inspection', icon: <FileSearchOutlined />, does: 'inspect' },
    { key: 'rules', path: '/policy/rules', icon: <ReadOutlined />, does: 'seePolicy' },
    { key: 'releases', path: '/policy/releases', icon: <BranchesOutlined />, does: 'seePolicy' },
    { key: 'staff', path: '/staff', icon: <TeamOutlined />, does: 'seeStaff', letter: 's' },
    { key: 'stays', path: '/stays', icon: <HistoryOutlined />, does: 'sponsor' },
    { key: 'handovers', path: '/handovers', icon: <SwapOutlined />, does: 'signExits' },
    { key: 'houseHandovers', path: '/house-handovers', icon: <DatabaseOutlined />, does: 'seeHandovers' },
    { key: 'undertakings', path: '/undertakings', icon: <SafetyCertificateOutlined />, does: 'signUndertakings', letter: 'u' },
    { key: 'vendors', path: '/vendors', icon: <ShopOutlined />, does: 'keepVendors' },
    { key: 'accounts', path: '/accounts', icon: <IdcardOutlined />, does: 'keepStaff' },
    { key: 'signInRequests', path: '/accounts/asked', icon: <FieldTimeOutlined />, does: 'decideSignIns' },
    { key: 'faces', path: '/accounts/faces', icon: <ScanOutlined />, does: 'seeFaces' },
    { key: 'roster', path: '/roster', icon: <ScheduleOutlined />, does: 'orderDuties' },
  ],
};

export const menuGroups = Object.keys(menu) as MenuGroup[];

/** The groups in which somebody with these roles has a place. */
export function groupsFor(roles: string[]): MenuGroup[] {
  return menuGroups.filter((group) => menu[group].some(({ does }) => may(roles, does)));
}

/** Whether the place at a path is open to somebody with these roles. */
export function opens(roles: string[]): (path: string) => boolean {
  const open = new Set(
    menuGroups
      .flatMap((group) => menu[group])
      .filter(({ does }) => may(roles, does))
      .map(({ path }) => path),
  );
  return (path) => open.has(path);
}

/** The groups that somebody may use, with those of their places that are open. */
export function menuFor(groups: MenuGroup[], open: (path: string) => boolean): [MenuGroup, MenuItem[]][] {
  return menuGroups
    .filter((group) => groups.includes(group))
    .map((group): [MenuGroup, MenuItem[]] => [group, menu[group].filter(({ path }) => open(path))])
    .filter(([, items]) => items.length > 0);
}
