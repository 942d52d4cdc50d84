import type { ResourceKind } from '../iam/world';

/**
 * What shows or changes data, or lets somebody do so by the resource itself, by kind and type of resource: nobody undeclared may, whatever
 * his own policies allow. What is left over changes or describes a configuration; that is for the account's deploys and people, within the
 * organisation's guard rails, and none of the roles that the stacks make may do it either.
 */
const DATA: Readonly<Record<string, (action: string) => boolean>> = {
  's3:bucket object': () => true,
  's3:bucket bucket': (action) => /^s3:ListBucket/.test(action),
  'kms:key key': (action) =>
    /^kms:(?:CreateGrant|Decrypt|DeriveSharedSecret|Encrypt|GenerateDataKey|GenerateMac|ReEncrypt|Sign|Verify)/.test(
      action,
    ),
  'sqs:queue queue': (action) =>
    /^sqs:(?:CancelMessageMoveTask|ChangeMessageVisibility|DeleteMessage|PurgeQueue|ReceiveMessage|SendMessage|StartMessageMoveTask)/.test(
      action,
    ),
  'sns:topic topic': (action) => /^sns:(?:Publish|Subscribe)/.test(action),
  'iam:role role': (action) => /^sts:/.test(action),
  'ecr:repository repository': (action) =>
    /^ecr:(?:BatchDeleteImage|BatchGetImage|CompleteLayerUpload|GetDownloadUrlForLayer|InitiateLayerUpload|PutImage|UploadLayerPart)$/.test(
      action,
    ),
};

/** Whether the resource's own policy must refuse an action by itself. */
export const isDataAction = (kind: ResourceKind, type: string, action: string): boolean =>
  DATA[`${kind} ${type}`]?.(action) ?? false;
