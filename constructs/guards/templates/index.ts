export { TEMPLATE_BUDGET } from './limits';
export { TENANT_QUANTITIES, templateShape } from './shape';
export type { CfnTemplate, CfnTemplateResource, TemplateContext } from './template';
export { templateFaults } from './template-faults';
