import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A file to lie in a cluster's delivery bucket. */
export interface DeliveredFile {
  /** Key in the delivery bucket; the handler refuses a key that is not the deploying stack's own. */
  readonly key: string;
  readonly text: string;
}

export interface DeliveredFilesProps {
  /** ARN of the cluster's delivery handler, made from its name. */
  readonly handlerArn: string;
  readonly files: readonly DeliveredFile[];
}

/**
 * Uploads files to a delivery bucket with the deploy of the stack that owns them: together they are one file asset (a file written
 * and an upload apiece was a third of a tenant's synth), and one custom resource has the handler cut it and copy the pieces. A file that is gone from the list is deleted by the next deploy, all of them by the stack's deletion.
 * Without files there is no resource.
 */
export function deliveredFiles(parent: Construct, id: string, props: DeliveredFilesProps): CfnResource | undefined {
  if (props.files.length === 0) return undefined;
  const stack = Stack.of(parent);
  const folder = (Stage.of(parent) ?? App.of(parent))?.outdir;
  if (folder === undefined)
    throw new Error(`${parent.node.path}: got a stack outside an app, allowed a stack of an app or stage; wrap it`);
  const sorted = [...props.files].sort((a, b) => (a.key < b.key ? -1 : 1));
  let offset = 0;
  const files = sorted.map(({ key, text }) => {
    const bytes = Buffer.byteLength(text);
    const file = { TargetKey: key, Offset: offset, Bytes: bytes, Sha256: hashOf(text) };
    offset += bytes;
    return file;
  });
  const bundle = sorted.map(({ text }) => text).join('');
  const sourceHash = hashOf(bundle);
  const fileName = `delivery.${sourceHash}.yaml`;
  writeFileSync(join(folder, fileName), bundle);
  const location = stack.synthesizer.addFileAsset({ sourceHash, fileName, packaging: FileAssetPackaging.FILE });
  return new CfnResource(parent, id, {
    type: 'Custom::AtollDelivery',
    properties: {
      ServiceToken: props.handlerArn,
      ServiceTimeout: HANDLER_WAIT_SECONDS,
      SourceBucket: location.bucketName,
      SourceKey: location.objectKey,
      Files: files,
    },
  });
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Seconds that CloudFormation waits for the handler; without it a lost answer hangs the stack for an hour. */
const HANDLER_WAIT_SECONDS = 300;
