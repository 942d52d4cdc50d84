import type { Stack, TemplateResource } from './cloud-assembly';
import { memberOf, piecesOf } from './template-pieces';

/** Type of the resource by which a stack brings files into a delivery bucket. */
export const DELIVERY = 'Custom::AtollDelivery';

/** By which a piece of a template is a delivery, or by an escape may be one. */
const MAY_BE = /AtollDelivery|\\u[0-9a-fA-F]{4}/;

/** The deliveries of a stack by logical id. Of a template that is written as the CDK writes it only their pieces are parsed. @throws UnreadableOutput */
export function deliveriesOf(stack: Stack): (readonly [string, TemplateResource])[] {
  const members = piecesOf(stack.text())
    ?.members.filter((piece) => MAY_BE.test(piece))
    .map(memberOf);
  const found =
    members === undefined || members.includes(undefined)
      ? Object.entries(stack.template().Resources)
      : members.filter((one) => one !== undefined);
  return found.filter(([, { Type }]) => Type === DELIVERY);
}
