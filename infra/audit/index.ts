/**
 * The Pulumi program of an audit account: an entry point, which alone picks an environment. The stack has the account's id for a name.
 * Run by `pulumi up`, imported by nothing.
 */
import { getStack } from '@pulumi/pulumi';
import { environmentNames, loadNamed } from '../../environments';
import { auditAccounts, requireAuditAccount } from './audit-account';
import { auditProgram } from './program';

const accounts = auditAccounts(environmentNames.map((name) => loadNamed(name)));
auditProgram(requireAuditAccount(accounts, getStack(), 'stack'));
